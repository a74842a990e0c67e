"""Status messages between agencies: written for what came, followed for what was sent, never registered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from noivu.core import clock
from noivu.core.actors import SYSTEM, Actor
from noivu.core.refusals import Refusal
from noivu.exchange.message import Message, Organ, Trace
from noivu.exchange.models import StatusHeard
from noivu.exchange.reading import read_message
from noivu.exchange.services import export_status, import_message, refuse_message
from noivu.exchange.testing import THERE, Exchange, exchanged
from noivu.exchange.writing import write_message
from noivu.records.api import IncomingDocument, MessageFile, correct_document, send_document
from noivu.records.testing import arrives
from noivu.units.testing import Sector, small_sector

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2024, 10, 15), date(2024, 10, 16)


@pytest.fixture
def sector() -> Sector:
    return small_sector()


@pytest.fixture
def between(sector: Sector) -> Exchange:
    return exchanged(sector.office, sector.archives, DAY, NEXT)


def later(content: bytes, status: str, seconds: int, reason: str = "") -> bytes:
    """The same told with another status, some seconds later."""
    message = read_message(content)
    at = (clock.now() + timedelta(seconds=seconds)).isoformat(timespec="seconds")
    return write_message(replace(message, status=status, business_reason=reason, trace=(Trace(THERE, at),)))


@pytest.mark.parametrize(("status", "state"), [("01", "sent"), ("03", "received")])
def test_what_the_receiver_tells_is_followed_once_and_registers_nothing(
    between: Exchange, sector: Sector, status: str, state: str
) -> None:
    content = between.told(status)
    assert between.told(status) == content
    assert write_message(read_message(content)) == content
    assert between.heard(content)
    assert between.stands == (state, "")
    assert not between.heard(content)
    assert not IncomingDocument.objects.filter(unit=sector.office).exists()
    assert [(one.status, one.reason) for one in StatusHeard.objects.all()] == [(status, "")]


def test_what_was_given_to_somebody_is_told_as_assigned(between: Exchange) -> None:
    correct_document(actor=SYSTEM, document=between.copy, changes={"assigned_to": "Trần Khánh An"})
    assert read_message(between.told()).status == "04"
    assert between.heard(between.told())
    assert between.stands == ("received", "")


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_status_that_comes_late_is_kept_and_changes_nothing(between: Exchange, order: tuple[int, ...]) -> None:
    files = [
        later(between.told("01"), "03", -30),
        later(between.told("01"), "05", -20),
        later(between.told("01"), "02", -10, "Thiếu phụ lục"),
    ]
    for number in order:
        assert between.heard(files[number])
    assert between.stands == ("returned", "Thiếu phụ lục")
    assert [one.status for one in StatusHeard.objects.all()] == ["03", "05", "02"]


def test_a_refusal_returns_it_with_the_reason_and_it_may_be_sent_again(between: Exchange, sector: Sector) -> None:
    refuse_message(actor=SYSTEM, document=between.copy, reason="Thiếu phụ lục")
    between.copy.refresh_from_db()
    assert (between.copy.cancelled, between.copy.cancelled_reason) == (True, "Từ chối tiếp nhận: Thiếu phụ lục")
    assert between.heard(between.told())
    assert between.stands == ("returned", "Thiếu phụ lục")
    with pytest.raises(Refusal, match="không nối tiếp"):
        between.heard(later(between.told("01"), "05", 5))
    assert not between.arrives(between.letter()).is_new
    again = read_message(between.letter())
    again = replace(again, trace=(Trace(again.sender.organ_id, "2024-10-17T08:00:00+07:00"),))
    taken = between.arrives(write_message(again))
    assert (taken.is_new, taken.document.pk != between.copy.pk) == (True, True)
    assert not between.arrives(write_message(again)).is_new
    assert not between.arrives(between.letter()).is_new


def test_what_is_being_handled_is_not_refused(between: Exchange) -> None:
    copy = correct_document(actor=SYSTEM, document=between.copy, changes={"assigned_to": "Trần Khánh An"})
    with pytest.raises(Refusal, match="chưa giao xử lý"):
        refuse_message(actor=SYSTEM, document=copy, reason="Gửi nhầm")
    with pytest.raises(Refusal, match="lý do"):
        refuse_message(actor=SYSTEM, document=copy, reason=" ")


def test_of_two_sendings_the_last_before_the_status_is_meant(between: Exchange) -> None:
    assert between.heard(later(between.told("01"), "02", -1, "Thiếu phụ lục"))
    second = send_document(actor=SYSTEM, document=between.sending.document, to_name="Chi cục", organ_id=THERE)
    assert between.heard(later(between.told("01"), "03", 5))
    second.refresh_from_db()
    assert (between.stands[0], second.state) == ("returned", "received")


def unknown(message: Message) -> Message:
    return replace(message, document_id=message.document_id.replace("01/", "77/"))


BAD = {
    "an unknown document": (unknown, "Không tìm thấy lần gửi"),
    "another organisation": (
        lambda one: replace(
            one, sender=Organ("000.00.09.H40"), trace=(Trace("000.00.09.H40", one.trace[0].timestamp),)
        ),
        "Không tìm thấy lần gửi",
    ),
    "a wrong code": (lambda one: replace(one, sender=replace(one.sender, organ_id="ABC")), "mã định danh"),
    "no time": (lambda one: replace(one, trace=()), "thời điểm"),
    "an unreadable time": (lambda one: replace(one, trace=(Trace(THERE, "hôm qua"),)), "thời điểm"),
    "a time at the end of the calendar": (
        lambda one: replace(one, trace=(Trace(THERE, "0001-01-01T00:00:00+07:00"),)),
        "thời điểm",
    ),
    "a time to come": (lambda one: replace(one, trace=(Trace(THERE, "2924-10-17T08:00:00+07:00"),)), "phía trước"),
    "a recall by status": (lambda one: replace(one, status="13"), "không nối tiếp"),
    "an answer to no recall": (lambda one: replace(one, status="15"), "không nối tiếp"),
}


@pytest.mark.parametrize("case", BAD)
def test_it_refuses_and_writes_nothing(between: Exchange, case: str) -> None:
    change, words = BAD[case]
    with pytest.raises(Refusal, match=words):
        between.heard(write_message(change(read_message(between.told("03")))))
    assert between.stands == ("sent", "")
    assert not StatusHeard.objects.exists()
    assert IncomingDocument.objects.count() == MessageFile.objects.count() == 1


def test_a_status_that_does_not_hold_is_not_told(between: Exchange, sector: Sector) -> None:
    with pytest.raises(Refusal, match="có thể báo: 01 Đã đến, 03 Đã tiếp nhận"):
        between.told("06")
    with pytest.raises(Refusal, match="không đến bằng tệp"):
        export_status(actor=SYSTEM, document=arrives(sector.archives, DAY), organ_id=THERE)


def test_someone_without_grant_tells_nothing_and_hears_nothing(between: Exchange, sector: Sector) -> None:
    stranger, content = Actor("x", "Người lạ"), between.told("03")
    with pytest.raises(Refusal, match="Không có quyền"):
        import_message(actor=stranger, unit_id=sector.office.pk, content=content, arrived_on=NEXT)
    with pytest.raises(Refusal, match="Không có quyền"):
        export_status(actor=stranger, document=between.copy, organ_id=THERE)
