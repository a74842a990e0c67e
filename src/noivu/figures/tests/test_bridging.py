"""The bridge from one value of a figure to another: every record that makes the difference has exactly one cause."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from noivu.accounts.testing import a_person, sign_in
from noivu.core.access import VIEWER
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period, Window
from noivu.core.refusals import Refusal
from noivu.figures.asking import ask
from noivu.figures.bridging import Cause, bridge, bridge_records
from noivu.figures.commands import why
from noivu.figures.drilling import drill
from noivu.figures.questions import Question
from noivu.figures.registry import DECLARED as OF_PRODUCT
from noivu.figures.tests.matters import EVER, Matter, declared
from noivu.figures.tests.test_counting_agrees import with_rows
from noivu.figures.tests.test_pages import words
from noivu.units.api import find_unit, tree
from noivu.units.testing import KNOWN_FROM, MERGED_ON, small_sector
from noivu.units.tests import histories

DECLARED = declared()
JUNE, JULY = Period.parse("2025-06"), Period.parse("2025-07")
EARLY, LATE = datetime(2025, 6, 2, tzinfo=UTC), datetime(2025, 8, 2, tzinfo=UTC)
READ_AT = datetime(2025, 7, 1, tzinfo=UTC)


@pytest.fixture
def sector(matters, settings):
    settings.NOIVU_TODAY = "2026-01-10"
    return small_sector()


def stand(number, unit, start, end=EVER, **more):
    """A matter as it stands in a unit from a day up to a day."""
    said = {"opened_on": start, "state": "open", "recorded_at": EARLY, "superseded_at": None, **more}
    Matter.objects.create(number=number, unit_id=unit.pk, valid_from=start, valid_to=end, **said)


def moved(code, unit, known_at=None):
    """The causes that make any difference from June to July, with their parts of it."""
    first = Question(unit.pk, JUNE, known_at=known_at)
    found = bridge(code, first, Question(unit.pk, JULY), declared=DECLARED)
    assert sum(found.part(cause) for cause in Cause) == found.change
    return {cause: found.part(cause) for cause in Cause if found.by_cause[cause]}


def test_of_a_stock_what_stays_open_is_no_difference(sector):
    stand(1, sector.office, date(2025, 6, 3))
    stand(2, sector.office, date(2025, 6, 3), date(2025, 7, 5))
    stand(3, sector.office, date(2025, 7, 9))
    stand(4, sector.office, date(2025, 7, 9))
    assert moved("matters.open", sector.office) == {Cause.LEFT: -1, Cause.JOINED: 2}


def test_of_a_flow_all_of_one_period_leaves_and_all_of_the_other_joins(sector):
    stand(1, sector.office, date(2025, 6, 3))
    stand(2, sector.office, date(2025, 7, 3))
    stand(3, sector.office, date(2025, 7, 4))
    assert moved("matters.opened", sector.office) == {Cause.LEFT: -1, Cause.JOINED: 2}


def test_what_came_from_another_unit_moved(sector):
    stand(1, sector.office, date(2025, 6, 3), date(2025, 7, 5))
    stand(1, sector.archives, date(2025, 7, 5), opened_on=date(2025, 6, 3))
    assert moved("matters.open", sector.archives) == {Cause.MOVED: 1}
    assert moved("matters.open", sector.office) == {Cause.MOVED: -1}
    assert moved("matters.open", sector.ministry) == {}


def test_what_no_longer_meets_the_condition_is_reclassified(sector):
    stand(1, sector.office, date(2025, 6, 3), date(2025, 7, 5), state="held")
    stand(1, sector.office, date(2025, 7, 5), opened_on=date(2025, 6, 3))
    stand(2, sector.office, date(2025, 6, 3), date(2025, 7, 5))
    stand(2, sector.office, date(2025, 7, 5), opened_on=date(2025, 6, 3), state="held")
    stand(3, sector.office, date(2025, 6, 3), date(2025, 7, 5))
    stand(3, sector.office, date(2025, 7, 5), opened_on=date(2025, 6, 3), state="held")
    assert moved("matters.held", sector.office) == {Cause.RECLASSIFIED: 1}


def test_of_a_stock_what_no_longer_meets_its_condition_has_left(sector):
    stand(1, sector.office, date(2025, 6, 3), date(2025, 7, 5))
    stand(1, sector.office, date(2025, 7, 5), opened_on=date(2025, 6, 3), state="done")
    stand(2, sector.office, date(2025, 7, 9))
    assert moved("matters.not_done", sector.office) == {Cause.LEFT: -1, Cause.JOINED: 1}


def test_what_weighs_more_is_reclassified_by_the_difference(sector):
    stand(1, sector.office, date(2025, 6, 3), date(2025, 7, 5), weight=2)
    stand(1, sector.office, date(2025, 7, 5), opened_on=date(2025, 6, 3), weight=5)
    assert moved("matters.weight", sector.office) == {Cause.RECLASSIFIED: 3}


def test_what_a_merged_unit_brought_is_reorganisation(sector):
    stand(1, sector.old_home_affairs_nam_dinh, date(2025, 6, 3), MERGED_ON)
    stand(1, sector.new_home_affairs_ninh_binh, MERGED_ON, opened_on=date(2025, 6, 3))
    assert moved("matters.open", sector.new_ninh_binh) == {Cause.REORGANISATION: 1}


def test_what_is_new_in_a_unit_of_which_nothing_was_here_is_reorganisation(sector):
    stand(1, sector.new_home_affairs_ninh_binh, date(2025, 7, 9))
    stand(2, sector.new_thanh_vinh, date(2025, 7, 9))
    assert moved("matters.open", sector.new_ninh_binh) == {Cause.REORGANISATION: 1}
    assert moved("matters.open", sector.nghe_an) == {Cause.JOINED: 1}


def test_what_was_recorded_after_the_reading_is_a_late_entry(sector):
    stand(1, sector.office, date(2025, 6, 3), recorded_at=LATE)
    assert moved("matters.open", sector.office, known_at=READ_AT) == {Cause.LATE_ENTRY: 1}
    assert moved("matters.open", sector.office) == {}


def test_what_was_changed_after_the_reading_is_a_correction(sector):
    stand(1, sector.office, date(2025, 6, 3), superseded_at=LATE)
    stand(1, sector.archives, date(2025, 6, 3), recorded_at=LATE)
    assert moved("matters.open", sector.office, known_at=READ_AT) == {Cause.CORRECTION: -1}
    assert moved("matters.open", sector.archives, known_at=READ_AT) == {Cause.CORRECTION: 1}


def test_each_cause_opens_to_its_records_with_their_part(sector):
    stand(1, sector.office, date(2025, 6, 3), date(2025, 7, 5), weight=4)
    stand(2, sector.office, date(2025, 7, 9), weight=3)
    june, july = Question(sector.office.pk, JUNE), Question(sector.office.pk, JULY)
    found = bridge("matters.weight", june, july, declared=DECLARED)
    left = bridge_records(found, Cause.LEFT, actor=SYSTEM, declared=DECLARED)
    joined = bridge_records(found, Cause.JOINED, actor=SYSTEM, declared=DECLARED)
    assert [(line.id, change) for line, change in (*left, *joined)] == [(1, -4), (2, 3)]


def test_the_bridge_is_one_statement_beside_those_about_units(sector, django_assert_max_num_queries):
    stand(1, sector.office, date(2025, 6, 3))
    moved("matters.open", sector.office)
    with django_assert_max_num_queries(4):
        moved("matters.open", sector.office)


spans = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.integers(0, 9),
        st.sampled_from(["open", "held", "done"]),
        st.integers(0, 3),
        st.sampled_from(["always", "late", "taken back"]),
    ),
    min_size=1,
    max_size=3,
)


@with_rows
@given(
    history=histories.histories(),
    given_matters=st.lists(spans, max_size=10),
    ends=st.tuples(st.integers(0, 6), st.integers(0, 6)),
    place=st.integers(0, 9),
    is_known_then=st.booleans(),
    code=st.sampled_from(sorted(DECLARED.indicators.codes)),
)
def test_causes_sum_to_the_difference_and_no_record_has_two(
    sector, history, given_matters, ends, place, is_known_then, code
):
    Matter.objects.all().delete()
    with histories.stored(history) as ids:
        units = list(ids.values())
        for number, stretches in enumerate(given_matters):
            _store(number, stretches, units)
        unit = units[place % len(units)]
        first, second = (Question(unit, Period.parse("2025-01"), Window(f"to day {end}", 1, end + 2)) for end in ends)
        if is_known_then:
            first = Question(unit, first.period, first.window, known_at=READ_AT)
        found = bridge(code, first, second, declared=DECLARED)
        told = [ask([question], declared=DECLARED)[0].values[code] for question in (first, second)]
        assert list(found.values) == told
        assert sum(found.part(cause) for cause in Cause) == told[1] - told[0]
        keys = [key for changes in found.by_cause.values() for key in changes]
        assert len(keys) == len(set(keys))
        if DECLARED.indicators[code].total is None:
            sets = [set(drill(code, q, declared=DECLARED).values_list("number", flat=True)) for q in (first, second)]
            assert set(keys) == sets[0] ^ sets[1]
        if not is_known_then:
            assert not found.by_cause[Cause.LATE_ENTRY]
            assert not found.by_cause[Cause.CORRECTION]


def _store(number, stretches, units):
    """A matter through its stretches of days, some recorded late, some taken back."""
    opened_on = stop = histories.day(-5)
    for n, (unit, days, state, weight, known) in enumerate(stretches):
        start, stop = stop, EVER if n == len(stretches) - 1 else stop + timedelta(days=days + 1)
        recorded = {
            "always": {"recorded_at": EARLY},
            "late": {"recorded_at": LATE},
            "taken back": {"recorded_at": EARLY, "superseded_at": LATE},
        }[known]
        place = find_place(units, unit)
        stand(number, place, start, stop, opened_on=opened_on, state=state, weight=weight, **recorded)


def find_place(units, number):
    return type("Place", (), {"pk": units[number % len(units)]})


# the command


@pytest.fixture
def told(sector, monkeypatch):
    for name, shelf in vars(declared()).items():
        monkeypatch.setattr(OF_PRODUCT, name, shelf)
    stand(1, sector.office, date(2025, 6, 3), date(2025, 7, 5))
    stand(2, sector.office, date(2025, 7, 9))
    stand(3, sector.office, date(2025, 7, 9))
    return sector


def run(*arguments):
    return CliRunner().invoke(why, arguments, catch_exceptions=False)


def test_the_command_says_both_values_and_the_causes(told):
    asked = ("--unit", "VP-BNV", "--from", "2025-06", "--to", "2025-07", "--cause", "joined", "--json")
    payload = json.loads(run("matters.open", *asked).stdout)
    assert payload["from"] == {"period": "2025-06", "as_of": "2025-06-30", "value": 1}
    assert (payload["to"]["value"], payload["change"]) == (2, 1)
    assert {each["cause"]: each["change"] for each in payload["causes"]} == {
        "joined": 2,
        "left": -1,
        "moved": 0,
        "reclassified": 0,
        "late_entry": 0,
        "correction": 0,
        "reorganisation": 0,
    }
    assert [(line["id"], line["unit"], line["change"]) for line in payload["records"]] == [
        (2, "VP-BNV", 1),
        (3, "VP-BNV", 1),
    ]


def test_the_command_tells_a_person_in_lines(told):
    shown = run("matters.open", "--unit", "VP-BNV", "--from", "2025-06", "--to", "2025-07").stdout
    assert "+2  Mới phát sinh (2)" in shown
    assert "-1  Không còn (1)" in shown


def test_an_unknown_indicator_is_refused(told):
    with pytest.raises(Refusal):
        run("nothing.here", "--unit", "VP-BNV", "--from", "2025-06", "--to", "2025-07")


def test_units_of_the_later_period_are_named_as_then(told):
    assert find_unit("37", MERGED_ON).pk == told.new_ninh_binh.pk
    assert tree(KNOWN_FROM).by_code["37"].id == told.old_ninh_binh.pk
    payload = json.loads(run("matters.open", "--unit", "37", "--from", "2025-06", "--to", "2025-07", "--json").stdout)
    assert payload["change"] == 0


def test_the_page_shows_the_causes_and_opens_one(told, client):
    sign_in(client, a_person("vu", "Trần Vũ", told.office, VIEWER))
    address = {"unit": "VP-BNV", "period": "2025-07"}
    shown = words(client.get("/figures/matters.open/why/", address))
    assert "Mới phát sinh" in shown
    assert "+2" in shown
    opened = words(client.get("/figures/matters.open/why/", {**address, "cause": "left"}))
    assert "matter 1" in opened
    assert "matter 2" not in opened
    assert "/figures/matters.open/why/?unit=VP-BNV" in client.get("/figures/matters.open/", address).content.decode()


def test_a_rate_has_no_page_of_causes(told, client):
    sign_in(client, a_person("vu", "Trần Vũ", told.office, VIEWER))
    assert client.get("/figures/matters.rate/why/", {"unit": "VP-BNV", "period": "2025-07"}).status_code == 404
