from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from noivu.core import clock
from noivu.core.actors import SYSTEM, Actor
from noivu.core.refusals import Refusal
from noivu.records.api import (
    Direction,
    IncomingDocument,
    IncomingEntry,
    OutgoingDocument,
    RegisterBook,
    RegisterNumber,
    Series,
    cancel_number,
    correct_document,
    declare_off_network,
    open_register,
    register_incoming,
    remove_document,
    same_documents,
)
from noivu.records.models import OffNetworkDeclaration
from noivu.records.queries import missing_numbers
from noivu.records.testing import arrives, goes_out
from noivu.units.testing import Sector, small_sector

pytestmark = pytest.mark.django_db
DAY = date(2024, 10, 15)


@pytest.fixture
def sector() -> Sector:
    return small_sector()


def test_numbers_run_from_one_without_gap(sector: Sector) -> None:
    assert [str(arrives(sector.office, DAY).number) for _ in range(3)] == ["01", "02", "03"]


def test_a_state_secret_is_refused_unless_the_network_is_declared_isolated(sector: Sector, settings: Settings) -> None:
    with pytest.raises(Refusal, match="28/2018") as refused:
        arrives(sector.office, DAY, series=Series.SECRET)
    assert refused.value.code == "state_secret"
    with pytest.raises(Refusal, match="nối mạng"):
        goes_out(sector.office, DAY, series=Series.SECRET)
    with pytest.raises(Refusal, match="nối mạng"):
        open_register(actor=SYSTEM, unit_id=sector.office.pk, direction=Direction.IN, year=2024, series=Series.SECRET)
    settings.NOIVU_ISOLATED = True
    secret = arrives(sector.office, DAY, series=Series.SECRET)
    settings.NOIVU_ISOLATED = False
    correct_document(actor=SYSTEM, document=secret, changes={"summary": "Cũ vẫn còn"})
    assert IncomingDocument.objects.current().get().summary == "Cũ vẫn còn"


def test_each_unit_year_and_series_has_its_own_numbers(sector: Sector, settings: Settings) -> None:
    settings.NOIVU_ISOLATED = True
    arrives(sector.office, DAY)
    assert arrives(sector.archives, DAY).arrival_number == 1
    assert arrives(sector.office, date(2023, 10, 15)).arrival_number == 1
    assert arrives(sector.office, DAY, series=Series.SECRET).arrival_number == 1
    assert arrives(sector.office, DAY).arrival_number == 2


def test_a_starting_number_continues_a_paper_register(sector: Sector) -> None:
    open_register(actor=SYSTEM, unit_id=sector.office.pk, direction=Direction.IN, year=2024, starting_number=28074)
    assert arrives(sector.office, DAY).arrival_number == 28074
    with pytest.raises(Refusal, match="đã được mở"):
        open_register(actor=SYSTEM, unit_id=sector.office.pk, direction=Direction.IN, year=2024)


def test_a_number_that_leaves_a_gap_or_is_taken_is_refused(sector: Sector) -> None:
    arrives(sector.office, DAY)
    with pytest.raises(Refusal, match="bỏ cách"):
        arrives(sector.office, DAY, number=9)
    with pytest.raises(Refusal, match="đã có trong sổ"):
        arrives(sector.office, DAY, number=1)
    assert IncomingDocument.objects.count() == 1


def test_an_inserted_number_bears_a_letter_and_does_not_move_the_series(sector: Sector) -> None:
    arrives(sector.office, DAY)
    entry = IncomingEntry(
        unit_id=sector.office.pk, arrived_on=DAY, issuer="X", summary="Y", number=RegisterNumber(1, "a")
    )
    assert str(register_incoming(actor=SYSTEM, entry=entry).number) == "01a"
    assert arrives(sector.office, DAY).arrival_number == 2


def test_a_failed_registration_gives_its_number_back(sector: Sector) -> None:
    point = transaction.savepoint()
    arrives(sector.office, DAY)
    transaction.savepoint_rollback(point)
    assert arrives(sector.office, DAY).arrival_number == 1


def test_a_cancelled_number_keeps_its_place_and_is_no_document(sector: Sector) -> None:
    document = arrives(sector.office, DAY)
    cancel_number(actor=SYSTEM, document=document, reason="Ghi trùng")
    assert arrives(sector.office, DAY).arrival_number == 2
    assert IncomingDocument.objects.current().numbered().count() == 1
    assert IncomingDocument.objects.current().count() == 2


