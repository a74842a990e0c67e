"""One benchmark on one database, in a process of its own so that its memory is its own. Prints JSON.

python -m bench.child NAME DATABASE ROWS
"""

import json
import sys
from importlib import import_module

import django
from django.core.management import call_command

from bench.frame import Findings, benches


def main(name: str, database: str, rows: int) -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    import_module("noivu.portal.warming").warm_up()  # as a server does before it answers
    findings = Findings(database=database, rows=rows)
    benches()[name].measure(findings, rows)
    print(json.dumps(findings.as_plain()))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
