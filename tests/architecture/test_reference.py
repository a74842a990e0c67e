"""The reference is what the code declares: it can never be stale."""

import subprocess
import sys

from tests.architecture.house import ROOT


def test_the_reference_says_what_the_code_declares() -> None:
    checked = subprocess.run(
        [sys.executable, "scripts/reference.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, (
        f"Pages of docs/reference no longer agree with the code: run `make docs` "
        f"(or .venv/bin/python scripts/reference.py) and commit.\n{checked.stdout}{checked.stderr}"
    )
