"""A period read in the units of another day: exact, estimated or left over, and the totals always the same."""

import json
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from noivu.accounts.testing import a_person, sign_in
from noivu.core.access import VIEWER
from noivu.core.bulk import insert_rows
from noivu.core.periods import Period, Window
from noivu.figures.across import apportioned, contributions, everywhere_across
from noivu.figures.asking import ask
from noivu.figures.commands import figures, records
from noivu.figures.drilling import drill
from noivu.figures.questions import Question, Sweep
from noivu.figures.tests.papers import Paper, declared
from noivu.figures.tests.test_counting_agrees import FIELDS, with_rows
from noivu.figures.tests.test_pages import words
from noivu.units.api import find_unit, one_revision, tree
from noivu.units.derivation import words_changed
from noivu.units.models import Succession
from noivu.units.testing import KNOWN_FROM, MERGED_ON, small_sector
from noivu.units.tests import histories

DECLARED = declared()
JUNE = Period.parse("2025-06")
RECORDED = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def sector(papers, settings):
    settings.NOIVU_TODAY = "2026-01-10"
    return small_sector()


def receive(unit, number, answered_on=None, due_on=None, day=date(2025, 6, 3), copies=1):
    row = (unit.pk, None, "letter", day, due_on, answered_on, copies, RECORDED, None)
    insert_rows(Paper, FIELDS, [row] * number)


def unit(code, on=MERGED_ON):
    return find_unit(code, on)


def asked(place, structure=MERGED_ON, period=JUNE, **more):
    return Question(place.pk, period, structure=structure, **more)


def answer(place, **more):
    return ask([asked(place, **more)], declared=DECLARED)[0]


def received(place, **more):
    return answer(place, indicators=("papers.received",), **more).values["papers.received"]


def part(sector, **people):
    """Record how many people of the parted commune went to each of its successors."""
    for code, number in people.items():
        row = Succession.objects.filter(predecessor=sector.old_dong_tho, successor=unit(code[1:]))
        assert row.update(population=number) == 1
    words_changed()


def test_communes_that_merged_are_counted_together_and_exactly(sector):
    receive(sector.old_truong_thi, 3)
    receive(sector.old_ben_thuy, 4)
    found = answer(sector.new_truong_vinh)
    assert found.values["papers.received"] == 7
    assert (found.estimated, found.not_apportioned) == (frozenset(), ())


def test_an_exact_figure_opens_its_records(sector):
    receive(sector.old_truong_thi, 3)
    receive(sector.old_ben_thuy, 4)
    receive(sector.old_quang_trung, 5)
    assert drill("papers.received", asked(sector.new_truong_vinh), declared=DECLARED).count() == 7


def test_a_parted_commune_without_recorded_shares_is_listed_and_counted_above(sector):
    receive(sector.old_dong_tho, 10)
    province = answer(sector.thanh_hoa)
    assert province.values["papers.received"] == 10
    assert "papers.received" not in province.estimated
    [left] = province.not_apportioned
    assert (left.unit_id, left.values["papers.received"]) == (sector.old_dong_tho.pk, 10)
    assert set(left.successors) == {unit("14758").pk, unit("14797").pk}
    assert left.counted_at == sector.thanh_hoa.pk
    commune = answer(unit("14797"))
    assert commune.values["papers.received"] == 0
    assert commune.not_apportioned == (left,)


def test_a_parted_commune_is_apportioned_by_recorded_shares_and_said_to_be(sector):
    part(sector, _14758=300, _14797=700)
    receive(sector.old_dong_tho, 10)
    assert received(unit("14758")) == 3
    seven = answer(unit("14797"))
    assert seven.values["papers.received"] == 7
    assert "papers.received" in seven.estimated
    assert "papers.overdue" not in seven.estimated
    assert received(sector.thanh_hoa) == 10
    assert answer(sector.thanh_hoa).estimated == frozenset()


def test_an_estimated_figure_opens_the_records_of_the_units_of_then_with_their_shares(sector):
    part(sector, _14758=300, _14797=700)
    receive(sector.old_dong_tho, 10)
    question = asked(unit("14797"))
    assert drill("papers.received", question, declared=DECLARED).count() == 10
    [shared] = contributions(question)
    assert (shared.unit_id, shared.share) == (sector.old_dong_tho.pk, Fraction(7, 10))


def test_identities_hold_in_every_part(sector):
    part(sector, _14758=100, _14797=200)
    receive(sector.old_dong_tho, 4, answered_on=date(2025, 6, 9))
    receive(sector.old_dong_tho, 5, due_on=date(2025, 6, 20))
    receive(sector.old_dong_tho, 2, due_on=date(2025, 7, 20))
    receive(sector.old_dong_tho, 1, copies=4)
    parts = [answer(unit(code)) for code in ("14758", "14797")]
    for found in parts:
        [balance] = found.identities
        assert balance.holds
    whole = answer(sector.thanh_hoa)
    for code in DECLARED.indicators.codes:
        assert sum(found.values[code] for found in parts) == whole.values[code]
    assert [found.values["papers.received"] for found in parts] == [4, 8]


