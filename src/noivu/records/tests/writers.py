"""One of several who register at once: a process of its own, on the database of `DATABASE_URL`.

    python -m noivu.records.tests.writers UNIT DOCUMENTS [POINT]

Registers so many documents in and out, and a copy of each that goes out. With a POINT (a name that the verb calls after
it has taken a number) the process gets SIGKILL there, at its last document.
"""

import os
import signal
import sys
from datetime import date

import django

django.setup()

from noivu.core.actors import SYSTEM
from noivu.records.constants import CopyKind
from noivu.records.services import incoming
from noivu.records.services.papers import CopyEntry, register_copy
from noivu.records.testing import arrives, goes_out
from noivu.units.api import Unit

DAY = date(2024, 10, 15)


def die(*given: object, **named: object) -> None:
    """Nothing after this is done, nothing open is ended in order."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(unit_id: str, documents: str, point: str = "") -> None:
    unit = Unit.objects.get(pk=unit_id)
    for number in range(int(documents)):
        letter = goes_out(unit, DAY)
        register_copy(actor=SYSTEM, source=letter, entry=CopyEntry(CopyKind.CERTIFIED, DAY, "BNV"))
        if point and number + 1 == int(documents):
            setattr(incoming, point, die)
        arrives(unit, DAY)


if __name__ == "__main__":
    main(*sys.argv[1:])
