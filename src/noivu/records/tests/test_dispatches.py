"""A document is sent, registered by its receiver, returned, recalled; who read it is told."""

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core.actors import SYSTEM, Actor
from noivu.core.refusals import Refusal
from noivu.records.api import IncomingDocument, OutgoingDocument, attach_file, cancel_number, correct_document
from noivu.records.models import Dispatch, Reading
from noivu.records.services import (
    answer_recall,
    recall_document,
    receive_dispatch,
    return_dispatch,
    send_document,
)
from noivu.records.testing import files_in_log, goes_out
from noivu.units.testing import Sector, small_sector

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2024, 10, 15), date(2024, 10, 16)


@pytest.fixture
def sector() -> Sector:
    return small_sector()


@pytest.fixture
def letter(sector: Sector) -> OutgoingDocument:
    document = goes_out(sector.office, DAY, signer="Lê Thu Bình", urgency="urgent")
    attach_file(actor=SYSTEM, document=document, name="a.txt", stream=io.BytesIO(b"noi dung"), size=8)
    return document


def sent(letter: OutgoingDocument, sector: Sector) -> Dispatch:
    return send_document(actor=SYSTEM, document=letter, to_unit_id=sector.archives.pk)


def received(letter: OutgoingDocument, sector: Sector) -> tuple[Dispatch, IncomingDocument]:
    dispatch = sent(letter, sector)
    copy = receive_dispatch(actor=SYSTEM, dispatch=dispatch, arrived_on=NEXT)
    dispatch.refresh_from_db()
    return dispatch, copy


def test_what_was_sent_is_registered_by_the_receiver_with_its_files(letter: OutgoingDocument, sector: Sector) -> None:
    dispatch, copy = received(letter, sector)
    assert (dispatch.state, dispatch.registered_as) == ("received", copy)
    assert (copy.unit_id, copy.arrival_number, copy.arrived_on) == (sector.archives.pk, 1, NEXT)
    assert (copy.symbol, copy.summary, copy.signer, copy.urgency) == (
        letter.symbol,
        letter.summary,
        "Lê Thu Bình",
        "urgent",
    )
    assert [file.sha256 for file in copy.files.all()] == [file.sha256 for file in letter.files.all()]
    with pytest.raises(Refusal, match="Đã vào sổ"):
        receive_dispatch(actor=SYSTEM, dispatch=dispatch, arrived_on=NEXT)


def test_it_is_returned_with_the_reason_and_may_be_sent_again(letter: OutgoingDocument, sector: Sector) -> None:
    dispatch = sent(letter, sector)
    with pytest.raises(Refusal, match="đã gửi đơn vị này"):
        sent(letter, sector)
    with pytest.raises(Refusal, match="lý do"):
        return_dispatch(actor=SYSTEM, dispatch=dispatch, reason=" ")
    return_dispatch(actor=SYSTEM, dispatch=dispatch, reason="Gửi nhầm đơn vị")
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.reason) == ("returned", "Gửi nhầm đơn vị")
    assert sent(letter, sector).state == "sent"


def test_a_recall_freezes_what_was_issued_and_destroys_what_was_received(
    letter: OutgoingDocument, sector: Sector
) -> None:
    dispatch, copy = received(letter, sector)
    recall_document(actor=SYSTEM, document=letter, reason="Sai nội dung")
    with pytest.raises(Refusal, match="đã thu hồi"):
        correct_document(actor=SYSTEM, document=letter, changes={"summary": "Sửa lại"})
    with pytest.raises(Refusal, match="đã thu hồi"):
        attach_file(actor=SYSTEM, document=letter, name="b.txt", stream=io.BytesIO(b"b"), size=1)
    answer_recall(actor=SYSTEM, dispatch=dispatch, agrees=True)
    dispatch.refresh_from_db()
    copy.refresh_from_db()
    assert (dispatch.state, dispatch.reason, dispatch.registered_as) == ("recalled", "Sai nội dung", copy)
    assert copy.cancelled
    assert "Sai nội dung" in copy.cancelled_reason
    assert not copy.files.attached().exists()
    assert letter.files.attached().exists()


def test_the_log_names_each_file_that_a_sending_brought_and_a_recall_took_away(
    letter: OutgoingDocument, sector: Sector
) -> None:
    attach_file(actor=SYSTEM, document=letter, name="b.txt", stream=io.BytesIO(b"phu luc"), size=7)
    dispatch, copy = received(letter, sector)
    assert files_in_log(copy, "document.attach") == {("a.txt", ""), ("b.txt", "")}
    recall_document(actor=SYSTEM, document=letter, reason="Sai nội dung")
    answer_recall(actor=SYSTEM, dispatch=dispatch, agrees=True)
    why = "Thu hồi theo đề nghị của nơi gửi: Sai nội dung"
    assert files_in_log(copy, "document.detach") == {("a.txt", why), ("b.txt", why)}


def test_what_is_not_registered_yet_is_recalled_at_once(letter: OutgoingDocument, sector: Sector) -> None:
    dispatch = sent(letter, sector)
    recall_document(actor=SYSTEM, document=letter, reason="Gửi nhầm")
    dispatch.refresh_from_db()
    assert dispatch.state == "recalled"
    with pytest.raises(Refusal, match="Không còn nơi nhận"):
        recall_document(actor=SYSTEM, document=letter, reason="Gửi nhầm")


