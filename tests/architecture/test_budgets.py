"""Sizes: many small files and functions, no monster. Exceptions are named in one file that may only shrink."""

import ast
from statistics import quantiles

from tests.architecture import exceptions
from tests.architecture.house import ROOMS, SOURCE, code_lines, product_files, room_of, syntax

PER_FILE, PER_FUNCTION, PER_ROOM, SIGNALS = 400, 60, 5_000, 10


def _file_sizes() -> dict[str, int]:
    return {str(p.relative_to(SOURCE)): code_lines(p.read_text(encoding="utf-8")) for p in product_files()}


def _function_sizes() -> dict[str, int]:
    sizes = {}
    for path in product_files():
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = "\n".join(lines[node.lineno - 1 : node.end_lineno])
                sizes[f"{path.relative_to(SOURCE)}:{node.name}"] = code_lines(body)
    return sizes


def _percentile(sizes: list[int], percent: int) -> float:
    return quantiles(sizes, n=100)[percent - 1]


def test_no_file_is_a_monster() -> None:
    large = {name: size for name, size in _file_sizes().items() if size > PER_FILE}
    assert set(large) == exceptions.FILES_OVER_400_LINES, (
        f"Split what is too large, drop exceptions that are not: {large}"
    )


def test_files_are_small() -> None:
    sizes = [size for size in _file_sizes().values() if size]
    assert _percentile(sizes, 90) <= 200, "nine files of ten stay within 200 lines"


def test_functions_are_small() -> None:
    sizes = _function_sizes()
    large = {name: size for name, size in sizes.items() if size > PER_FUNCTION}
    assert set(large) == exceptions.FUNCTIONS_OVER_60_LINES, f"Split what is too large: {large}"
    assert _percentile(list(sizes.values()), 90) <= 30, "nine functions of ten stay within 30 lines"


def test_rooms_stay_rooms() -> None:
    rooms = dict.fromkeys(ROOMS, 0)
    for path in product_files():
        rooms.setdefault(room_of(path), 0)
        rooms[room_of(path)] += code_lines(path.read_text(encoding="utf-8"))
    large = {room: size for room, size in rooms.items() if size > PER_ROOM}
    assert not large, f"A room over {PER_ROOM} lines is two rooms: {large}"


def test_signals_are_few() -> None:
    signals = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in product_files()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Signal"
    ]
    assert len(signals) <= SIGNALS, f"Prefer return values and registries: {signals}"
