"""Plans of reorganisation carried out on the small sector, after its arrangement of 1/7/2025."""

from datetime import date
from textwrap import dedent

import pytest

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.planning.api import carry_out_plan, read_plan, simulate
from noivu.planning.drafting import known_measures
from noivu.planning.services import Done
from noivu.units.api import Tree, find_unit, heirs_on, labels, measure_unit, predecessors, successors, tree, undo_act
from noivu.units.models import Reorganisation, ReorganisationAct, Unit, UnitFact
from noivu.units.models.facts import FACTS
from noivu.units.testing import Sector, an_instrument, small_sector

MARCH, MAY, LATER = date(2026, 3, 1), date(2026, 5, 1), date(2026, 9, 1)
BEFORE = date(2026, 2, 28)


@pytest.fixture
def sector(db: None) -> Sector:
    an_instrument("01/NQ-HĐND")
    an_instrument("02/NQ-HĐND")
    return small_sector()


def planned(events: str, *, on: date = MARCH, more: str = "") -> str:
    """A plan of these events."""
    head = f"title: Sắp xếp thử\ntakes_effect_on: {on}\ninstrument: 01/NQ-HĐND\n"
    return head + more + "events:\n" + dedent(events)


def done(events: str, *, on: date = MARCH, more: str = "") -> Done:
    return carry_out_plan(actor=SYSTEM, plan=read_plan(planned(events, on=on, more=more)))


def found(events: str, *, on: date = MARCH, more: str = "") -> list[str]:
    """What is wrong with a plan, by code."""
    return [finding.code for finding in simulate(read_plan(planned(events, on=on, more=more))).findings]


def drawn(units: Tree) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """A tree as people know it: by code, each unit's name, kind, and the codes of those above."""
    return {node.code: (node.name, node.kind, tuple(n.code for n in units.path(node.id)[:-1])) for node in units}


MERGE = """
- merge:
    into: {code: "16682", name: Phường Vinh, kind: phường, territory: "40"}
    from: ["16681", "16690"]
  clause: khoản 1 Điều 1
"""


INTO_NEW = """
- merge:
    into: {code: "16692", name: Phường Vinh Nam, kind: ward, territory: "40"}
    from: ["16690"]
"""


def test_two_wards_merge_into_a_new_one_on_the_day(sector: Sector) -> None:
    done(MERGE)

    before, after = tree(BEFORE), tree(MARCH)
    assert "16682" not in before.by_code
    assert before.by_code["16681"].name == "Phường Thành Vinh"
    assert after.by_code["16682"].name == "Phường Vinh"
    assert after.by_code["16682"].parent_id == sector.nghe_an.pk
    assert not {"16681", "16690"} & set(after.by_code)
    went = successors(sector.new_thanh_vinh.pk, MARCH)
    assert [(step.code, step.share, step.instrument, step.clause) for step in went] == [
        ("16682", "whole", "01/NQ-HĐND", "khoản 1 Điều 1")
    ]
    came = predecessors(after.by_code["16682"].id, MARCH, date(2025, 12, 31))
    assert {step.name for step in came} == {"Phường Thành Vinh", "Phường Trường Vinh"}
    assert heirs_on(MARCH)[sector.new_thanh_vinh.pk] == after.by_code["16682"].id


def test_one_ward_goes_into_another_that_lives_on(sector: Sector) -> None:
    done('- merge: {into: "16690", from: ["16681"]}')

    after = tree(MARCH)
    assert after.by_code["16690"].id == sector.new_truong_vinh.pk
    assert "16681" not in after.by_code
    assert heirs_on(MARCH)[sector.new_thanh_vinh.pk] == sector.new_truong_vinh.pk


