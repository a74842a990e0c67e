"""The command `noivu bench`: the benchmarks of a checkout, each beside its opponent and its floor in one run."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

import noivu
from noivu.core.refusals import Refusal
from noivu.core.wording import Text

_CHECKOUT = Path(noivu.__file__).resolve().parents[2]


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    epilog="Example: noivu bench figures --rows 300000 --database sqlite",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> int:
    """Measure: bench NAME, bench --list; --small, --rows N, --database sqlite|postgresql, --json."""
    if not (_CHECKOUT / "bench" / "run.py").exists() or find_spec("psutil") is None:
        raise Refusal(
            what=Text(vi="Bản cài này không có bộ đo.", en="This installation has no benchmarks."),
            do=Text(
                vi="Chạy trong thư mục mã nguồn, sau khi make setup-tests.",
                en="Run it in a checkout, after make setup-tests.",
            ),
            code="bench",
        )
    return subprocess.run([sys.executable, "-m", "bench.run", *arguments], cwd=_CHECKOUT, check=False).returncode
