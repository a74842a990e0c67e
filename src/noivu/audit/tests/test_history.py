"""The history of a thing, as its page shows it."""

from datetime import date
from typing import Any

import pytest

from noivu.audit.actions import declare_fields
from noivu.audit.api import Change, erase_payload, history, history_of, number_entries, record, record_bulk
from noivu.core.actors import Actor
from noivu.core.wording import Text

pytestmark = pytest.mark.django_db
KIND = "records.incomingdocument"
DUE = Text(vi="Hạn trả lời", en="Due date")


@pytest.fixture(autouse=True)
def _named() -> None:
    declare_fields(KIND, {"due_on": DUE})


def test_it_tells_who_changed_what_and_why_the_latest_first(an: Actor, binh: Actor) -> None:
    record(actor=an, action="test.change", thing=(KIND, 7), after={"due_on": date(2024, 10, 31)})
    record(
        actor=binh,
        action="test.change",
        thing=(KIND, 7),
        before={"due_on": date(2024, 10, 31)},
        after={"due_on": date(2024, 11, 5)},
        reason="Xin ý kiến thêm",
    )
    record(actor=an, action="test.change", thing=(KIND, 8))
    number_entries()
    latest, first = history_of(KIND, 7)
    assert (latest.actor_name, latest.unit_code, latest.reason) == ("Lê Thu Bình", "VP-BNV", "Xin ý kiến thêm")
    assert latest.changes == (Change("due_on", DUE, "2024-10-31", "2024-11-05"),)
    assert latest.wording == Text(vi="Sửa thử", en="Test change")
    assert (first.number, latest.number) == (0, 1)
    assert first.changes == (Change("due_on", DUE, None, "2024-10-31"),)


def test_it_shows_what_a_bulk_act_did_to_the_thing(an: Actor) -> None:
    rows = [(KIND, n, {"summary": f"Văn bản {n}"}) for n in range(2_500)]
    record_bulk(actor=an, action="test.load", label="Nạp sổ văn bản đến", rows=rows)
    for number in (0, 999, 1_000, 2_499):
        (line,) = history_of(KIND, number)
        assert line.is_bulk
        assert line.label == "Nạp sổ văn bản đến"
        assert [change.new for change in line.changes] == [f"Văn bản {number}"]


def test_an_erased_act_shows_without_its_content(an: Actor) -> None:
    entry = record(actor=an, action="test.change", thing=(KIND, 7), after={"summary": "Đơn của ông A"})
    erase_payload(actor=an, entry=entry, reason="Hết thời hạn lưu", instrument="13/2023/NĐ-CP")
    (line,) = history_of(KIND, 7)
    assert (line.is_erased, line.actor_name, line.changes) == (True, "", ())


def test_one_query_for_several_things_however_long_their_histories(an: Actor, django_assert_num_queries: Any) -> None:
    for number in range(30):
        record(actor=an, action="test.change", thing=(KIND, number % 3), after={"n": number})
    record_bulk(actor=an, action="test.load", label="Nạp", rows=[(KIND, 0, {"n": 99})])
    with django_assert_num_queries(1):
        lines = history((KIND, 0), (KIND, 1))
    assert len(lines) == 21


def test_it_shows_the_latest_when_a_history_is_long(an: Actor) -> None:
    for number in range(5):
        record(actor=an, action="test.change", thing=(KIND, 1), after={"n": number})
    assert [line.changes[0].new for line in history((KIND, 1), limit=2)] == [4, 3]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        ("2024-10-31", "31/10/2024"),
        ("2024-02-31", "2024-02-31"),
        (True, "có"),
        ([1, "2024-10-31"], "1, 31/10/2024"),
        ({"a": 1}, '{"a": 1}'),
    ],
)
def test_values_are_written_as_the_country_writes_them(value: Any, words: str) -> None:
    assert str(Change("f", DUE, value, None).old_words) == words
