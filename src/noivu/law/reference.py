"""Reading the room's shipped YAML: dates stay dates, floats are refused, a mistake names its file."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The reader in C where it was built: a tenth of the time."""
SHIPPED = Path(__file__).resolve().parent / "shipped"


class BrokenReferenceError(Exception):
    """A shipped file says something that cannot be: a mistake of ours, found when the file is read."""

    def __init__(self, file: Path, where: str, problem: str) -> None:
        super().__init__(f"{file.parent.parent.name}/{file.parent.name}/{file.name}: {where}: {problem}")


def read_yaml(file: Path) -> Any:
    """The content of a YAML file; a float in it is refused (numbers of law are exact: write "0.5")."""
    content = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  safe, in C or not
    _refuse_floats(file, content, "")
    return content


def _refuse_floats(file: Path, value: Any, where: str) -> None:
    if isinstance(value, float):
        raise BrokenReferenceError(file, where, f"{value} is a binary float; write it in quotes")
    if isinstance(value, dict):
        for key, inner in value.items():
            _refuse_floats(file, inner, f"{where}.{key}")
    if isinstance(value, list):
        for place, inner in enumerate(value):
            _refuse_floats(file, inner, f"{where}[{place}]")


def day_of(file: Path, where: str, value: Any) -> date | None:
    """A day, or None where the file leaves it empty."""
    if value is None or type(value) is date:
        return value
    raise BrokenReferenceError(file, where, f"{value!r} is not a date (write 2024-10-31)")


@cache
def shipped(name: str) -> Any:
    """One of the room's own reference files, read once."""
    return read_yaml(SHIPPED / name)
