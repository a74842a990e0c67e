"""An act of reorganisation corrected by another plan in its place, with whatever was built on it since."""

from datetime import date
from typing import Any

import pytest

from noivu.accounts.models import Grant
from noivu.accounts.testing import a_person
from noivu.core import clock
from noivu.core.access import OFFICER
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.planning.acting import carry_out_draft
from noivu.planning.api import correct_act, read_plan
from noivu.planning.correcting import Corrected, simulate_correction
from noivu.planning.keeping import begin_plan
from noivu.planning.tests.test_fates import everything as all_things
from noivu.planning.tests.test_plans import (  # noqa: F401  sector is a fixture
    LATER,
    MARCH,
    MAY,
    MERGE,
    done,
    everything,
    planned,
    population,
    sector,
)
from noivu.units.api import measure_unit, predecessors, tree
from noivu.units.models import ReorganisationAct, Unit
from noivu.units.testing import Sector, an_instrument
from noivu.work.models import ObligationSpan
from noivu.work.testing import gets_task

pytestmark = pytest.mark.django_db
MERGE_THREE = """
- merge:
    into: {code: "16682", name: Phường Đại Vinh, kind: phường, territory: "40"}
    from: ["16681", "16690", "17230"]
  clause: khoản 1 Điều 1
"""