def test_what_changes_about_a_unit_leaves_it_the_same_unit(sector: Sector) -> None:
    done(
        """
        - rename: {unit: "16681", name: Phường Vinh Thành}
        - reclassify: {unit: "17230", kind: ward, name: Phường Bình Chuẩn}
          instrument: 02/NQ-HĐND
        - recode: {unit: "16690", code: "16691"}
        - move: {unit: "17230", territory: "38"}
        """
    )

    after = tree(MARCH)
    assert after.nodes[sector.new_thanh_vinh.pk].name == "Phường Vinh Thành"
    assert after.nodes[sector.new_thanh_vinh.pk].short_name == "Vinh Thành"
    assert after.nodes[sector.binh_chuan.pk].kind == "ward"
    assert after.nodes[sector.binh_chuan.pk].name == "Phường Bình Chuẩn"
    assert after.nodes[sector.binh_chuan.pk].parent_id == sector.thanh_hoa.pk
    assert after.nodes[sector.new_truong_vinh.pk].code == "16691"
    assert tree(BEFORE).nodes[sector.binh_chuan.pk].name == "Xã Bình Chuẩn"
    assert len(after) == len(tree(BEFORE))


def test_a_ward_is_split_and_measures_go_with_its_parts(sector: Sector) -> None:
    measure(sector.new_thanh_vinh, "population", 40_000)
    measure(sector.new_thanh_vinh, "area", 900)
    done(
        """
        - split:
            unit: "16681"
            into:
            - {code: "16683", name: Phường Vinh Bắc, kind: ward, territory: "40", population: 25000, area_km2: "5.5"}
            - {code: "16684", name: Phường Vinh Nam, kind: ward, territory: "40"}
        """,
        more='heirs: {"16681": "16684"}\n',
    )

    after = tree(MARCH)
    north, south = after.by_code["16683"].id, after.by_code["16684"].id
    assert known_measures(MARCH)[north] == {"population": 25_000, "area": 550}
    assert known_measures(MARCH)[south] == {"population": 15_000, "area": 350}
    assert {(step.code, step.share) for step in successors(sector.new_thanh_vinh.pk, MARCH)} == {
        ("16683", "part"),
        ("16684", "part"),
    }


def test_a_part_goes_over_and_comes_back(sector: Sector) -> None:
    measure(sector.new_thanh_vinh, "population", 40_000)
    measure(sector.new_truong_vinh, "population", 30_000)
    done('- transfer: {unit: "16681", to: "16690", population: 4000, villages: Khối 1 và Khối 2}')
    assert population(sector.new_thanh_vinh, MARCH) == 36_000
    assert population(sector.new_truong_vinh, MARCH) == 34_000

    done('- transfer: {unit: "16690", to: "16681", population: 4000}', on=MAY)
    assert population(sector.new_thanh_vinh, MAY) == 40_000
    assert population(sector.new_thanh_vinh, MARCH) == 36_000
    assert population(sector.new_truong_vinh, BEFORE) == 30_000


def test_a_part_that_nobody_measured_leaves_both_unmeasured(sector: Sector) -> None:
    measure(sector.new_thanh_vinh, "population", 40_000)
    measure(sector.new_truong_vinh, "population", 30_000)
    done('- transfer: {unit: "16681", to: "16690"}')
    assert population(sector.new_thanh_vinh, MARCH) is None
    assert population(sector.new_truong_vinh, MARCH) is None
    assert population(sector.new_thanh_vinh, BEFORE) == 40_000


def test_what_a_second_act_of_a_day_makes_unknown_is_known_again_without_it(sector: Sector) -> None:
    measure(sector.new_thanh_vinh, "population", 40_000)
    measure(sector.new_truong_vinh, "population", 30_000)
    stood = everything()
    first = done('- transfer: {unit: "16681", to: "16690", population: 4000}').carried.act
    told = everything()
    second = done('- transfer: {unit: "16681", to: "16690"}').carried.act
    assert population(sector.new_thanh_vinh, MARCH) is None
    assert population(sector.new_thanh_vinh, BEFORE) == 40_000

    undo_act(actor=SYSTEM, act=second, reason="thử")
    assert everything() == told
    undo_act(actor=SYSTEM, act=first, reason="thử")
    assert everything() == stood