def test_a_figure_does_not_depend_on_what_else_was_asked(sector):
    part(sector, _14758=100, _14797=200)
    receive(sector.old_dong_tho, 4, answered_on=date(2025, 6, 9))
    receive(sector.old_dong_tho, 5, due_on=date(2025, 6, 20))
    everything = answer(unit("14797")).values
    for code in DECLARED.indicators.codes:
        assert answer(unit("14797"), indicators=(code,)).values[code] == everything[code]


def test_a_rate_is_estimated_with_its_parts(sector):
    part(sector, _14758=100, _14797=100)
    receive(sector.old_dong_tho, 4, answered_on=date(2025, 6, 9))
    receive(sector.old_dong_tho, 4)
    found = answer(unit("14797"), indicators=("papers.answered_rate",))
    assert found.rates["papers.answered_rate"] == Fraction(1, 2)
    assert "papers.answered_rate" in found.estimated


def test_a_later_period_is_read_in_the_structure_of_an_earlier_day(sector):
    july = {"structure": KNOWN_FROM, "period": Period.parse("2025-07")}
    receive(sector.new_home_affairs_ninh_binh, 5, day=date(2025, 7, 3))
    receive(sector.new_thanh_vinh, 2, day=date(2025, 7, 4))
    assert received(sector.old_quang_trung, **july) == 2
    old = answer(sector.old_nam_dinh, **july)
    assert old.values["papers.received"] == 0
    [left] = old.not_apportioned
    assert (left.unit_id, left.counted_at) == (sector.new_home_affairs_ninh_binh.pk, None)


def test_a_year_in_which_units_merged_is_exact_in_the_structure_before(sector):
    receive(sector.old_home_affairs_nam_dinh, 3)
    receive(sector.old_home_affairs_ninh_binh, 4)
    year = {"structure": KNOWN_FROM, "period": Period.parse("2025")}
    assert received(sector.old_nam_dinh, **year) == 3
    assert received(sector.old_ninh_binh, **year) == 4


def test_plain_and_carried_questions_are_answered_in_their_order(sector):
    receive(sector.old_truong_thi, 3)
    plain = Question(sector.old_truong_thi.pk, JUNE)
    found = ask([asked(sector.new_truong_vinh), plain, asked(sector.nghe_an)], declared=DECLARED)
    assert [each.values["papers.received"] for each in found] == [3, 3, 3]
    assert found[1] == ask([plain], declared=DECLARED)[0]


def test_carried_questions_are_one_statement(sector, django_assert_num_queries):
    asked_for = [asked(sector.nghe_an), asked(unit("14797"))]
    ask(asked_for, declared=DECLARED)
    with one_revision(), django_assert_num_queries(2):  # the revision of the register, and the statement
        ask(asked_for, declared=DECLARED)


def test_a_number_is_parted_by_largest_remainder():
    assert apportioned(10, [Fraction(1, 3)] * 3)[0] == [4, 3, 3]
    assert apportioned(1, [Fraction(2, 5), Fraction(3, 5)])[0] == [0, 1]


@given(
    numbers=st.lists(st.integers(0, 30), max_size=8),
    masses=st.lists(st.integers(1, 9), min_size=1, max_size=5),
)
def test_parts_sum_to_the_number_and_stay_near_their_shares(numbers, masses):
    weights = [Fraction(mass, sum(masses)) for mass in masses]
    owed, sums = None, [0] * len(masses)
    for number in numbers:
        parts, owed = apportioned(number, weights, owed)
        assert sum(parts) == number
        assert all(part >= 0 for part in parts)
        sums = [a + b for a, b in zip(sums, parts, strict=True)]
    assert all(abs(found - sum(numbers) * weight) < len(masses) for found, weight in zip(sums, weights, strict=True))


