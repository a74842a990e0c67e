"""Message files on screen: taken in, answered, told; only by who keeps the register."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.accounts.testing_pages import PageTests
from noivu.core.access import OFFICER
from noivu.core.actors import SYSTEM
from noivu.exchange.reading import read_message
from noivu.exchange.services import export_message, export_status
from noivu.exchange.testing import HERE, THERE, Exchange, exchanged
from noivu.records.api import MessageFile, OutgoingDocument, correct_document, recall_document, send_document
from noivu.records.testing import goes_out

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2024, 10, 15), date(2024, 10, 16)
TAKE = "/documents/messages/take/"


@pytest.fixture
def between(cast: Cast) -> Exchange:
    """A letter of Bình's office to the department where An works, which took in the file."""
    return exchanged(cast.binh.unit, cast.an.unit, DAY, NEXT)


def sent(client: Client, content: bytes, unit: str = "SNV-40") -> Any:
    file = SimpleUploadedFile("a.edxml", content)
    return client.post(TAKE, {"unit": unit, "arrived_on": "16/10/2024", "file": file}, follow=True)


def recall(between: Exchange) -> MessageFile:
    recall_document(actor=SYSTEM, document=between.sending.document, reason="Sai nội dung")
    between.arrives(between.letter(business_type=1))
    return MessageFile.objects.get(business_type=1, document=between.copy)


def test_a_file_is_taken_in_and_its_document_opened(cast: Cast, client: Client) -> None:
    letter = goes_out(cast.binh.unit, DAY, notation="BC-SNV")
    sending = send_document(actor=SYSTEM, document=letter, to_name="Sở Nội vụ", organ_id=THERE)
    content = export_message(actor=SYSTEM, dispatch=sending, organ_id=HERE)
    page = sent(sign_in(client, cast.an), content).content.decode()
    assert "Văn bản mới: số đến 01." in page
    assert f"{HERE},2024,01/BC-SNV" in page
    assert "Không đổi: số đến 01 đã có." in sent(client, content).content.decode()


def test_a_file_that_cannot_be_read_says_why_beside_it(cast: Cast, client: Client) -> None:
    answer = sent(sign_in(client, cast.an), b"<edXML><Header>")
    assert answer.status_code == 422
    assert "không phải XML hợp lệ" in answer.content.decode()
    assert not MessageFile.objects.exists()


class TestMessages(PageTests):
    page = "exchange.messages"
    verb = "records.view"

    def url(self, things: list[Any]) -> str:
        return "/documents/messages/"

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        for _ in range(number):
            between = exchanged(cast.binh.unit, cast.an.unit, DAY, NEXT, summary=f"Việc {goes_out_number()}")
            recall(between)
        return list(MessageFile.objects.filter(business_type=1))

    def shown(self, thing: Any) -> str:
        return str(thing.document.summary)


def goes_out_number() -> int:
    return OutgoingDocument.objects.count() + 1


def test_a_recall_is_shown_and_answered(between: Exchange, cast: Cast, client: Client) -> None:
    address = f"/documents/messages/{recall(between).pk}/answer/"
    document = f"/documents/in/{between.copy.pk}/"
    assert address in sign_in(client, cast.an).get(document).content.decode()
    assert document in client.get("/documents/messages/?unit=SNV-40").content.decode()
    assert client.post(address, {"agrees": "no", "reason": ""}).status_code == 422
    assert client.post(address, {"agrees": "yes"}).headers["Location"] == document
    page = client.get(document).content.decode()
    assert "Số này đã hủy." in page
    assert document not in client.get("/documents/messages/?unit=SNV-40").content.decode()
    assert document in client.get("/documents/messages/?unit=SNV-40&cut=all").content.decode()
    assert address not in page


def test_the_status_file_is_written_and_the_sender_sees_what_it_tells(
    between: Exchange, cast: Cast, client: Client
) -> None:
    sign_in(client, cast.an)
    address = f"/documents/messages/in/{between.copy.pk}/status/"
    assert client.post(address, {"status": "03", "organ_id": "000"}).status_code == 422
    answer = client.post(address, {"status": "03", "organ_id": THERE})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="trang-thai-{between.copy.pk}.edxml"'
    assert read_message(answer.content).status == "03"
    assert between.heard(answer.content)
    page = sign_in(client, cast.binh).get(f"/documents/out/{between.sending.document_id}/").content.decode()
    assert "Đã tiếp nhận" in page


def test_what_came_is_refused_with_the_reason(between: Exchange, cast: Cast, client: Client) -> None:
    address = f"/documents/messages/in/{between.copy.pk}/refuse/"
    answer = sign_in(client, cast.an).post(address, {"reason": "Thiếu phụ lục"})
    assert answer.headers["Location"] == f"/documents/in/{between.copy.pk}/"
    assert read_message(between.told()).business_reason == "Thiếu phụ lục"