def test_what_came_over_in_a_plan_goes_on_with_the_unit_that_goes_on(sector: Sector) -> None:
    measure(sector.new_thanh_vinh, "population", 40_000)
    measure(sector.new_truong_vinh, "population", 30_000)
    done('- transfer: {unit: "16681", to: "16690", population: 4000}\n' + INTO_NEW)
    assert population(sector.new_thanh_vinh, MARCH) == 36_000
    assert known_measures(MARCH)[tree(MARCH).by_code["16692"].id]["population"] == 34_000


def test_what_came_over_in_a_plan_may_be_given_away_in_it(sector: Sector) -> None:
    measure(sector.new_thanh_vinh, "population", 40_000)
    measure(sector.new_truong_vinh, "population", 3_000)
    came = '- transfer: {unit: "16681", to: "16690", population: 4000}\n'
    assert found(came + '- transfer: {unit: "16690", to: "17230", population: 5000}') == []
    assert found(came + '- transfer: {unit: "16690", to: "17230", population: 7001}') == ["planning.too_much"]


def test_an_old_name_is_reborn_and_a_code_used_again(sector: Sector) -> None:
    done(MERGE)
    done(
        """
        - split:
            unit: "16682"
            into:
            - {code: "16681", name: Phường Thành Vinh, kind: ward, territory: "40"}
            - {code: "16690", name: Phường Trường Vinh, kind: ward, territory: "40"}
        """,
        on=MAY,
    )
    reborn = tree(MAY).by_code["16681"]
    assert reborn.name == "Phường Thành Vinh"
    assert reborn.id != sector.new_thanh_vinh.pk
    assert find_unit("16681", BEFORE) == sector.new_thanh_vinh


def test_two_acts_on_one_day_follow_one_another(sector: Sector) -> None:
    done('- rename: {unit: "16690", name: Phường Vinh}')
    done(
        """
        - merge: {into: "16690", from: ["16681"]}
        - rename: {unit: "16690", name: Phường Đại Vinh}
        """
    )
    after = tree(MARCH)
    assert after.by_code["16690"].name == "Phường Đại Vinh"
    assert labels([sector.new_truong_vinh.pk], BEFORE)[sector.new_truong_vinh.pk].name == "Phường Trường Vinh"
    positions = Reorganisation.objects.filter(takes_effect_on=MARCH).values_list("position", flat=True)
    assert list(positions) == [0, 1, 2]


def test_an_act_of_a_day_comes_after_those_of_the_day_also_where_one_was_taken_back(sector: Sector) -> None:
    first = done('- rename: {unit: "17230", name: Xã Bình Chuẩn Mới}').carried.act
    done('- merge: {into: "16690", from: ["16681"]}')
    undo_act(actor=SYSTEM, act=first, reason="thử")
    done(INTO_NEW)
    assert [step.code for step in successors(sector.new_thanh_vinh.pk, MARCH, BEFORE)] == ["16692"]


