"""Run the whole suite: on SQLite, on PostgreSQL where its server is found, in a browser where Chromium is found.

What is left out is said plainly at the end. The PostgreSQL cluster is made for this run and thrown away.
With `--only` first, the tests that are named run on the two databases, and no browser.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
SAID_HERE = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
"""What the suite does not take over from the shell. Without kept bytecode each process compiles the product anew."""
FOR_TESTS = {
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": 0,
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "max_wal_size": "4GB",
    "shared_buffers": "256MB",
}
"""Settings of a server of which nothing is to be copied, and nothing is asked that needs statistics."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest(name: str, arguments: list[str], **environment: str) -> tuple[str, bool]:
    """Run the suite; which database it stands on is said here, not by what the shell happens to export."""
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    inherited = {name: value for name, value in os.environ.items() if name not in SAID_HERE}
    done = subprocess.run(
        [str(PYTHON), "-m", "pytest", "-q", *arguments], cwd=ROOT, env={**inherited, **environment}, check=False
    )
    seconds = time.monotonic() - started
    passed = done.returncode == 0
    return f"{name}: {'passed' if passed else 'FAILED'} in {seconds:.0f} s", passed


def server_binaries() -> Path | None:
    """The newest PostgreSQL server from 15 on."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
    if found and int(found[-1].parent.parent.name) >= 15:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def unprivileged_user() -> str | None:
    """The server refuses to run as root: another user is borrowed then."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def throw_away_cluster(binaries: Path, further: Mapping[str, object] = MappingProxyType({})) -> Iterator[str]:
    """The address of a fresh PostgreSQL, reached by the socket in its directory; gone afterwards."""
    user = unprivileged_user()
    home = Path(tempfile.mkdtemp(prefix="noivu-pg-"))
    if user:
        shutil.chown(home, user)
    port = free_port()

    def run(*command: str | Path) -> None:
        log = home / "log"
        done = subprocess.run([str(part) for part in command], user=user, cwd=home, capture_output=True, check=False)
        if done.returncode:
            server = log.read_text(encoding="utf-8") if log.exists() else ""
            sys.exit(f"PostgreSQL did not start: {done.stderr.decode()[-2000:]}{server[-2000:]}")

    data = home / "data"
    run(binaries / "initdb", "-D", data, "-U", "noivu", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
    settings = {"listen_addresses": "127.0.0.1", "fsync": "off", "full_page_writes": "off", **further}
    options = " ".join([f"-p {port} -k {home}", *(f"-c {name}={value}" for name, value in settings.items())])
    run(binaries / "pg_ctl", "-D", data, "-o", options, "-l", home / "log", "-w", "start")
    try:
        yield f"postgres://noivu@{quote(str(home), safe='')}:{port}/postgres"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def main(arguments: list[str]) -> int:
    is_all = arguments[:1] != ["--only"]
    arguments = arguments if is_all else arguments[1:]
    workers = ["-n", str(os.cpu_count() or 1), "--dist", "worksteal"]
    results = [pytest("SQLite", [*workers, *arguments])]
    left_out = []
    if binaries := server_binaries():
        with throw_away_cluster(binaries, FOR_TESTS) as address:
            asked = arguments or ["tests/databases", "src/noivu"]  # the source was looked at once
            results.append(pytest("PostgreSQL", [*workers, *asked], DATABASE_URL=address))
    else:
        left_out.append("PostgreSQL: no server binaries of version 15 or later were found (package postgresql-15)")
    if not is_all:
        left_out.append("Browser: other tests were asked for")
    elif any(shutil.which(browser) for browser in BROWSERS):
        with tempfile.TemporaryDirectory(prefix="noivu-browser-") as sample:
            results.append(pytest("Browser", [*workers, "tests/browser"], NOIVU_BROWSER_DATA=sample))
    else:
        left_out.append("Browser: no Chromium was found (package chromium)")
    print("\n== Summary")
    for line, _ in results:
        print(line)
    for line in left_out:
        print(f"left out: {line}")
    failures = sum(not passed for _, passed in results)
    print(f"suites: {len(results) - failures} passed, {failures} failed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
