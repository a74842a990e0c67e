"""What sheets of outgoing documents say they answer: a second reply is told, and no hidden document linked or lost."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from noivu.accounts.testing import Cast, Person, a_person
from noivu.core.access import OFFICER
from noivu.core.wording import Text
from noivu.intake.api import DOCUMENTS_IN, DOCUMENTS_OUT
from noivu.intake.testing import put_in, states
from noivu.records.api import OutgoingDocument
from noivu.records.testing import arrives, goes_out
from noivu.units.testing import Sector
from noivu.work.testing import owes_reply, replies


def day(number: int) -> date:
    return date(2024, 10, number)


def letter(unit: Any, symbol: str = "7/BNV-VP", **more: Any) -> dict[str, Any]:
    return {"unit": unit, "symbol": symbol, "issued_on": day(9), "kind": "CV", "summary": "Trả lời", **more}


def told(rows: list[dict[str, Any]], **more: Any) -> list[str]:
    warnings: list[Text] = []
    assert set(states(put_in(DOCUMENTS_OUT, rows, warnings=warnings, **more))) <= {"applied", "unchanged"}
    return [warning.vi for warning in warnings]


def test_a_second_reply_of_a_sheet_is_told_with_the_first_and_the_same_sheet_again_says_nothing(sector: Sector) -> None:
    goes_out(sector.office, day(8), symbol="01/BNV-VP", in_reply_to_id=owes_reply(sector.office, day(1)).document_id)
    rows = [letter(sector.office, in_reply_to="1")]
    (said,) = told(rows)
    assert said.startswith("Dòng 2: văn bản đến số 01 đã được trả lời bằng 01/BNV-VP ngày 08/10/2024.")
    assert told(rows) == []


def test_of_two_rows_that_answer_one_document_the_later_one_is_told(sector: Sector) -> None:
    owes_reply(sector.office, day(1))
    both = [letter(sector.office, in_reply_to="1"), letter(sector.office, "8/BNV-VP", in_reply_to="1")]
    (said,) = told(both)
    assert said.startswith("Dòng 3: văn bản đến số 01 đã được trả lời bằng 7/BNV-VP ngày 09/10/2024.")


def test_the_letter_whose_symbol_was_typed_or_that_takes_the_place_of_another_is_no_second_reply(
    sector: Sector,
) -> None:
    replies(owes_reply(sector.office, day(1)), day(8), symbol="07/BNV-VP")
    first, second = owes_reply(sector.office, day(2)), owes_reply(sector.office, day(2))
    rows = [letter(sector.office, in_reply_to="1"), letter(sector.office, "8/BNV-VP", in_reply_to="2")]
    assert told(rows) == []
    rows = [letter(sector.office, "8/BNV-VP", in_reply_to="3"), letter(sector.office, "9/BNV-VP", in_reply_to="2")]
    assert told(rows) == []
    for owed, symbol in ((first, "9/BNV-VP"), (second, "8/BNV-VP")):
        owed.refresh_from_db()
        assert owed.answer_symbol == symbol


def test_a_reply_that_sheets_said_without_a_symbol_is_told_too(sector: Sector) -> None:
    row = {
        "unit": sector.office, "arrival_number": "1", "arrived_on": day(1), "issuer": "Bộ Tài chính",
        "summary": "Xin ý kiến", "reply_required": True, "replied_on": day(7),
    }  # fmt: skip
    put_in(DOCUMENTS_IN, [row])
    (said,) = told([letter(sector.office, in_reply_to="1")])
    assert said.startswith("Dòng 2: văn bản đến số 01 đã được trả lời ngày 07/10/2024.")


@pytest.fixture
def above(cast: Cast) -> Person:
    """Writes in the registers below, and does not see what is restricted there."""
    return a_person("son", "Hồ Văn Sơn", cast.em.unit, OFFICER)


def test_a_restricted_reply_is_told_without_its_symbol(cast: Cast, above: Person) -> None:
    owed = owes_reply(cast.binh.unit, day(1))
    goes_out(cast.binh.unit, day(8), symbol="01/X-MAT", secrecy="restricted", in_reply_to_id=owed.document_id)
    (said,) = told([letter(cast.binh.unit, in_reply_to="1")], actor=above.actor)
    assert said.startswith("Dòng 2: văn bản đến số 01 đã được trả lời ngày 08/10/2024.")


@pytest.mark.parametrize("reference", ["15/TTr", "1"])
def test_a_row_answers_no_document_that_is_hidden_from_who_brings_it(cast: Cast, above: Person, reference: str) -> None:
    hidden = arrives(cast.binh.unit, day(1), symbol="15/TTr", secrecy="restricted")
    rows = [letter(cast.binh.unit, in_reply_to=reference)]
    told(rows, actor=above.actor)
    brought = OutgoingDocument.objects.current().get()
    assert (brought.in_reply_to_id, brought.answers) == (None, reference)
    told(rows, actor=cast.khanh.actor)
    brought.refresh_from_db()
    assert brought.in_reply_to_id == hidden.pk


@pytest.mark.parametrize("said", ["15/TTr", "", "99/CV", "2"])
def test_who_does_not_see_what_a_letter_answers_takes_no_link_away(cast: Cast, above: Person, said: str) -> None:
    owed = owes_reply(cast.binh.unit, day(1), symbol="15/TTr", secrecy="restricted")
    arrives(cast.binh.unit, day(2))
    typed = goes_out(cast.binh.unit, day(9), symbol="01/BNV-VP", in_reply_to_id=arrives(
        cast.binh.unit, day(3), secrecy="restricted").pk)  # fmt: skip
    put_in(DOCUMENTS_OUT, [letter(cast.binh.unit, in_reply_to="15/TTr")], actor=cast.khanh.actor)
    brought = OutgoingDocument.objects.current().get(symbol="7/BNV-VP")
    links = [brought.in_reply_to_id, typed.in_reply_to_id]
    rows = [letter(cast.binh.unit, in_reply_to=said), letter(cast.binh.unit, "1/BNV-VP", in_reply_to=said)]
    told(rows, actor=above.actor)
    for one in (brought, typed):
        one.refresh_from_db()
    owed.refresh_from_db()
    assert [brought.in_reply_to_id, typed.in_reply_to_id] == links
    assert (owed.answer_symbol, brought.answers) == ("7/BNV-VP", "15/TTr")


def test_who_sees_it_takes_the_link_away_by_a_blank(cast: Cast) -> None:
    owes_reply(cast.binh.unit, day(1), symbol="15/TTr", secrecy="restricted")
    for said in ("15/TTr", ""):
        put_in(DOCUMENTS_OUT, [letter(cast.binh.unit, in_reply_to=said)], actor=cast.khanh.actor)
    assert OutgoingDocument.objects.current().get().in_reply_to_id is None


def test_nothing_is_asked_row_by_row(sector: Sector) -> None:
    def statements(first: int, last: int) -> int:
        for _ in range(first, last):
            goes_out(sector.office, day(8), in_reply_to_id=owes_reply(sector.office, day(1)).document_id)
        rows = [letter(sector.office, f"{100 + n}/BNV-VP", in_reply_to=str(n)) for n in range(first, last)]
        with CaptureQueriesContext(connection) as captured:
            assert len(told(rows)) == last - first
        return len(captured)

    assert statements(1, 3) == statements(3, 12)