def test_a_recall_is_refused_with_the_reason(letter: OutgoingDocument, sector: Sector) -> None:
    dispatch, copy = received(letter, sector)
    recall_document(actor=SYSTEM, document=letter, reason="Sai thể thức")
    with pytest.raises(Refusal, match="lý do"):
        answer_recall(actor=SYSTEM, dispatch=dispatch, agrees=False)
    answer_recall(actor=SYSTEM, dispatch=dispatch, agrees=False, reason="Đã giải quyết xong")
    copy.refresh_from_db()
    dispatch.refresh_from_db()
    assert (dispatch.state, copy.cancelled) == ("recall-refused", False)
    correct_document(actor=SYSTEM, document=letter, changes={"summary": "Không còn khóa"})


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ({}, "Chọn một đơn vị"),
        ({"to_name": "Bộ Tài chính", "organ_id": "000.00.01"}, "mã định danh"),
        ({"to_name": "Bộ Tài chính", "organ_id": "H40.1.2"}, "mã định danh"),
    ],
)
def test_it_refuses_a_receiver_that_is_none(letter: OutgoingDocument, to: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        send_document(actor=SYSTEM, document=letter, **to)


def test_an_outside_organisation_is_known_by_its_thirteen_characters(letter: OutgoingDocument) -> None:
    noted = send_document(actor=SYSTEM, document=letter, to_name="Bộ Tài chính", organ_id="000.00.01.H08")
    assert (noted.to_unit, noted.organ_id) == (None, "000.00.01.H08")


def test_a_cancelled_number_is_not_sent_nor_anything_to_oneself(letter: OutgoingDocument, sector: Sector) -> None:
    with pytest.raises(Refusal, match="chính đơn vị gửi"):
        send_document(actor=SYSTEM, document=letter, to_unit_id=sector.office.pk)
    cancel_number(actor=SYSTEM, document=letter, reason="Ghi nhầm")
    with pytest.raises(Refusal, match="đã hủy"):
        sent(letter, sector)


def test_only_the_receiver_takes_it_in(letter: OutgoingDocument, sector: Sector) -> None:
    dispatch = sent(letter, sector)
    with pytest.raises(Refusal, match="Không có quyền"):
        receive_dispatch(actor=Actor("la", "Người lạ"), dispatch=dispatch, arrived_on=NEXT)


def waiting(cast: Cast, number: int) -> list[Dispatch]:
    """So many documents of the ministry that wait at An's department."""
    letters = [goes_out(cast.chi.unit, DAY, summary=f"Gửi việc thứ {n}") for n in range(number)]
    return [send_document(actor=SYSTEM, document=letter, to_unit_id=cast.an.unit.pk) for letter in letters]


class TestWaiting(PageTests):
    page = "records.waiting"
    verb = "records.view"

    def url(self, things: list[Any]) -> str:
        return "/documents/waiting/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return waiting(cast, number)

    def shown(self, thing: Any) -> str:
        return str(thing.document.summary)


class TestSent(PageTests):
    page = "records.sent"
    verb = "records.view"
    detail = True

    def url(self, things: list[Any]) -> str:
        return f"/documents/waiting/{things[0].pk}/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        return waiting(cast, number)

    def shown(self, thing: Any) -> str:
        return ""


def test_the_way_of_a_document_on_screen(cast: Cast, client: Client) -> None:
    """Chi's department sends, An reads and registers it; Chi recalls, An follows."""
    letter = goes_out(cast.chi.unit, DAY, summary="Triển khai kế hoạch")
    attach_file(actor=SYSTEM, document=letter, name="a.txt", stream=io.BytesIO(b"noi dung"), size=8)
    page = f"/documents/out/{letter.pk}/"
    sign_in(client, cast.chi)
    assert client.post(f"{page}send/", {"to_unit": "SNV-40"}).status_code == 302
    assert client.post(f"{page}send/", {"to_unit": "SNV-40"}).status_code == 422
    address = f"/documents/waiting/{Dispatch.objects.get().pk}/"

    sign_in(client, cast.an)
    for _ in range(2):
        assert "Triển khai kế hoạch" in client.get(address).content.decode()
    assert [reading.reader_name for reading in Reading.objects.all()] == [cast.an.actor.name]
    file = letter.files.get()
    assert b"".join(client.get(f"{address}files/{file.pk}/").streaming_content) == b"noi dung"  # type: ignore[attr-defined]  # a stream
    assert client.get(f"{address}files/{file.pk + 1}/").status_code == 404
    assert client.post(f"{address}register/", {"arrived_on": "16/10/2024"}).status_code == 302
    copy = IncomingDocument.objects.get()
    assert copy.unit == cast.an.unit

    sign_in(client, cast.chi)
    shown = client.get(page).content.decode()
    assert "Đã vào sổ" in shown
    assert cast.an.actor.name in shown
    assert client.post(f"{page}recall/", {"reason": "Sai nội dung"}).status_code == 302

    sign_in(client, cast.an)
    assert "Đề nghị thu hồi" in client.get("/documents/waiting/").content.decode()
    assert client.post(f"{address}recall/", {"agrees": "no", "reason": ""}).status_code == 422
    assert client.post(f"{address}recall/", {"agrees": "yes", "reason": ""}).status_code == 302
    copy.refresh_from_db()
    assert copy.cancelled


def test_a_document_is_given_back_on_screen(cast: Cast, client: Client) -> None:
    (dispatch,) = waiting(cast, 1)
    address = f"/documents/waiting/{dispatch.pk}/return/"
    assert sign_in(client, cast.an).post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Không thuộc thẩm quyền"}).status_code == 302
    assert "Gửi việc thứ 0" not in client.get("/documents/waiting/").content.decode()
