"""July 2025 replayed: from the three tiers of 30/6, one plan gives the two tiers of 1/7, name by name."""

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from noivu.core.actors import SYSTEM
from noivu.planning.api import carry_out_plan, read_plan, simulate
from noivu.planning.services import Done
from noivu.portal.vietnam import load_vietnam
from noivu.portal.vietnam.plan_2025 import plan_2025
from noivu.units.api import Tree, changes_on, name_key, tree, undo_act

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("replayed")]
LAST_DAY, FIRST_DAY = date(2025, 6, 30), date(2025, 7, 1)
_LIST = Path(__file__).parent / "data" / "communes-2025-07-01.tsv"


@pytest.fixture(scope="module")
def replayed(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Done]:
    """Carried out once for all tests of this file, and taken away afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_vietnam(actor=SYSTEM, until=LAST_DAY)
        done = carry_out_plan(actor=SYSTEM, plan=read_plan(plan_2025()))
        connection.check_constraints()
        yield done
        transaction.set_rollback(True)


def published() -> list[dict[str, str]]:
    """The communes of 1/7/2025 as published: a list that no plan is built from."""
    with _LIST.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def drawn(units: Tree) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(node.code, node.name, tuple(n.code for n in units.path(node.id)[:-1])) for node in units}


def test_every_code_and_name_is_as_published() -> None:
    """But for the place of a tone (Thủy, Thuỷ), where the two lists spell one name in two ways."""
    units = tree(FIRST_DAY)
    communes = [node for node in units.nodes.values() if node.level == "commune" and node.is_administrative]
    made = {(node.code, name_key(node.name), units.nodes[node.parent_id or 0].code) for node in communes}
    assert made == {(row["code"], name_key(row["name"]), row["province_code"]) for row in published()}
    provinces = {
        (node.code, node.name) for node in units.nodes.values() if node.level == "province" and node.is_administrative
    }
    assert provinces == {(row["province_code"], row["province"]) for row in published()}
    assert units.count_by_level() == {"province": 34, "commune": 3_321}


def test_the_day_before_stays_as_it_was() -> None:
    assert tree(LAST_DAY).count_by_level() == {"province": 63, "district": 696, "commune": 10_035}


def test_committees_and_departments_merge_with_their_provinces() -> None:
    units = tree(FIRST_DAY)
    departments = [node for node in units.nodes.values() if node.kind == "provincial-department"]
    assert len(departments) == 34
    for department in departments:
        code = department.code.removeprefix("SNV-")
        assert units.nodes[department.superior_id or 0].code == f"UBND-{code}"
        assert units.nodes[department.territory_id or 0].code == code
        assert units.nodes[department.guidance_id or 0].code == "BNV"


def test_every_commune_went_where_the_resolutions_sent_it() -> None:
    changes = [c for c in changes_on(FIRST_DAY) if len(c.new_code) == 5 and len(c.old_code) == 5]
    pairs = sorted((c.old_code, c.new_code) for c in changes)
    written = "\n".join(f"{old},{new}" for old, new in pairs)
    assert len(pairs) == 10_568
    digest = "6871dc6f07bcd1703cbebd8a3cead800a285bdbbd9a50e3c6e92603b8e85bb97"
    assert hashlib.sha256(written.encode()).hexdigest() == digest


def test_the_plan_counts_what_it_does(replayed: Done) -> None:
    assert replayed.numbers["established"] == 23 + 2 * 23 + 3_321 - 127
    assert replayed.numbers["ended"] == 52 + 2 * 52 + 696 + 10_035 - 127


def test_a_register_that_loaded_the_lists_is_the_same(replayed: Done) -> None:
    """Loading the whole lists over the replayed register finds every unit there already, but for what came later."""
    with transaction.atomic():
        before = drawn(tree(FIRST_DAY))
        written = load_vietnam(actor=SYSTEM)
        assert written.units == 0
        assert drawn(tree(FIRST_DAY)) == before
        transaction.set_rollback(True)


def test_it_is_taken_back_as_one(replayed: Done) -> None:
    with transaction.atomic():
        undo_act(actor=SYSTEM, act=replayed.carried.act, reason="diễn tập")
        assert tree(FIRST_DAY).count_by_level() == {"province": 63, "district": 696, "commune": 10_035}
        assert simulate(read_plan(plan_2025())).is_sound
        transaction.set_rollback(True)
