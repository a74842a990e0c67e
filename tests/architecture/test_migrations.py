"""Migrations are named, linear, and reach every model."""

from collections import defaultdict

from django.db.migrations.loader import MigrationLoader

from tests.architecture.house import ROOMS


def test_each_room_has_one_line_of_migrations() -> None:
    loader = MigrationLoader(None)
    leaves = defaultdict(list)
    for room, name in loader.graph.leaf_nodes():
        if room in ROOMS:
            leaves[room].append(name)
    assert {room: names for room, names in leaves.items() if len(names) > 1} == {}


def test_each_migration_has_a_name() -> None:
    loader = MigrationLoader(None)
    unnamed = [f"{room}.{name}" for room, name in loader.disk_migrations if room in ROOMS and "auto_" in name]
    assert not unnamed, f"name what the migration does: {unnamed}"
