"""Every finding that a plan can have: provoked, with the unit, the event and clause, and what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.planning.api import carry_out_plan, read_plan, simulate
from noivu.planning.tests.test_plans import MARCH, MAY, done, everything, measure, planned
from noivu.units.api import tree
from noivu.units.models import ReorganisationAct
from noivu.units.testing import Sector, an_instrument

CLAUSE = "khoản 7 Điều 1"
FIRST = '- rename: {unit: "38", name: Tỉnh Thanh}\n'
"""An event in which nothing is wrong, so that a finding must name the second."""


@dataclass(frozen=True)
class Provoked:
    """Events of a plan that has a finding about a unit, of the last of them; `before`: what stands recorded already."""

    unit: str
    events: str
    on: date = MARCH
    more: str = ""
    before: Callable[[Sector], object] = lambda _: None

    @property
    def plan(self) -> str:
        return planned(f"{FIRST}{self.events}\n  clause: {CLAUSE}\n", on=self.on, more=self.more)


NEW = "kind: ward, territory: '40'"
INTO_16690 = '- merge: {into: "16690", from: ["16681"]}'
PROVOKED = {
    "planning.unknown_unit": Provoked("99999", '- dissolve: {unit: "99999"}'),
    "planning.code_twice": Provoked(
        "16699",
        f'- establish: {{code: "16699", name: Phường Một, {NEW}}}\n'
        f'- establish: {{code: "16699", name: Phường Hai, {NEW}}}',
    ),
    "planning.gone": Provoked("16681", INTO_16690 + '\n- rename: {unit: "16681", name: Phường X}'),
    "planning.into_itself": Provoked("16690", '- merge: {into: "16690", from: ["16690", "16681"]}'),
    "planning.whole_and_more": Provoked("16681", '- transfer: {unit: "16681", to: "16690"}\n' + INTO_16690),
    "planning.orphan": Provoked("UBND-40", '- dissolve: {unit: "40"}'),
    "planning.no_place": Provoked("16699", '- establish: {code: "16699", name: Phường Mới, kind: ward}'),
    "planning.circle": Provoked("UBND-40", '- move: {unit: "UBND-40", superior: "SNV-40"}'),
    "planning.same_name": Provoked("16681", '- rename: {unit: "16681", name: Phường Trường Vinh}'),
    "planning.same_code": Provoked("16690", '- recode: {unit: "16681", code: "16690"}'),
    "planning.later_facts": Provoked(
        "16681", INTO_16690, before=lambda _: done('- rename: {unit: "16681", name: Phường Vinh Mai}', on=MAY)
    ),
    "planning.before_known": Provoked("40", '- rename: {unit: "40", name: Tỉnh Hoan Châu}', on=date(2020, 1, 1)),
    "planning.arranged_since": Provoked(
        "16681",
        '- transfer: {unit: "16681", to: "16690"}',
        before=lambda _: done('- transfer: {unit: "16690", to: "16681"}', on=MAY),
    ),
    "planning.too_much": Provoked(
        "16681",
        '- transfer: {unit: "16681", to: "16690", population: 4000}',
        before=lambda sector: measure(sector.new_thanh_vinh, "population", 3_000),
    ),
    "planning.heir": Provoked("16681", INTO_16690, more='heirs: {"16681": "17230"}\n'),
}
"""By the code of a finding, a plan that has it: `tests/architecture/test_findings.py` asks for one of each."""


OF_THE_WHOLE = {"planning.no_instrument"}
"""Findings that no event has."""


@pytest.fixture(autouse=True)
def paper(db: None) -> None:
    an_instrument("01/NQ-HĐND")


@pytest.mark.parametrize("code", PROVOKED)
def test_a_plan_that_cannot_be_carried_out_names_unit_clause_and_what_to_do(sector: Sector, code: str) -> None:
    provoked = PROVOKED[code]
    provoked.before(sector)
    stood, acts = everything(), ReorganisationAct.objects.count()

    findings = [f for f in simulate(read_plan(provoked.plan)).findings if (f.code, f.unit) == (code, provoked.unit)]
    assert [f for f in findings if CLAUSE in f.where.vi and CLAUSE in f.where.en], "it names the event and its clause"
    for finding in findings:
        assert not finding.is_doubt
        assert finding.unit in finding.words.vi
        assert finding.unit in finding.words.en
        assert finding.do.vi.endswith(".")
        assert finding.do.en.endswith(".")

    with pytest.raises(Refusal) as refused:
        carry_out_plan(actor=SYSTEM, plan=read_plan(provoked.plan))
    words = refused.value.what.vi
    assert any(f.words.vi in words for f in findings), "the refusal says the same"
    assert (everything(), ReorganisationAct.objects.count()) == (stood, acts), "and nothing was done"


def test_a_name_that_two_units_of_a_province_bear_in_two_districts_is_asked_about(sector: Sector) -> None:
    """Before the arrangement wards of two districts could bear one name: that is a doubt, and stops nothing."""
    on = date(2025, 6, 30)
    plan = read_plan(planned('- rename: {unit: "16681", name: Xã Bình Chuẩn}', on=on))
    [finding] = simulate(plan).findings
    assert (finding.code, finding.is_doubt) == ("planning.same_name", True)
    carry_out_plan(actor=SYSTEM, plan=plan)
    assert tree(on).nodes[sector.old_quang_trung.pk].name == "Xã Bình Chuẩn"


def test_a_plan_without_instrument_is_drafted_and_not_carried_out(sector: Sector) -> None:
    text = planned(INTO_16690).replace("instrument: 01/NQ-HĐND\n", "")
    plan = read_plan(text, unfinished=True)
    [finding] = simulate(plan).findings
    assert {finding.code} == OF_THE_WHOLE
    with pytest.raises(Refusal, match="văn bản"):
        carry_out_plan(actor=SYSTEM, plan=plan)
    assert not ReorganisationAct.objects.exists()