def test_the_sender_writes_the_recall_and_records_an_answer_by_hand(
    between: Exchange, cast: Cast, client: Client
) -> None:
    recall_document(actor=SYSTEM, document=between.sending.document, reason="Sai nội dung")
    sign_in(client, cast.binh)
    letter = f"/documents/messages/out/{between.sending.pk}/"
    page = client.get(f"/documents/out/{between.sending.document_id}/").content.decode()
    assert letter in page
    assert f"{letter}answered/" in page
    written = read_message(client.post(letter, {"kind": "recall", "organ_id": HERE}).content)
    assert (written.business_type, written.business_reason) == (1, "Sai nội dung")
    assert client.post(letter, {"kind": "update", "organ_id": HERE}).status_code == 422
    client.post(f"{letter}answered/", {"agrees": "no", "reason": "Đã dùng"})
    assert between.stands == ("recall-refused", "Đã dùng")


def test_a_replacement_names_a_sending_within_reach(between: Exchange, cast: Cast, client: Client) -> None:
    better = goes_out(cast.binh.unit, DAY, notation="BC-SNV")
    sending = send_document(actor=SYSTEM, document=better, to_name="Chi cục Lưu trữ", organ_id=THERE)
    away = send_document(actor=SYSTEM, document=goes_out(cast.chi.unit, DAY), to_name="Chi cục", organ_id=THERE)
    address = f"/documents/messages/out/{sending.pk}/"
    asked = {"kind": "replace", "organ_id": HERE, "reason": "Sai số liệu"}
    sign_in(client, cast.binh)
    for wrong in ("", str(away.pk), "999999"):
        assert "trong phạm vi của mình" in client.post(address, {**asked, "replaced": wrong}).content.decode()
    written = read_message(client.post(address, {**asked, "replaced": str(between.sending.pk)}).content)
    assert (written.business_type, written.replaces) == (3, (f"{HERE},2024,01/BC-SNV",))


def test_our_own_code_stands_in_the_form_as_the_message_names_it(between: Exchange, cast: Cast, client: Client) -> None:
    sign_in(client, cast.an)
    for act in ("status", "forward"):
        page = client.get(f"/documents/messages/in/{between.copy.pk}/{act}/").content.decode()
        assert f'value="{THERE}"' in page


def test_a_message_is_sent_on_with_the_station_added(between: Exchange, cast: Cast, client: Client) -> None:
    address = f"/documents/messages/in/{between.copy.pk}/forward/"
    asked = {"to": "000.00.03.H40", "to_name": "Sở Tài chính", "organ_id": THERE}
    written = read_message(sign_in(client, cast.an).post(address, asked).content)
    assert [one.organ_id for one in written.trace] == [HERE, THERE]


def test_what_goes_with_a_sending_is_typed_with_it(cast: Cast, client: Client) -> None:
    letter = goes_out(cast.binh.unit, DAY)
    asked = {"to_name": "Sở Nội vụ", "organ_id": THERE, "due_on": "01/11/2024", "page_amount": "3"}
    sign_in(client, cast.binh).post(f"/documents/out/{letter.pk}/send/", asked)
    sending = letter.dispatches.get()
    assert (sending.due_on, sending.page_amount) == (date(2024, 11, 1), 3)
    assert "thời hạn 01/11/2024, 3 trang" in client.get(f"/documents/out/{letter.pk}/").content.decode()


def test_a_message_of_what_is_restricted_is_listed_to_nobody_else(cast: Cast, client: Client) -> None:
    between = exchanged(cast.an.unit, cast.binh.unit, DAY, NEXT)
    request, address = recall(between), f"/documents/in/{between.copy.pk}/"
    above = sign_in(client, a_person("kim", "Lý Kim", cast.em.unit, OFFICER))
    everywhere = "/documents/messages/?unit=BNV&cut=all"
    assert address in above.get(everywhere).content.decode()
    correct_document(actor=SYSTEM, document=between.copy, changes={"secrecy": "restricted"})
    assert address not in above.get(everywhere).content.decode()
    assert above.get(f"/documents/messages/in/{between.copy.pk}/status/").status_code == 404
    assert above.get(f"/documents/messages/{request.pk}/answer/").status_code == 404
    assert address in sign_in(client, cast.khanh).get("/documents/messages/?unit=VP-BNV").content.decode()


def test_others_do_not_learn_that_there_is_a_message(between: Exchange, cast: Cast, client: Client) -> None:
    message = recall(between)
    incoming = f"/documents/messages/in/{between.copy.pk}/"
    sign_in(client, cast.chi)
    for address in (f"{incoming}status/", f"{incoming}refuse/", f"{incoming}forward/"):
        assert client.get(address).status_code == 404
    assert client.get(f"/documents/messages/{message.pk}/answer/").status_code == 404
    assert client.get(f"/documents/messages/out/{between.sending.pk}/").status_code == 404
    assert client.get(f"/documents/messages/out/{between.sending.pk}/answered/").status_code == 404
    sending = export_status(actor=SYSTEM, document=between.copy, organ_id=THERE)
    assert sent(client, sending).status_code == 422
