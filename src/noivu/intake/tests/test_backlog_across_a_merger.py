"""What a unit still owed when it ended is carried into every period of its heir, and nothing is lost on the way up."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.figures.api import Question, Sweep, ask, drill, everywhere, records
from noivu.intake.api import DOCUMENTS_IN
from noivu.intake.testing import put_in
from noivu.intake.tests.test_figures import _forget
from noivu.units.api import tree
from noivu.units.testing import Sector

MERGED_ON = date(2025, 7, 1)
CODES = ("documents.carried_in", "documents.open_at_end", "documents.reply_required")
Row = dict[str, Any]

rows_of_registers = st.lists(
    st.tuples(
        st.sampled_from(["SNV-36", "SNV-37", "SNV-37 mới", "SNV-40", "Đông Thọ"]),
        st.integers(-70, 70),  # arrived: days from the merger
        st.none() | st.integers(0, 60),  # answered so many days after
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture
def now_2026(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-03-10"


@pytest.fixture
def above(sector: Sector) -> dict[str, tuple[list[int], list[int]]]:
    """By register: the units that have its documents in their totals, before the merger and after it."""
    before, after = tree(MERGED_ON - timedelta(days=1)).by_code, tree(MERGED_ON).by_code

    def ids(units: Any, *codes: str) -> list[int]:
        return [units[code].id for code in codes]

    merged = ids(after, "SNV-37", "UBND-37", "37")
    nghe_an = ids(after, "SNV-40", "UBND-40", "40")
    return {
        "SNV-36": (ids(before, "SNV-36", "UBND-36", "36"), merged),
        "SNV-37": (ids(before, "SNV-37", "UBND-37", "37"), merged),
        "SNV-37 mới": ([], merged),
        "SNV-40": (nghe_an, nghe_an),
        "Đông Thọ": (ids(before, "14758", "380", "38"), ids(after, "38")),
    }


def may(number: int) -> date:
    return date(2025, 5, number)


def june(number: int) -> date:
    return date(2025, 6, number)


def july(number: int) -> date:
    return date(2025, 7, number)


def august(number: int) -> date:
    return date(2025, 8, number)


# Register, arrived, due, replied; a reply is owed to each.
SHEET = [
    ("SNV-36", may(20), june(6), june(5)),  # in time
    ("SNV-36", june(2), june(12), june(20)),  # late
    ("SNV-36", june(3), june(13), july(10)),  # late, after the unit ended
    ("SNV-36", june(27), july(11), july(11)),  # in time, after the unit ended
    ("SNV-36", june(16), None, None),  # no deadline, still open
    ("SNV-37", june(10), june(24), None),  # overdue for ever
    ("SNV-37", june(30), july(14), august(1)),  # late, two months on
    ("SNV-37 mới", july(1), july(15), july(15)),  # in time
    ("SNV-37 mới", july(2), july(16), july(17)),  # late
    ("SNV-37 mới", july(14), august(5), None),
    ("SNV-37 mới", july(18), None, august(4)),  # no deadline, after the period
    ("SNV-40", june(20), july(4), None),
    ("SNV-40", july(21), august(15), august(20)),  # late, after the period
]
PARTS = ("reply_required", "replied", "replied_late", "reply_not_due", "reply_overdue", "reply_no_deadline")
Entered = tuple[str, date, date | None, date | None]


def a_spreadsheet_counts(rows: list[Entered], period: Period, as_of: date) -> tuple[int, ...]:
    """Filter by day of arrival, then by what had happened: required, replied, late, not due, overdue, no deadline;
    carried in, open at the end."""
    first, last = period.range().starts_on, period.last_day()
    eve, end = first - timedelta(days=1), min(last, as_of)
    in_period = [row for row in rows if first <= row[1] <= end]
    replied = [row for row in in_period if row[3] and row[3] <= as_of]
    waiting = [row for row in in_period if row not in replied]
    return (
        len(in_period),
        len(replied),
        len([row for row in replied if row[2] and row[3] and row[3] > row[2]]),
        len([row for row in waiting if row[2] and row[2] >= as_of]),
        len([row for row in waiting if row[2] and row[2] < as_of]),
        len([row for row in waiting if not row[2]]),
        len([row for row in rows if row[1] <= eve and not (row[3] and row[3] <= eve)]),
        len([row for row in rows if row[1] <= end and not (row[3] and row[3] <= end)]),
    )


@pytest.mark.parametrize(
    ("code", "as_of"),
    [
        ("2025-06", june(18)), ("2025-06", june(30)), ("2025-06", august(10)),
        ("2025-07", july(15)), ("2025-07", july(31)), ("2025-07", august(25)),
        ("2025-08", august(31)), ("2025-Q2", june(30)), ("2025-H2", august(31)),
        ("2025", july(1)), ("2025", august(31)),
    ],
)  # fmt: skip
def test_registers_of_units_that_merged_count_as_a_spreadsheet_would(
    sector: Sector, above: Any, now_2026: None, code: str, as_of: date
) -> None:
    put_into_registers(sector, SHEET)
    period = Period.parse(code)
    after = period.last_day() >= MERGED_ON
    names = [f"documents.{name}" for name in (*PARTS, "carried_in", "open_at_end")]
    covering = sorted({unit for ways in above.values() for unit in ways[after]})
    asked = [Question(unit, period, as_of=as_of, indicators=tuple(names)) for unit in covering]
    for answer in ask(asked):
        theirs = [row for row in SHEET if answer.question.unit_id in above[row[0]][after]]
        expected = a_spreadsheet_counts(theirs, period, as_of)
        assert tuple(answer.values[name] for name in names) == expected
        assert tuple(drill(name, answer.question).count() for name in names) == expected


def put_into_registers(sector: Sector, rows: list[Entered]) -> None:
    """As an import does; the register of an ended unit stays its own."""
    units = {
        "SNV-36": sector.old_home_affairs_nam_dinh, "SNV-37": sector.old_home_affairs_ninh_binh,
        "SNV-37 mới": sector.new_home_affairs_ninh_binh, "SNV-40": sector.home_affairs_nghe_an,
        "Đông Thọ": sector.old_dong_tho,
    }  # fmt: skip
    sheet = [
        {
            "unit": units[register], "arrival_number": str(number), "arrived_on": on, "issuer": "Bộ Tài chính",
            "summary": "Xin ý kiến", "reply_required": True, "due_on": due, "replied_on": replied,
        }
        for number, (register, on, due, replied) in enumerate(rows, start=1)
    ]  # fmt: skip
    assert {outcome.state for outcome in put_in(DOCUMENTS_IN, sheet)} == {"applied"}


def entered(sector: Sector, drawn: list[tuple[str, int, int | None]]) -> list[tuple[str, date, date | None]]:
    """The rows put into the registers as an import does; the new department has none from before it was."""
    rows = []
    for register, arrived, after in drawn:
        begins = {"SNV-37 mới": (0, 70), "SNV-40": (-70, 70)}.get(register, (-70, -1))
        on = MERGED_ON + timedelta(days=min(max(arrived, begins[0]), begins[1]))
        rows.append((register, on, None if after is None else on + timedelta(days=after)))
    put_into_registers(sector, [(register, on, None, replied) for register, on, replied in rows])
    return rows


def by_hand(rows: list[tuple[str, date, date | None]], period: Period) -> list[tuple[str, tuple[int, int, int]]]:
    """What each row adds to the three figures, as one reads it off a sheet."""
    first, last = period.range().starts_on, period.last_day()

    def owed(on: date, replied: date | None, day: date) -> bool:
        return on <= day and (replied is None or replied > day)

    return [
        (
            register,
            (owed(on, replied, first - timedelta(days=1)), owed(on, replied, last), first <= on <= last),
        )
        for register, on, replied in rows
    ]


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=rows_of_registers, code=st.sampled_from(["2025-05", "2025-06", "2025-07", "2025-08", "2025", "2026-02"]))
def test_every_way_to_a_backlog_gives_what_a_sheet_gives(
    sector: Sector, above: Any, now_2026: None, drawn: list[tuple[str, int, int | None]], code: str
) -> None:
    _forget()
    period = Period.parse(code)
    counts = by_hand(entered(sector, drawn), period)
    after = period.last_day() >= MERGED_ON
    units = [node.id for node in tree(period.last_day())]
    table = everywhere(Sweep(period, indicators=CODES))
    for answer in ask([Question(unit, period, indicators=CODES) for unit in units]):
        unit = answer.question.unit_id
        theirs = [adds for register, adds in counts if unit in above[register][after]]
        expected = [sum(column) for column in zip(*theirs, strict=True)] or [0, 0, 0]
        assert [answer.values[figure] for figure in CODES] == expected
        assert [table.value(unit, figure) for figure in CODES] == expected
        if any(expected):
            assert [drill(figure, answer.question).count() for figure in CODES] == expected
            assert records(CODES[0], answer.question, actor=SYSTEM).shown == expected[0]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=rows_of_registers)
def test_open_on_the_last_day_is_carried_in_on_the_next_for_each_heir_and_in_all(
    sector: Sector, now_2026: None, drawn: list[tuple[str, int, int | None]]
) -> None:
    _forget()
    entered(sector, drawn)
    in_june, in_july = (everywhere(Sweep(Period.parse(code), indicators=CODES)) for code in ("2025-06", "2025-07"))

    def of(table: Any, figure: str, *units: Any) -> int:
        return sum(table.value(unit.pk, figure) for unit in units)

    merged = (sector.old_home_affairs_nam_dinh, sector.old_home_affairs_ninh_binh)
    provinces = (sector.old_nam_dinh, sector.old_ninh_binh)
    opened, carried = "documents.open_at_end", "documents.carried_in"
    assert of(in_july, carried, sector.new_home_affairs_ninh_binh) == of(in_june, opened, *merged)
    assert of(in_july, carried, sector.new_ninh_binh) == of(in_june, opened, *provinces)
    assert of(in_july, carried, sector.thanh_hoa) == of(in_june, opened, sector.thanh_hoa)
    whole = [sum(table.value(root.id, figure) for root in tree(table.sweep.tree_day).roots)
             for table, figure in ((in_june, opened), (in_july, carried))]  # fmt: skip
    assert whole[0] == whole[1]