@with_rows
@given(data=st.data(), history=histories.histories(), on=st.integers(0, 6), to=st.integers(-1, 6))
def test_totals_stay_the_same_and_what_is_exact_is_a_recount(sector, data, history, on, to):
    Paper.objects.all().delete()
    received_on, structure = date(2024, 12, 20), histories.day(to)
    asked_for = {"period": Period.parse("2025-01"), "window": Window("until that day", 1, on + 2)}
    with histories.stored(history) as ids:
        held = data.draw(st.lists(st.tuples(st.sampled_from(sorted(ids)), st.booleans()), max_size=20))
        rows = [
            (ids[n], None, "letter", received_on, None, received_on if done else None, 1, RECORDED, None)
            for n, done in held
        ]
        insert_rows(Paper, FIELDS, rows)
        units = tree(structure)
        country = ids[histories.COUNTRY]
        table = everywhere_across(Sweep(**asked_for), structure, declared=DECLARED)
        assert table.answer(country).values == ask([Question(country, **asked_for)], declared=DECLARED)[0].values
        assert table.answer(country).estimated == frozenset()
        questions = [Question(n, structure=structure, **asked_for) for n in ids.values() if n in units]
        for question, found in zip(questions, ask(questions, declared=DECLARED), strict=True):
            assert table.answer(question.unit_id) == found
            assert all(balance.holds for balance in found.identities)
            if "papers.received" not in found.estimated:
                reach = {number for number in ids if ids[number] in units.reach(question.unit_id)}
                inside = [n for n, _ in held if _inside(history.carried(n, on, to), reach)]
                assert found.values["papers.received"] == len(inside)
                assert drill("papers.received", question, declared=DECLARED).count() == len(inside)


def _inside(dist, reach):
    if dist is None:
        return False
    parts, loose = dist
    return set(parts) <= reach and all(units <= reach for units in loose)


# the command and the page


@pytest.fixture
def told(sector, papers_declared):
    part(sector, _14758=300, _14797=700)
    receive(sector.old_dong_tho, 10)
    return sector


def run(command, *arguments):
    return json.loads(CliRunner().invoke(command, [*arguments, "--json"], catch_exceptions=False).stdout)


def test_the_command_says_structure_estimates_and_what_was_left(told):
    payload = run(figures, "--unit", "14797", "--period", "2025-06", "--structure", "2025-07-01")
    assert payload["structure"] == "2025-07-01"
    assert payload["values"]["papers.received"] == 7
    assert "papers.received" in payload["estimated"]
    assert payload["not_apportioned"] == []
    plain = run(figures, "--unit", "38", "--period", "2025-06")
    assert {"structure", "estimated", "not_apportioned"}.isdisjoint(plain)


def test_the_command_names_units_that_could_not_be_apportioned(told):
    Succession.objects.filter(predecessor=told.old_dong_tho).update(population=None)
    words_changed()
    payload = run(
        figures, "--unit", "38", "--period", "2025-06", "--structure", "2025-07-01", "--indicator", "papers.received"
    )
    [left] = payload["not_apportioned"]
    assert left == {
        "unit": "14758",
        "name": "Phường Đông Thọ",
        "values": {"papers.received": 10},
        "successors": ["14758", "14797"],
        "counted_at": "38",
    }


def test_rows_of_the_units_below_sum_to_the_whole(told):
    receive(unit("412", KNOWN_FROM), 2)
    payload = run(figures, "--unit", "38", "--period", "2025-06", "--structure", "2025-07-01", "--by", "children")
    rows = {row["unit"]: row for row in payload["rows"]}
    assert (rows["14758"]["values"]["papers.received"], rows["14797"]["values"]["papers.received"]) == (3, 7)
    assert "papers.received" in rows["14797"]["estimated"]


def test_records_behind_an_estimate_say_the_share(told):
    payload = run(records, "papers.received", "--unit", "14797", "--period", "2025-06", "--structure", "2025-07-01")
    assert payload["count"] == 10
    assert payload["shares"] == [{"unit": "14758", "name": "Phường Đông Thọ", "share": 70}]


def test_the_page_of_a_figure_reads_it_in_the_units_of_another_day(sector, papers_declared, client):
    part(sector, _14758=300, _14797=700)
    receive(sector.old_dong_tho, 10)
    sign_in(client, a_person("thanh", "Lê Thanh", sector.thanh_hoa, VIEWER))
    shown = words(
        client.get("/figures/papers.received/", {"unit": "14797", "period": "2025-06", "structure": "2025-07-01"})
    )
    assert "theo đơn vị ngày 01/07/2025" in shown
    assert "ước tính" in shown
    assert "Phường Đông Thọ ( 70% )" in shown
    assert "10 bản ghi" in shown


def test_the_list_of_figures_is_read_in_the_units_of_another_day(sector, papers_declared, client):
    receive(sector.old_dong_tho, 10)
    sign_in(client, a_person("thanh", "Lê Thanh", sector.thanh_hoa, VIEWER))
    shown = words(client.get("/figures/", {"unit": "38", "period": "2025-06", "structure": "2025-07-01"}))
    assert "Phường Đông Thọ" in shown
    assert "Phường Hạc Thành" in shown


def test_a_unit_named_as_in_the_period_leads_to_the_one_it_went_into(sector, papers_declared, client):
    sign_in(client, a_person("binh", "Đỗ Bình", sector.new_ninh_binh, VIEWER))
    response = client.get("/figures/", {"unit": "SNV-36", "period": "2025-06", "structure": "2025-07-01"})
    assert "Nội vụ tỉnh Ninh Bình" in words(response)
