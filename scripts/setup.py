"""Prepare the environment of a checkout: virtual environment, locked requirements, fonts and static files.

Standard library only, so that any Python from 3.11 on can run it. Steps already done are not done again.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
WHEELS = VENV / "wheels"
STAMP = VENV / "noivu-setup.json"
UNITS = ROOT / "requirements" / "units.txt"


def say(text: str) -> None:
    print(f"  {text}", flush=True)


def run(command: Sequence[str | Path], failure: str) -> None:
    """Run a step quietly; when it fails, show what it said and what to do."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout[-4000:] + done.stderr[-4000:])
        sys.exit(f"\n{failure}")


def fingerprint(files: Sequence[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    if PYTHON.exists():
        return
    say("Making the virtual environment .venv")
    if shutil.which("uv"):
        run(["uv", "venv", "--seed", VENV], "uv could not make .venv.")
        return
    try:
        import ensurepip  # noqa: F401  its absence is the one usual obstacle
    except ImportError:
        sys.exit("This Python cannot make virtual environments: install the package python3-venv, then try again.")
    run([sys.executable, "-m", "venv", VENV], "Python could not make .venv.")


def install(requirements: Sequence[Path], extra: Sequence[str] = ()) -> tuple[float, float]:
    """Download, then install without the network; seconds of each."""
    listed = [part for file in requirements for part in ("-r", str(file))]
    started = time.monotonic()
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "-q"]
    run(
        [*pip, "download", "--require-hashes", "--dest", WHEELS, *listed, *extra],
        "The requirements could not be downloaded. Is the package index reachable?",
    )
    downloaded = time.monotonic()
    local = ["--no-index", "--find-links", str(WHEELS)]
    run(
        [*pip, "install", "--require-hashes", *local, *listed, *extra],
        "The requirements could not be installed.",
    )
    return downloaded - started, time.monotonic() - downloaded


def kept_stamp() -> dict[str, str]:
    return json.loads(STAMP.read_text()) if STAMP.exists() else {}


def set_up(*, with_tests: bool) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  an old interpreter must be told so in words
        sys.exit(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
    started = time.monotonic()
    base = [ROOT / "requirements" / "base.txt"]
    lists = [*base, ROOT / "requirements" / "dev.txt"] if with_tests else base
    wanted = {"product": fingerprint([*base, UNITS, ROOT / "pyproject.toml"])}
    if with_tests:
        wanted["tests"] = fingerprint([*lists, UNITS, ROOT / "pyproject.toml"])
    stamp = kept_stamp()
    if PYTHON.exists() and wanted.items() <= stamp.items():
        return
    make_environment()
    say("Downloading and installing the locked requirements" + (" (with those of the tests)" if with_tests else ""))
    downloading, installing = install(lists)
    more_downloading, more_installing = install([UNITS], ["--no-deps"])
    run(
        [PYTHON, "-m", "pip", "-q", "--disable-pip-version-check", "install", "--no-deps", "--no-build-isolation",
         "--no-index", "-e", ROOT],
        "noivu itself could not be installed.",
    )  # fmt: skip
    shutil.rmtree(WHEELS, ignore_errors=True)
    say("Building fonts and static files")
    run([PYTHON, "-m", "noivu.ui.build"], "Fonts and static files could not be built.")
    downloads = downloading + more_downloading
    STAMP.write_text(json.dumps({**stamp, **wanted}))
    say(
        f"Environment ready: downloads {downloads:.0f} s, "
        f"set-up {time.monotonic() - started - downloads:.0f} s (of it installing {installing + more_installing:.0f} s)"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="install what tests and checks need as well")
    set_up(with_tests=parser.parse_args().tests)
