"""Rooms are entered by their doors, and only from above."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.house import DOORS, OPEN_ROOMS, ROOMS, SOURCE, product_files, room_of, syntax


def _imports(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of everything of ours that a file imports."""
    found = []
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("noivu."):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [(node.lineno, name) for name in names]
        elif isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names if alias.name.startswith("noivu.")]
    return found


def test_a_room_is_entered_only_by_its_door() -> None:
    strays = []
    for path in product_files():
        own = room_of(path)
        for line, name in _imports(path):
            _, room, *inside = name.split(".")
            if room not in {own, *OPEN_ROOMS} and (not inside or inside[0] not in DOORS):
                strays.append(f"{path.relative_to(SOURCE)}:{line} imports {name}")
    assert not strays, (
        "Import the room's api, constants or testing instead (or add what you need to its api):\n" + "\n".join(strays)
    )


def test_nothing_is_imported_inside_a_function_to_dodge_the_order() -> None:
    strays = []
    for path in product_files():
        for function in [n for n in ast.walk(syntax(path)) if isinstance(n, ast.FunctionDef)]:
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("noivu."):
                    room = node.module.split(".")[1]
                    if ROOMS.index(room) >= ROOMS.index(room_of(path)) and room != room_of(path):
                        strays.append(f"{path.relative_to(SOURCE)}:{node.lineno} imports {node.module}")
    assert not strays, "A lower room talks upward by return values, a declared signal or a registry:\n" + "\n".join(
        strays
    )


def test_foreign_keys_point_down() -> None:
    upward = []
    for model in apps.get_models():
        own = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not field.concrete or target is None or own not in ROOMS or target._meta.app_label not in ROOMS:
                continue
            if ROOMS.index(target._meta.app_label) > ROOMS.index(own):
                upward.append(f"{model.__name__}.{field.name} → {target._meta.label}")
    assert not upward, "A foreign key points to the same floor or one below:\n" + "\n".join(upward)


@pytest.mark.parametrize("room", [room for room in ROOMS if (SOURCE / room / "api.py").exists()])
def test_a_door_says_what_it_opens(room: str) -> None:
    door = syntax(SOURCE / room / "api.py")
    assert (ast.get_docstring(door) or "").strip(), f"{room}/api.py is the manual of the room: give it a docstring"
    names = [
        node for node in door.body
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)
    ]  # fmt: skip
    assert names, f"{room}/api.py lists in __all__ what neighbours may use"
