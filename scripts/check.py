"""Everything that can be checked without running the product: style, types, layers, migrations, wording, secrets."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
THROWN_AWAY = Path(tempfile.gettempdir()) / f"noivu-check-{os.getpid()}"
CHECKS = {
    "style (ruff)": [BIN / "ruff", "check", "."],
    "format (ruff)": [BIN / "ruff", "format", "--check", "."],
    "types (mypy, strict)": [BIN / "mypy", "-p", "noivu", "-p", "config"],
    "layers (import-linter)": [BIN / "lint-imports"],
    "migrations are complete": [BIN / "python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment settings": [
        *("env", "DJANGO_SETTINGS_MODULE=config.settings", "NOIVU_HTTPS=1", f"NOIVU_DATA={THROWN_AWAY}"),
        *(BIN / "python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
    ],
    "security (bandit, grave findings; the rest by ruff)": [
        BIN / "bandit",
        "-q",
        "-lll",
        "-r",
        "src",
        "-c",
        "pyproject.toml",
    ],
    "the house (architecture, translations)": [BIN / "python", "-m", "pytest", "-q", "tests/architecture"],
}


def main() -> int:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.testing", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    failed = []
    for name, command in CHECKS.items():
        started = time.monotonic()
        done = subprocess.run(
            [str(part) for part in command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        verdict = "ok" if done.returncode == 0 else "FAILED"
        print(f"{name:42} {verdict:7} {time.monotonic() - started:5.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout[-6000:], done.stderr[-3000:], sep="\n", flush=True)
    shutil.rmtree(THROWN_AWAY, ignore_errors=True)
    print(f"check: {len(CHECKS) - len(failed)} passed, {len(failed)} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
