"""Runs benchmarks, each on a fresh database that is thrown away, and prints what they found beside what is aimed at.

python -m bench.run figures [--rows 5000000] [--database sqlite|postgresql] [--small] [--json]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from scripts.test import ROOT, server_binaries, throw_away_cluster

_SCRATCH = "noivu_bench"


def main(arguments: list[str]) -> int:
    options = _parsed(arguments)
    if options.list:
        listed = _listed()
        print(json.dumps(listed, ensure_ascii=False, indent=2) if options.json else _listing(listed))
        return 0
    known = {bench["name"] for bench in _listed()}
    names = sorted(known) if options.all else options.names
    if not names or not set(names) <= known:
        print(f"Name a benchmark: {', '.join(sorted(known))} (or --all)", file=sys.stderr)
        return 2
    found = [findings for name in names for findings in _run(name, options)]
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="noivu bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="name the benchmarks")
    parser.add_argument("--all", action="store_true", help="run every benchmark")
    parser.add_argument("--small", action="store_true", help="the small size: minutes for all of them")
    parser.add_argument("--rows", type=int, help="another size")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="one database instead of both")
    parser.add_argument("--json", action="store_true", help="JSON for machines")
    return parser.parse_args(arguments)


def _run(name: str, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    bench = next(bench for bench in _listed() if bench["name"] == name)
    rows = options.rows or (bench["small_rows"] if options.small else bench["rows"])
    for database in [options.database] if options.database else bench["databases"]:
        with ExitStack() as stack:
            address = stack.enter_context(_scratch(database))
            if address is None:
                print(f"{name} on {database}: left out, no server of version 15 or later was found", file=sys.stderr)
                continue
            print(f"{name} on {database}, {rows:,} {bench['counted']} …", file=sys.stderr, flush=True)
            findings = json.loads(_child(["bench.child", name, database, str(rows)], DATABASE_URL=address))
            findings["bench"] = name
            if not options.json:
                print(_told(bench, findings), flush=True)
            yield findings


def _child(module: list[str], **environment: str) -> str:
    with tempfile.TemporaryDirectory(prefix="noivu-bench-") as home:
        environment = {
            **os.environ,
            "NOIVU_DATA": home,
            "NOIVU_TODAY": "2024-11-01",
            "NOIVU_HOSTS": "testserver",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            **environment,
        }
        environment = {name: value for name, value in environment.items() if value}
        done = subprocess.run(
            [sys.executable, "-m", *module], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
        )
    if done.returncode:
        sys.exit(f"{' '.join(module)} failed")
    return done.stdout


def _listed() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(_child(["bench.listing"]))
    return listed


def _listing(listed: list[dict[str, Any]]) -> str:
    return "\n".join(f"{bench['name']:16} {bench['title']} ({bench['rows']:,} {bench['counted']})" for bench in listed)


@contextmanager
def _scratch(database: str) -> Iterator[str | None]:
    """The address of an empty database: a file, one beside the PostgreSQL of DATABASE_URL, or a cluster of its own."""
    if database == "sqlite":
        yield ""
        return
    configured = os.environ.get("DATABASE_URL", "")
    with ExitStack() as stack:
        if not configured.startswith("postgres"):
            binaries = server_binaries()
            if binaries is None:
                yield None
                return
            configured = stack.enter_context(throw_away_cluster(binaries))
        with psycopg.connect(configured, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {_SCRATCH}")
            server.execute(f"CREATE DATABASE {_SCRATCH}")
        yield urlunsplit(urlsplit(configured)._replace(path=f"/{_SCRATCH}"))
        with psycopg.connect(configured, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {_SCRATCH}")


def _told(bench: dict[str, Any], findings: dict[str, Any]) -> str:
    lines = [f"\n{bench['title']}: {findings['database']}, {findings['rows']:,} {bench['counted']}"]
    lines += [f"  {label:58} {value}" for label, value in findings["facts"].items()]
    lines += [f"  {label:58} {seconds:10.3f} s" for label, seconds in findings["times"].items()]
    lines += [f"  {r['label']:58} {r['ratio']:10.1f} ×   aim {r['aim']}" for r in findings["ratios"]]
    if findings["peak_megabytes"]:
        lines.append(f"  {'peak memory, client and database backends':58} {findings['peak_megabytes']:10.0f} MB")
    return "\n".join([*lines, *(f"  {note}" for note in findings["notes"])])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
