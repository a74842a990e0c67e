"""July 2025 replayed: from the three tiers of 30/6, one plan gives the two tiers of 1/7, name by name.

The units of then have a part of the sample's registers, so that figures of October 2024 are held against themselves.
"""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from django.test import override_settings

from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.figures import commands, payloads
from noivu.figures.across import everywhere_across
from noivu.figures.everywhere import everywhere
from noivu.figures.questions import Sweep
from noivu.figures.registry import DECLARED
from noivu.law.api import add_working_days, working_day
from noivu.planning.api import carry_out_plan, read_plan, simulate
from noivu.planning.services import Done
from noivu.portal.demo.load import write_rows
from noivu.portal.demo.plan import MONTHS, YEAR
from noivu.portal.demo.registers import Calendar, Ministry, RegisterMaker, Row, cut_at
from noivu.portal.vietnam import load_vietnam
from noivu.portal.vietnam.plan_2025 import plan_2025
from noivu.sheets.api import Source, import_file, template_named
from noivu.units.api import Tree, changes_on, name_key, tree, undo_act

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("replayed")]
LAST_DAY, FIRST_DAY, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2024, 11, 1)
OCTOBER = Period.of_month(YEAR, 10)
OFFICES = ("SNV-35", "SNV-36", "SNV-37", "SNV-40", "00004", "09013", "26740", "318", "17230")
"""Beside the ministry: departments that merge and one that stays, communes that merge, are parted and stay, an island
district that becomes a commune."""
_LIST = Path(__file__).parent / "data" / "communes-2025-07-01.tsv"


@dataclass(frozen=True)
class Replay:
    """What was done, and the figures of October 2024 as they were told before it."""

    done: Done
    before: dict[str, bytes]


@pytest.fixture(scope="module")
def replayed(
    django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Replay]:
    """Carried out once for all tests of this file, and taken away afterwards."""
    directory = tmp_path_factory.mktemp("replay")
    with django_db_blocker.unblock(), override_settings(FILES_ROOT=directory), transaction.atomic():
        load_vietnam(actor=SYSTEM, until=LAST_DAY)
        registers(directory)
        before = october()
        done = carry_out_plan(actor=SYSTEM, plan=read_plan(plan_2025()))
        connection.check_constraints()
        yield Replay(done, before)
        transaction.set_rollback(True)


def registers(directory: Path) -> None:
    """September and October of the sample: for the ministry one record of twenty, for the others one of a hundred."""
    rows: dict[str, list[Row]] = {"documents-in": [], "documents-out": [], "tasks": []}
    calendar = Calendar(working_day, add_working_days)
    for seed, office in enumerate(("BNV", *OFFICES)):
        maker = RegisterMaker(Ministry(office, office, [("tỉnh Nghệ An", "40")], has_departments=False), calendar, seed)
        plans = [plan.divided(20 if office == "BNV" else 100) for plan in MONTHS[-2:]]
        incoming, outgoing = maker.documents(YEAR, plans)
        rows["documents-in"] += cut_at(incoming, TODAY, "replied_on")
        rows["documents-out"] += cut_at(outgoing, TODAY)
        tasks = (row for plan in plans for row in maker.tasks(YEAR, plan))
        rows["tasks"] += (row | {"code": f"{office}-{row['code']}"} for row in cut_at(tasks, TODAY, "completed_on"))
    for template, of_all in rows.items():
        write_rows(directory / f"{template}.csv", of_all)
        source = Source(directory / f"{template}.csv")
        assert import_file(actor=SYSTEM, template=template_named(template), source=source).quarantined == 0


def october() -> dict[str, bytes]:
    """October 2024 as `noivu figures --json` tells it of single units and those below them, and as a table of all."""
    told = {}
    for unit in ("BNV", "40", "37", "01", *OFFICES):
        arguments = ["--unit", unit, "--period", "2024-10", "--by", "children", "--json"]
        told[unit] = CliRunner().invoke(commands.figures, arguments, catch_exceptions=False).stdout_bytes
    units, table = tree(OCTOBER.last_day()), everywhere(Sweep(OCTOBER))
    rows = {node.code: payloads.row(table, node.id, DECLARED.codes) for node in units}
    told["all"] = json.dumps(rows, sort_keys=True, default=str).encode()
    return told


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


def test_the_plan_counts_what_it_does(replayed: Replay) -> None:
    assert replayed.done.numbers["established"] == 23 + 2 * 23 + 3_321 - 127
    assert replayed.done.numbers["ended"] == 52 + 2 * 52 + 696 + 10_035 - 127


def test_figures_of_october_2024_are_told_as_before_byte_for_byte(replayed: Replay) -> None:
    after = october()
    assert json.loads(after["SNV-36"])["values"]["documents.received"] > 0
    assert json.loads(after["all"])["09013"]["documents.received"] > 0
    for unit, told in replayed.before.items():
        assert after[unit] == told, unit


def test_october_2024_in_the_units_of_the_first_day_sums_to_the_same(replayed: Replay) -> None:
    """Every figure that is a number of records; a rate is no sum."""
    then, now = tree(OCTOBER.last_day()), tree(FIRST_DAY)
    table, across = everywhere(Sweep(OCTOBER)), everywhere_across(Sweep(OCTOBER), FIRST_DAY)
    before, after = Counter[str](), Counter[str]()
    for node in then.roots:
        before.update(table.values(node.id))
    for node in now.roots:
        after.update(across.answer(node.id).values)
        assert all(balance.holds for balance in across.answer(node.id).identities)
    additive = DECLARED.indicators.codes
    assert {code: after[code] for code in additive} == {code: before[code] for code in additive}
    assert before["documents.received"] > 300
    assert before["tasks.assigned"] > 0
    ninh_binh = across.answer(now.by_code["SNV-37"].id).values
    merged = [table.values(then.by_code[code].id) for code in ("SNV-35", "SNV-36", "SNV-37")]
    assert all(ninh_binh[code] == sum(values[code] for values in merged) for code in additive)


def test_a_register_that_loaded_the_lists_is_the_same(replayed: Replay) -> None:
    """Loading the whole lists over the replayed register finds every unit there already, but for what came later."""
    with transaction.atomic():
        before = drawn(tree(FIRST_DAY))
        written = load_vietnam(actor=SYSTEM)
        assert written.units == 0
        assert drawn(tree(FIRST_DAY)) == before
        transaction.set_rollback(True)


def test_it_is_taken_back_as_one(replayed: Replay) -> None:
    with transaction.atomic():
        undo_act(actor=SYSTEM, act=replayed.done.carried.act, reason="diễn tập")
        assert tree(FIRST_DAY).count_by_level() == {"province": 63, "district": 696, "commune": 10_035}
        assert simulate(read_plan(plan_2025())).is_sound
        transaction.set_rollback(True)