@pytest.fixture(autouse=True)
def in_autumn(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-10-10"


def corrected(act: ReorganisationAct, events: str, *, on: date = MARCH) -> Corrected:
    return correct_act(actor=SYSTEM, act=act, plan=read_plan(planned(events, on=on)), reason="Nghị quyết đính chính")


def newly_known(act: ReorganisationAct) -> ReorganisationAct:
    return ReorganisationAct.objects.get(pk=act.pk)


def test_the_register_is_as_if_the_right_plan_had_been_carried_out_at_once(sector: Sector) -> None:  # noqa: F811
    for unit in (sector.new_thanh_vinh, sector.new_truong_vinh, sector.binh_chuan):
        gets_task(unit, MARCH.replace(month=2))
    wrong = done(MERGE).carried.act
    before = clock.now()
    carried = corrected(wrong, MERGE_THREE).done.carried
    ward = tree(MARCH).by_code["16682"]
    assert ward.name == "Phường Đại Vinh"
    assert "17230" not in tree(MARCH).by_code
    assert {step.code for step in predecessors(ward.id, MARCH, MARCH.replace(month=2))} == {"16681", "16690", "17230"}
    assert ObligationSpan.objects.current().owed_on(MARCH).filter(unit=ward.id).count() == 3
    assert tree(MARCH, known_at=before).by_code["16682"].name == "Phường Vinh"
    assert (newly_known(wrong).is_undone, newly_known(wrong).replaced_by) == (True, carried.act)
    assert newly_known(wrong).undone_reason == "Nghị quyết đính chính"


def test_the_same_plan_again_changes_nothing_that_is_said(sector: Sector) -> None:  # noqa: F811
    gets_task(sector.new_thanh_vinh, MARCH.replace(month=2))
    a_person("can-bo", "Người của phường", sector.new_truong_vinh, OFFICER)
    act = done(MERGE).carried.act
    register, things = everything(), all_things()
    corrected(act, MERGE)
    assert everything() == register
    assert all_things() == things


def test_what_stands_at_a_new_unit_stays_with_it_under_its_right_name(sector: Sector) -> None:  # noqa: F811
    wrong = done(MERGE).carried.act
    ward = Unit.objects.get(pk=tree(MARCH).by_code["16682"].id)
    task = gets_task(ward, MAY)
    officer = a_person("moi-den", "Người mới đến", ward, OFFICER)
    paper = an_instrument()
    measure_unit(actor=SYSTEM, unit=ward, measure="population", value=61_000, on=MAY, instrument=paper)
    corrected(wrong, MERGE_THREE)
    assert tree(MAY).nodes[ward.pk].name == "Phường Đại Vinh"
    task.refresh_from_db()
    assert task.unit_id == ward.pk
    assert Grant.objects.filter(user=officer.user, unit=ward, ends_on=None).exists()
    assert population(ward, MAY) == 61_000


def test_a_unit_that_would_no_longer_be_there_must_not_hold_anything(sector: Sector) -> None:  # noqa: F811
    wrong = done(MERGE).carried.act
    gets_task(Unit.objects.get(pk=tree(MARCH).by_code["16682"].id), MAY)
    register, things = everything(), all_things()
    with pytest.raises(Refusal, match="việc đang phải làm"):
        corrected(wrong, '- merge: {into: "16690", from: ["16681"]}')
    assert everything() == register
    assert all_things() == things
    assert not newly_known(wrong).is_undone


def test_acts_built_on_it_are_carried_out_again_in_their_order(sector: Sector) -> None:  # noqa: F811
    wrong = done(MERGE).carried.act
    renamed = done('- rename: {unit: "16682", name: Phường Vinh Nam}', on=MAY).carried.act
    moved = done('- move: {unit: "16682", territory: "38"}', on=LATER).carried.act
    elsewhere = done('- rename: {unit: "17230", name: Xã Bình Chuẩn Mới}', on=MAY).carried.act
    outcome = corrected(
        wrong,
        """
        - merge:
            into: {code: "16682", name: Phường Vinh Thành, kind: phường, territory: "40"}
            from: ["16681", "16690"]
        """,
    )
    assert [tree(day).by_code["16682"].name for day in (MARCH, MAY)] == ["Phường Vinh Thành", "Phường Vinh Nam"]
    assert tree(LATER).by_code["16682"].parent_id == sector.thanh_hoa.pk
    assert [one.carried.act.title for one in outcome.again] == [renamed.title, moved.title]
    assert newly_known(renamed).replaced_by == outcome.again[0].carried.act
    assert newly_known(moved).replaced_by == outcome.again[1].carried.act
    assert not newly_known(elsewhere).is_undone


def test_a_draft_whose_plan_is_carried_out_again_is_carried_out_still(sector: Sector) -> None:  # noqa: F811
    wrong = done(MERGE).carried.act
    text = planned('- rename: {unit: "16682", name: Phường Vinh Nam}', on=MAY)
    draft = begin_plan(actor=SYSTEM, unit=sector.nghe_an, text=text)
    draft = carry_out_draft(actor=SYSTEM, draft=draft, reason="Theo nghị quyết", version=draft.version)
    outcome = corrected(wrong, MERGE)
    draft.refresh_from_db()
    assert (draft.act, draft.is_carried_out) == (outcome.again[0].carried.act, True)


def test_where_a_later_act_no_longer_fits_nothing_is_corrected(sector: Sector) -> None:  # noqa: F811
    wrong = done(MERGE).carried.act
    done('- rename: {unit: "16682", name: Phường Vinh Nam}', on=MAY)
    register = everything()
    with pytest.raises(Refusal, match="16682"):
        corrected(wrong, '- merge: {into: "16690", from: ["16681"]}')
    assert everything() == register
    assert not newly_known(wrong).is_undone


def test_a_day_that_was_wrong_is_corrected_too(sector: Sector) -> None:  # noqa: F811
    task = gets_task(sector.new_thanh_vinh, MARCH.replace(month=2))
    wrong = done(MERGE).carried.act
    corrected(wrong, MERGE, on=MAY)
    assert "16682" not in tree(MARCH).by_code
    ward = tree(MAY).by_code["16682"].id
    spans = ObligationSpan.objects.current().filter(obligation=task).order_by("valid_from")
    assert list(spans.values_list("unit", "valid_from"))[-1] == (ward, MAY)
    assert ObligationSpan.objects.current().owed_on(MARCH).filter(unit=sector.new_thanh_vinh).count() == 1


def test_an_act_that_was_taken_back_is_not_corrected(sector: Sector) -> None:  # noqa: F811
    wrong = done(MERGE).carried.act
    corrected(wrong, MERGE_THREE)
    with pytest.raises(Refusal):
        corrected(wrong, MERGE)


def test_a_correction_is_simulated_and_nothing_is_kept(sector: Sector) -> None:  # noqa: F811
    for unit in (sector.new_thanh_vinh, sector.binh_chuan):
        gets_task(unit, MARCH.replace(month=2))
    wrong = done(MERGE).carried.act
    done('- rename: {unit: "16682", name: Phường Vinh Nam}', on=MAY)
    register, things = everything(), all_things()
    numbers = simulate_correction(
        wrong,
        read_plan(planned(MERGE_THREE)),
        lambda simulation: (simulation.numbers["ended"], {one.code: one.outcome.moved for one in simulation.things}),
    )
    assert numbers[0] == 3
    assert numbers[1]["obligations"] == 2
    assert everything() == register
    assert all_things() == things
    assert tree(MAY).by_code["16682"].name == "Phường Vinh Nam"
    assert not newly_known(wrong).is_undone
