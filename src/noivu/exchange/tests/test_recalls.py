"""A recall between agencies: it is asked by a message, decided by a person, and answered by a status."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from noivu.core.actors import SYSTEM, Actor
from noivu.core.refusals import Refusal
from noivu.exchange.message import Trace
from noivu.exchange.reading import read_message
from noivu.exchange.services import answer_request
from noivu.exchange.testing import HERE, Exchange, exchanged
from noivu.exchange.writing import write_message
from noivu.records.api import MessageFile, answer_recall, recall_document, send_document
from noivu.records.testing import files_in_log
from noivu.units.testing import small_sector

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2024, 10, 15), date(2024, 10, 16)
RECALL = 1


@pytest.fixture
def between() -> Exchange:
    sector = small_sector()
    return exchanged(sector.office, sector.archives, DAY, NEXT, file=b"noi dung")


def asked(between: Exchange, reason: str = "Sai nội dung") -> MessageFile:
    """The sender recalls, and the receiver takes in the file."""
    recall_document(actor=SYSTEM, document=between.sending.document, reason=reason)
    assert between.arrives(between.letter(business_type=RECALL)).is_new
    return MessageFile.objects.filter(business_type=RECALL).latest("pk")


def test_a_recall_from_outside_waits_for_a_person(between: Exchange) -> None:
    message = asked(between)
    between.copy.refresh_from_db()
    assert (message.document, message.answer, between.copy.cancelled) == (between.copy, "", False)
    assert between.copy.files.attached().exists()
    assert between.stands == ("recall-asked", "Sai nội dung")
    assert not between.arrives(between.letter(business_type=RECALL)).is_new
    assert MessageFile.objects.filter(business_type=RECALL).count() == 1


def test_the_copy_is_destroyed_when_somebody_agrees_and_the_sender_learns_it(between: Exchange) -> None:
    answer_request(actor=SYSTEM, message=asked(between), agrees=True)
    between.copy.refresh_from_db()
    why = "Thu hồi theo đề nghị của nơi gửi: Sai nội dung"
    assert (between.copy.cancelled, between.copy.cancelled_reason) == (True, why)
    assert files_in_log(between.copy, "document.detach") == {("a.txt", why)}
    assert read_message(between.told()).status == "15"
    assert between.heard(between.told())
    assert between.stands == ("recalled", "Sai nội dung")
    assert not between.heard(between.told())


def test_a_refusal_tells_why_and_the_document_may_be_recalled_again(between: Exchange) -> None:
    message = asked(between)
    with pytest.raises(Refusal, match="lý do"):
        answer_request(actor=SYSTEM, message=message, agrees=False)
    answer_request(actor=SYSTEM, message=message, agrees=False, reason="Đã giải quyết xong")
    with pytest.raises(Refusal, match="Từ chối lấy lại"):
        answer_request(actor=SYSTEM, message=message, agrees=True)
    between.copy.refresh_from_db()
    assert not between.copy.cancelled
    refusal = between.told("16")
    assert between.heard(refusal)
    assert between.stands == ("recall-refused", "Đã giải quyết xong")
    again = asked(between, "Vẫn sai")
    assert again.pk != message.pk
    assert not between.heard(refusal)
    answer_request(actor=SYSTEM, message=again, agrees=True)
    assert between.heard(between.told("15"))
    assert between.stands == ("recalled", "Vẫn sai")


def test_the_answer_of_an_organisation_without_message_files_is_recorded_by_hand(between: Exchange) -> None:
    recall_document(actor=SYSTEM, document=between.sending.document, reason="Sai nội dung")
    between.sending.refresh_from_db()
    with pytest.raises(Refusal, match="Không có quyền"):
        answer_recall(actor=Actor("x", "Người lạ"), dispatch=between.sending, agrees=True)
    answer_recall(actor=SYSTEM, dispatch=between.sending, agrees=True)
    assert between.stands == ("recalled", "Sai nội dung")


def test_what_was_recalled_goes_out_no_more(between: Exchange) -> None:
    recall_document(actor=SYSTEM, document=between.sending.document, reason="Sai nội dung")
    for business_type in (0, 2):
        with pytest.raises(Refusal, match="Chỉ ghi được tệp thu hồi"):
            between.letter(business_type=business_type, reason="Sửa")


def test_what_has_no_code_is_recalled_at_once(between: Exchange) -> None:
    letter = between.sending.document
    paper = send_document(actor=SYSTEM, document=letter, to_name="Nơi nhận giấy")
    recall_document(actor=SYSTEM, document=letter, reason="Sai nội dung")
    paper.refresh_from_db()
    assert paper.state == "recalled"


def test_a_recall_that_is_not_asked_is_not_written(between: Exchange) -> None:
    with pytest.raises(Refusal, match="không phải đề nghị thu hồi"):
        between.letter(business_type=RECALL)


def test_a_recall_of_an_unknown_document_or_by_another_writes_nothing(between: Exchange) -> None:
    message = asked(between)
    answer_request(actor=SYSTEM, message=message, agrees=False, reason="Đã giải quyết")
    known = read_message(between.letter(business_type=RECALL))
    stranger = replace(known, sender=replace(known.sender, organ_id="000.00.09.H40"))
    for wrong in (stranger, replace(known, document_id=f"{HERE},2024,99/BC-SNV")):
        with pytest.raises(Refusal, match="Văn bản gốc chưa vào sổ"):
            between.arrives(write_message(wrong))
    again = replace(known, trace=(Trace(HERE, "2024-10-18T08:00:00+07:00"),))
    assert between.arrives(write_message(again)).is_new
    assert MessageFile.objects.count() == 3


def test_only_who_keeps_the_register_answers(between: Exchange) -> None:
    with pytest.raises(Refusal, match="Không có quyền"):
        answer_request(actor=Actor("x", "Người lạ"), message=asked(between), agrees=True)


def test_a_recall_that_was_carried_out_before_awaits_no_answer(between: Exchange) -> None:
    letter = MessageFile.objects.get()
    known = {"unit_id": letter.unit_id, "sha256": "", "organ_id": HERE, "reference": letter.reference}
    MessageFile.objects.create(**known, business_type=RECALL, document=between.copy, imported_by_name="Hà")
    MessageFile.objects.filter(pk=letter.pk).update(said=None)
    import_module("noivu.exchange.migrations.0002_recalls_of_before_were_followed").say_followed(apps, None)
    answered = MessageFile.objects.values_list("answer", "answered_by_name")
    assert list(answered) == [("15", letter.imported_by_name), ("15", "Hà")]