def test_one_unit_is_reorganised_ten_times_in_a_year(sector: Sector) -> None:
    """Of ten kinds, each on its day; every day answers as it was, and taken back from the end all is as before."""
    measure(sector.new_thanh_vinh, "population", 40_000)
    measure(sector.new_truong_vinh, "population", 30_000)
    stood, unit = everything(), sector.new_thanh_vinh.pk
    new = "kind: ward, territory: '40'"
    acts = [
        done(events, on=date(2026, month, 15)).carried.act
        for month, events in enumerate(
            (
                '- rename: {unit: "16681", name: Phường Vinh}',
                '- transfer: {unit: "16690", to: "16681", population: 1000}',
                '- recode: {unit: "16681", code: "16682"}',
                f'- establish: {{code: "16683", name: Phường Mới, {new}, from: [{{unit: "16682", share: part, '
                "population: 500}]}",
                '- reclassify: {unit: "16682", kind: commune, name: Xã Vinh}',
                '- merge: {into: "16682", from: ["16683"]}',
                '- move: {unit: "16682", territory: "38"}',
                '- transfer: {unit: "16682", to: "16690", population: 1000}',
                '- recode: {unit: "16682", code: "16681"}',
                '- reclassify: {unit: "16681", kind: ward, name: Phường Thành Vinh}',
            ),
            start=1,
        )
    ]

    nodes = [tree(date(2026, month, 15)).nodes[unit] for month in range(1, 11)]
    assert [(node.name, node.code, node.kind) for node in nodes] == [
        ("Phường Vinh", "16681", "ward"),
        ("Phường Vinh", "16681", "ward"),
        ("Phường Vinh", "16682", "ward"),
        ("Phường Vinh", "16682", "ward"),
        ("Xã Vinh", "16682", "commune"),
        ("Xã Vinh", "16682", "commune"),
        ("Xã Vinh", "16682", "commune"),
        ("Xã Vinh", "16682", "commune"),
        ("Xã Vinh", "16681", "commune"),
        ("Phường Thành Vinh", "16681", "ward"),
    ]
    assert [tree(date(2026, month, 14)).nodes[unit] for month in range(2, 11)] == nodes[:-1]
    assert [node.parent_id for node in nodes] == [sector.nghe_an.pk] * 6 + [sector.thanh_hoa.pk] * 4
    people = [population(sector.new_thanh_vinh, date(2026, month, 15)) for month in range(1, 11)]
    assert people == [40_000, 41_000, 41_000, 40_500, 40_500, 41_000, 41_000, 40_000, 40_000, 40_000]

    for act in reversed(acts):
        undo_act(actor=SYSTEM, act=act, reason="diễn tập")
    assert everything() == stood


