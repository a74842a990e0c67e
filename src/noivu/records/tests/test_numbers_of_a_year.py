"""A number stands once in a year, a letter moves no series, and December's document is answered in January."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.records.api import IncomingEntry, RegisterNumber, correct_document, register_incoming
from noivu.records.bulk import OutgoingRow, write_outgoing
from noivu.records.models import OutgoingDocument
from noivu.records.testing import arrives, goes_out
from noivu.units.testing import Sector, small_sector

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2024, 10, 10), date(2024, 10, 11)
SENT = {"unit": "SNV-40", "notation": "BC-SNV", "kind": "bao-cao", "summary": "Trả lời"}


@pytest.fixture
def sector() -> Sector:
    return small_sector()


@pytest.mark.parametrize("number", [1, 999])
def test_a_letter_stands_after_a_number_that_is_given(sector: Sector, number: int) -> None:
    inserted = RegisterNumber(number, "a")
    entry = IncomingEntry(unit_id=sector.office.pk, arrived_on=DAY, issuer="X", summary="Y", number=inserted)
    with pytest.raises(Refusal, match="chưa cấp") as refused:
        register_incoming(actor=SYSTEM, entry=entry)
    assert (refused.value.where, refused.value.code) == ("number", "gap")
    with pytest.raises(Refusal, match="chưa cấp"):
        goes_out(sector.office, DAY, symbol=f"{number}a/TB-VP")
    assert arrives(sector.office, DAY).arrival_number == 1
    assert goes_out(sector.office, DAY).symbol == "01/BNV-VP"
    assert goes_out(sector.office, DAY, symbol="1a/TB-VP").symbol == "01a/TB-VP"


def test_a_symbol_is_given_once_in_a_year(sector: Sector) -> None:
    goes_out(sector.office, DAY, symbol="01/BC-SNV")
    with pytest.raises(Refusal, match="10/10/2024 đã có trong sổ"):
        goes_out(sector.office, NEXT, symbol="1/bc-snv")
    second = goes_out(sector.office, NEXT, symbol="02/BC-SNV")
    with pytest.raises(Refusal, match="đã có trong sổ"):
        correct_document(actor=SYSTEM, document=second, changes={"symbol": "01/BC-SNV"})
    assert goes_out(sector.archives, NEXT, symbol="01/BC-SNV")
    assert goes_out(sector.office, date(2023, 1, 3), symbol="01/BC-SNV")


def test_the_database_holds_it_whoever_writes(sector: Sector) -> None:
    first = goes_out(sector.office, DAY, symbol="01/BC-SNV")
    fields: dict[str, Any] = {"unit_id": first.unit_id, "register": first.register, "symbol_key": first.symbol_key}
    with pytest.raises(IntegrityError):
        OutgoingDocument.objects.create(**fields, issued_on=NEXT, summary="Lặp số", numbered_here=True)


def test_what_sheets_brought_twice_stays_and_is_corrected(sector: Sector) -> None:
    rows = [OutgoingRow(sector.office.pk, "05/BC-SNV", day, {"summary": "Cũ", "kind": "BC"}) for day in (DAY, NEXT)]
    write_outgoing(rows, clock.now())
    last = OutgoingDocument.objects.current().get(issued_on=NEXT)
    correct_document(actor=SYSTEM, document=last, changes={"summary": "Đã sửa"})
    assert OutgoingDocument.objects.current().filter(symbol_key="5/bc-snv").count() == 2


def test_a_letter_of_january_answers_a_document_of_december(cast: Cast, client: Client) -> None:
    december = arrives(cast.an.unit, date(2023, 12, 20))
    sign_in(client, cast.an)
    answer = client.post("/documents/out/new/", {**SENT, "issued_on": "05/01/2024", "answers_number": "1"})
    assert answer.status_code == 302
    assert OutgoingDocument.objects.get().in_reply_to == december


def test_where_both_years_have_the_number_the_year_is_asked(cast: Cast, client: Client) -> None:
    december, january = (arrives(cast.an.unit, day) for day in (date(2023, 12, 20), date(2024, 1, 3)))
    sign_in(client, cast.an)
    typed = {**SENT, "issued_on": "05/01/2024", "answers_number": "1"}
    asked = client.post("/documents/out/new/", typed)
    assert asked.status_code == 422
    assert "20/12/2023, 03/01/2024" in asked.content.decode()
    client.post("/documents/out/new/", {**typed, "answers_year": "2023"})
    letter = OutgoingDocument.objects.current().get()
    assert letter.in_reply_to == december

    changed = {**SENT, "symbol": letter.symbol, "issued_on": "05/01/2024", "answers_number": "1", "reason": "Nhầm"}
    client.post(f"/documents/out/{letter.pk}/correct/", {**changed, "answers_year": "2024"})
    letter.refresh_from_db()
    assert letter.in_reply_to == january