def test_cancelling_needs_a_reason(sector: Sector) -> None:
    with pytest.raises(Refusal, match="lý do"):
        cancel_number(actor=SYSTEM, document=arrives(sector.office, DAY), reason=" ")


def test_a_removed_document_is_known_as_of_before(sector: Sector) -> None:
    document = arrives(sector.office, DAY)
    before = clock.now()
    remove_document(actor=SYSTEM, document=document, reason="Ghi nhầm sổ")
    assert not IncomingDocument.objects.current().exists()
    assert IncomingDocument.objects.known_at(before).get().pk == document.pk


def test_a_correction_keeps_id_and_number_and_the_former_state(sector: Sector) -> None:
    document = arrives(sector.office, DAY, summary="Sai")
    before = clock.now()
    correct_document(actor=SYSTEM, document=document, changes={"summary": "Đúng", "kind": "TTr"}, reason="Sửa")
    current = IncomingDocument.objects.current().get()
    assert (current.pk, current.summary, current.kind, current.arrival_number) == (
        document.pk,
        "Đúng",
        "to-trinh",
        1,
    )
    assert IncomingDocument.objects.known_at(before).get().summary == "Sai"
    assert IncomingDocument.objects.current().matching("dung").exists()


def test_a_correction_that_changes_nothing_writes_nothing(sector: Sector) -> None:
    document = arrives(sector.office, DAY)
    correct_document(actor=SYSTEM, document=document, changes={"summary": document.summary})
    assert IncomingDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"issuer": " "}, "Thiếu cơ quan ban hành"),
        ({"summary": ""}, "Thiếu trích yếu"),
        ({"issued_on": date(2024, 10, 16)}, "sớm hơn ngày ban hành"),
    ],
)
def test_it_refuses_an_entry_that_cannot_be(sector: Sector, fields: dict[str, object], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        arrives(sector.office, DAY, **fields)


def test_it_refuses_a_day_to_come(sector: Sector) -> None:
    with pytest.raises(Refusal, match="chưa đến"):
        arrives(sector.office, date(2024, 11, 2))


def test_someone_without_grant_may_not_write(sector: Sector) -> None:
    entry = IncomingEntry(unit_id=sector.office.pk, arrived_on=DAY, issuer="X", summary="Y")
    with pytest.raises(Refusal, match="Không có quyền"):
        register_incoming(actor=Actor("nobody", "Người lạ"), entry=entry)


@pytest.mark.parametrize(
    ("symbol", "issuer", "issued_on", "numbers"),
    [
        ("5/bc-snv", "Sở Nội vụ", DAY, [1, 2]),
        ("05/BC-SNV", "SỞ NỘI VỤ", date(2024, 3, 1), [2, 1]),
        ("05/BC-SNV", "so noi vu", None, [2, 1]),
        ("05/BC-SNV", "Sở Nội vụ", date(2023, 12, 30), []),
        ("05/BC-SNV", "Sở Tài chính", DAY, []),
        ("06/BC-SNV", "Sở Nội vụ", DAY, []),
        (" ", "Sở Nội vụ", DAY, []),
    ],
)
def test_it_warns_of_the_same_number_symbol_and_issuer_of_a_year_whatever_the_day(
    sector: Sector, symbol: str, issuer: str, issued_on: date | None, numbers: list[int]
) -> None:
    arrives(sector.office, DAY, symbol="05/BC-SNV", issuer="Sở Nội vụ", issued_on=DAY)
    arrives(sector.office, date(2024, 10, 16), symbol="05/BC-SNV", issuer="Sở Nội vụ")
    arrives(sector.archives, DAY, symbol="05/BC-SNV", issuer="Sở Nội vụ", issued_on=DAY)
    same = same_documents(SYSTEM, sector.office.pk, symbol, issuer, issued_on, DAY)
    assert [document.arrival_number for document in same] == numbers


def test_an_outgoing_document_gets_the_next_number_with_its_notation(sector: Sector) -> None:
    assert goes_out(sector.office, DAY).symbol == "01/BNV-VP"
    assert goes_out(sector.office, DAY, symbol="2/BC-BNV").symbol == "02/BC-BNV"
    assert goes_out(sector.office, DAY).symbol == "03/BNV-VP"
    with pytest.raises(Refusal, match="đã có trong sổ"):
        goes_out(sector.office, DAY, symbol="03/BNV-VP")


def test_declaring_again_corrects_the_number_and_keeps_what_was_declared(sector: Sector) -> None:
    for count in (12, 15):
        declare_off_network(actor=SYSTEM, unit_id=sector.office.pk, direction=Direction.IN, month=DAY, count=count)
    assert [row.count for row in OffNetworkDeclaration.objects.current()] == [15]
    assert OffNetworkDeclaration.objects.count() == 2


def test_it_lists_the_numbers_that_a_register_lacks(sector: Sector) -> None:
    for _ in range(6):
        arrives(sector.office, DAY)
    for number in (1, 3, 4):
        remove_document(
            actor=SYSTEM,
            document=IncomingDocument.objects.current().get(arrival_number=number),
            reason="Kiểm thử",
        )
    assert missing_numbers(RegisterBook.objects.get()) == [(1, 1), (3, 4)]


def test_the_database_refuses_a_number_twice(sector: Sector) -> None:
    document = arrives(sector.office, DAY)
    document.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        document.save()


def test_a_letter_is_not_corrected_into_a_symbol_that_stands_that_day(sector: Sector) -> None:
    first, second = (goes_out(sector.office, DAY) for _ in range(2))
    with pytest.raises(Refusal, match="15/10/2024 đã có trong sổ"):
        correct_document(actor=SYSTEM, document=second, changes={"symbol": first.symbol})
    _, other = (goes_out(sector.office, day, symbol="Không số") for day in (DAY, date(2024, 10, 16)))
    with pytest.raises(Refusal, match="15/10/2024 đã có trong sổ"):
        correct_document(actor=SYSTEM, document=other, changes={"issued_on": DAY})


def test_a_corrected_symbol_takes_its_number_with_it(sector: Sector) -> None:
    letter = goes_out(sector.office, DAY)
    correct_document(actor=SYSTEM, document=letter, changes={"symbol": "2/BC-BNV"})
    letter.refresh_from_db()
    assert (letter.number, goes_out(sector.office, DAY).number) == (2, 3)
    with pytest.raises(Refusal, match="bỏ cách"):
        correct_document(actor=SYSTEM, document=letter, changes={"symbol": "9/BC-BNV"})


def test_handling_is_entered_corrected_and_checked(sector: Sector) -> None:
    document = arrives(sector.office, DAY, urgency="express", secrecy="internal", transferred_on=DAY)
    assert [mark.vi for mark in document.marks] == ["Hỏa tốc", "Nội bộ"]
    letter = goes_out(sector.office, DAY, kept_by="Phòng Tổ chức", transferred_on=date(2024, 10, 16))
    correct_document(actor=SYSTEM, document=letter, changes={"kept_by": "Văn thư", "urgency": "urgent"})
    letter.refresh_from_db()
    assert (letter.kept_by, letter.urgency, letter.transferred_on) == ("Văn thư", "urgent", date(2024, 10, 16))
    for day, words in ((date(2024, 10, 14), "sớm hơn"), (date(2024, 11, 2), "chưa đến")):
        with pytest.raises(Refusal, match=words):
            arrives(sector.office, DAY, transferred_on=day)
        with pytest.raises(Refusal, match=words):
            correct_document(actor=SYSTEM, document=letter, changes={"transferred_on": day})
    with pytest.raises(Refusal, match="28/2018"):
        correct_document(actor=SYSTEM, document=document, changes={"secrecy": "state"})
    with pytest.raises(Refusal, match="28/2018"):
        goes_out(sector.office, DAY, secrecy="state")


@pytest.mark.parametrize("model", [IncomingDocument, OutgoingDocument])
def test_words_are_found_after_all_migrations(sector: Sector, model: type[IncomingDocument | OutgoingDocument]) -> None:
    (arrives if model is IncomingDocument else goes_out)(sector.office, DAY, summary="Thửa ruộng bậc thang")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            table = f"{model._meta.db_table}_search"
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {table} MATCH 'ruong'")
        else:
            cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = %s", [f"{model._meta.db_table}_search"])
        assert cursor.fetchone() == (1,)
    assert model.objects.current().matching("bac thang").exists()