# what is wrong with a plan


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ('- rename: {unit: "99999", name: Phường X}', "planning.unknown_unit"),
        ('- dissolve: {unit: "40"}', "planning.orphan"),
        ('- rename: {unit: "16681", name: Phường Trường Vinh}', "planning.same_name"),
        ('- recode: {unit: "16681", code: "16690"}', "planning.same_code"),
        ('- merge: {into: "16690", from: ["16681", "16681"]}', "planning.gone"),
        ('- merge: {into: "16690", from: ["16690"]}', "planning.into_itself"),
        (
            '- transfer: {unit: "16681", to: "16690"}\n- merge: {into: "16690", from: ["16681"]}',
            "planning.whole_and_more",
        ),
        ('- establish: {code: "16699", name: Phường Mới, kind: ward}', "planning.no_place"),
        ('- move: {unit: "UBND-40", superior: "SNV-40"}', "planning.circle"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_says_what_is_wrong(sector: Sector, events: str, code: str) -> None:
    assert code in found(events)


def test_a_heir_must_be_one_of_those_that_come_after(sector: Sector) -> None:
    assert "planning.heir" in found(MERGE, more='heirs: {"16681": "17230"}\n')


def test_parts_are_no_more_than_the_whole(sector: Sector) -> None:
    measure(sector.new_thanh_vinh, "population", 3_000)
    assert "planning.too_much" in found('- transfer: {unit: "16681", to: "16690", population: 4000}')


def test_a_unit_with_later_facts_cannot_end_before_them(sector: Sector) -> None:
    done('- rename: {unit: "16681", name: Phường Vinh Mai}', on=MAY)
    assert "planning.later_facts" in found(MERGE)


def test_what_the_register_does_not_know_yet_is_left_alone(sector: Sector) -> None:
    assert "planning.before_known" in found('- rename: {unit: "40", name: Tỉnh Hoan Châu}', on=date(2020, 1, 1))


def test_a_refused_plan_names_unit_and_clause_and_changes_nothing(sector: Sector) -> None:
    before = everything()
    with pytest.raises(Refusal) as refused:
        done(MERGE + '- rename: {unit: "16690", name: Phường X}\n  clause: khoản 7 Điều 1\n')
    assert "16690" in str(refused.value)
    assert "khoản 7 Điều 1" in str(refused.value)
    assert everything() == before
    assert not ReorganisationAct.objects.exists()


# simulating and taking back


def test_a_simulation_says_what_would_be_and_changes_nothing(sector: Sector) -> None:
    before = everything()
    simulation = simulate(read_plan(planned(MERGE)))
    assert simulation.is_sound
    assert simulation.numbers == {
        "established": 1,
        "ended": 2,
        "changed": 0,
        "kept": len(tree(MARCH)) - 2,
    }
    assert simulation.kinds_after["ward"] == simulation.kinds_before["ward"] - 1
    [after] = simulation.units_after()
    assert (after.code, after.is_new, set(after.came_from)) == (
        "16682",
        True,
        {"Phường Thành Vinh", "Phường Trường Vinh"},
    )
    done_after = done(MERGE)
    assert dict(done_after.numbers) == simulation.numbers
    assert everything() != before


def test_an_act_taken_back_leaves_the_register_as_it_was(sector: Sector) -> None:
    measure(sector.new_thanh_vinh, "population", 40_000)
    before, facts = drawn(tree(MARCH)), everything()
    carried = done(
        """
        - merge:
            into: {code: "16682", name: Phường Vinh, kind: ward, territory: "40"}
            from: ["16681", {unit: "16690", share: part}]
        - rename: {unit: "16690", name: Phường Vinh Nam}
        - reclassify: {unit: "17230", kind: ward, name: Phường Bình Chuẩn}
        """
    ).carried
    assert drawn(tree(MARCH)) != before

    undo_act(actor=SYSTEM, act=carried.act, reason="nhập nhầm ngày")
    assert drawn(tree(MARCH)) == before
    assert everything() == facts
    assert heirs_on(MARCH).get(sector.new_thanh_vinh.pk) is None
    assert population(sector.new_thanh_vinh, MARCH) == 40_000
    with pytest.raises(Refusal):
        undo_act(actor=SYSTEM, act=ReorganisationAct.objects.get(), reason="lần nữa")


def test_an_act_on_which_another_was_built_is_taken_back_after_that_one(sector: Sector) -> None:
    before = everything()
    first = done(MERGE).carried.act
    second = done('- rename: {unit: "16682", name: Phường Đại Vinh}', on=MAY).carried.act
    with pytest.raises(Refusal, match="Phường"):
        undo_act(actor=SYSTEM, act=first, reason="thử")
    undo_act(actor=SYSTEM, act=second, reason="thử")
    undo_act(actor=SYSTEM, act=first, reason="thử")
    assert everything() == before


def test_what_was_said_before_an_undoing_stays_known(sector: Sector) -> None:
    from noivu.core import clock

    act = done(MERGE).carried.act
    instant = clock.now()
    undo_act(actor=SYSTEM, act=act, reason="thử")
    assert "16682" in tree(MARCH, known_at=instant).by_code
    assert "16682" not in tree(MARCH).by_code


def measure(unit: Unit, measure: str, value: int) -> None:
    paper = an_instrument()
    measure_unit(actor=SYSTEM, unit=unit, measure=measure, value=value, on=date(2025, 8, 1), instrument=paper)


def population(unit: Unit, on: date) -> int | None:
    return known_measures(on).get(unit.pk, {}).get("population")


def everything() -> list[tuple[object, ...]]:
    """All that the register says now, fact by fact."""
    said: list[tuple[object, ...]] = []
    for model in FACTS:
        said += sorted(_said(fact) for fact in model._default_manager.current().order_by("pk"))
    return said


def _said(fact: UnitFact) -> tuple[object, ...]:
    kept = {"recorded_at", "superseded_at", "version_of", "act", "id"}
    names = [f.attname for f in fact._meta.concrete_fields if f.name not in kept]
    return (fact._meta.label, *(str(getattr(fact, name)) for name in names))
