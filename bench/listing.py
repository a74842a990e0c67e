"""The benchmarks there are, as JSON: in a process of its own, for each needs the framework."""

import json

import django

from bench.frame import benches

if __name__ == "__main__":
    django.setup()
    names = ("name", "title", "rows", "small_rows", "databases", "counted")
    plain = [{name: getattr(b, name) for name in names} for b in benches().values()]
    print(json.dumps(plain))
