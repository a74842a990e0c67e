"""The benchmarks there are, as JSON: in a process of its own, for each needs the framework."""

import json

import django

from bench.frame import benches

if __name__ == "__main__":
    django.setup()
    plain = [
        {"name": b.name, "title": b.title, "rows": b.rows, "small_rows": b.small_rows, "databases": b.databases}
        for b in benches().values()
    ]
    print(json.dumps(plain))
