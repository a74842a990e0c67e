"""What the architecture tests look at: the rooms, their order, their files."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "noivu"
with (ROOT / "pyproject.toml").open("rb") as _stream:
    _CONTRACTS = tomllib.load(_stream)["tool"]["importlinter"]["contracts"]
ROOMS: list[str] = list(reversed(_CONTRACTS[0]["layers"]))
"""The rooms from the ground up."""
OPEN_ROOMS = {"core", "ui", "audit"}
DOORS = {"api", "constants", "testing"}


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def product_files() -> Iterator[Path]:
    """Python files of the product: neither tests nor migrations."""
    for path in sorted(SOURCE.rglob("*.py")):
        if path.parent != SOURCE and not {"tests", "migrations"} & set(path.relative_to(SOURCE).parts):
            yield path


def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def code_lines(text: str) -> int:
    """Lines that are neither blank nor comment."""
    return sum(1 for line in text.splitlines() if line.strip() and not line.strip().startswith("#"))
