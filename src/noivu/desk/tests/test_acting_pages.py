"""Registering documents, and what happens to obligations, by form."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from noivu.accounts.testing import Cast, sign_in
from noivu.core.actors import SYSTEM
from noivu.records.api import IncomingDocument, correct_document
from noivu.records.testing import arrives
from noivu.work.api import Obligation, ObligationEvent, suspend
from noivu.work.constants import Happening
from noivu.work.testing import owes_reply, replies

SENT = {
    "unit": "VCQDP-BNV",
    "arrived_on": "21/10/2024",
    "series": "ordinary",
    "symbol": "15842/UBND-THKH",
    "issued_on": "18/10/2024",
    "issuer": "Ủy ban nhân dân tỉnh Thanh Hóa",
    "kind": "",
    "summary": "Hoàn thiện hồ sơ đề án",
}


def register(client: Client, **changes: str) -> Any:
    return client.post("/documents/in/new/", {**SENT, **changes})


@pytest.fixture
def chi(cast: Cast, client: Client) -> Client:
    """Chi, a head, at the keyboard."""
    return sign_in(client, cast.chi)


def test_a_document_gets_the_proposed_number_and_its_reply(cast: Cast, chi: Client) -> None:
    arrives(cast.chi.unit, date(2024, 10, 18))
    assert "Số tiếp theo là 02" in chi.get("/documents/in/new/").content.decode()
    answer = register(chi, due_on="04/11/2024")
    document = IncomingDocument.objects.get(arrival_number=2)

    assert answer.headers["Location"] == f"/documents/in/{document.pk}/"
    assert Obligation.objects.get(document=document).original_due_on == date(2024, 11, 4)


def test_a_number_is_inserted_between_two_others(cast: Cast, chi: Client) -> None:
    arrives(cast.chi.unit, date(2024, 10, 18))
    arrives(cast.chi.unit, date(2024, 10, 18))
    register(chi, number="1a")
    assert IncomingDocument.objects.get(arrival_suffix="a").arrival_number == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": "9"}, "bỏ cách"),
        ({"number": "mười"}, "không phải số trong sổ"),
        ({"arrived_on": "31/02/2024"}, "id_arrived_on_error"),
        ({"arrived_on": "01/10/2024"}, "sớm hơn ngày ban hành"),
        ({"issuer": ""}, "Cơ quan gửi</a>: Mục này còn trống"),
        ({"due_on": "04/11/2024", "working_days": "10"}, "ghi theo hai cách"),
        ({"unit": "KHONG-CO"}, "KHONG-CO"),
        ({"unit": "SNV-40"}, "Không có quyền"),
    ],
)
def test_what_is_wrong_stands_beside_what_was_typed(chi: Client, changes: dict[str, str], words: str) -> None:
    answer = register(chi, **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert SENT["summary"] in page
    assert not IncomingDocument.objects.exists()


def test_a_double_is_said_before_it_is_written(chi: Client) -> None:
    register(chi)
    answer = register(chi)
    assert answer.status_code == 422
    assert "cùng số, ký hiệu và cơ quan gửi: số đến 01" in answer.content.decode()
    register(chi, is_another="on")
    assert IncomingDocument.objects.current().count() == 2


def test_a_document_is_corrected_with_its_reason(cast: Cast, chi: Client) -> None:
    document = arrives(cast.chi.unit, date(2024, 10, 18), issuer="Bộ Tài chính")
    page = f"/documents/in/{document.pk}/"
    assert "Bộ Tài chính" in chi.get(f"{page}correct/").content.decode()
    changes = {**SENT, "arrived_on": "18/10/2024", "issuer": "Bộ Công an", "reason": "Ghi nhầm cơ quan"}
    assert chi.post(f"{page}correct/", changes).status_code == 302
    history = chi.get(f"{page}history/").content.decode()

    assert "Bộ Tài chính" in history
    assert "Bộ Công an" in history
    assert "Ghi nhầm cơ quan" in history


def test_a_cancelled_number_keeps_its_place_and_counts_no_more(cast: Cast, chi: Client) -> None:
    document = arrives(cast.chi.unit, date(2024, 10, 18))
    page = f"/documents/in/{document.pk}/"
    assert chi.post(f"{page}cancel/", {"reason": ""}).status_code == 422
    chi.post(f"{page}cancel/", {"reason": "Gửi nhầm nơi nhận"})

    assert "Gửi nhầm nơi nhận" in chi.get(page).content.decode()
    assert 'Tất cả <span class="num">0</span>' in chi.get("/documents/in/?period=2024-10").content.decode()


def test_a_mistaken_registration_leaves_the_register(cast: Cast, chi: Client) -> None:
    document = arrives(cast.chi.unit, date(2024, 10, 18))
    chi.post(f"/documents/in/{document.pk}/remove/", {"reason": "Vào sổ hai lần"})
    assert chi.get(f"/documents/in/{document.pk}/").status_code == 404


def test_chosen_documents_are_assigned_together(cast: Cast, chi: Client) -> None:
    owed = owes_reply(cast.chi.unit, date(2024, 10, 18), date(2024, 11, 4))
    plain = arrives(cast.chi.unit, date(2024, 10, 19))
    chosen = {"row": [str(owed.document_id), str(plain.pk)]}
    assert chi.get("/documents/in/assign/", chosen).status_code == 200
    to = {"unit": "VCQDP-BNV", "officer": "Trần Khánh An", "on": "31/10/2024"}
    chi.post("/documents/in/assign/", {**chosen, **to})

    assigned = IncomingDocument.objects.current().filter(assigned_to="Trần Khánh An")
    assert assigned.count() == 2
    owed.refresh_from_db()
    assert owed.assigned_to == "Trần Khánh An"


def test_after_assigning_the_reader_is_back_where_the_rows_were_chosen(cast: Cast, chi: Client) -> None:
    document = arrives(cast.chi.unit, date(2024, 10, 19))
    view = "?unit=VCQDP-BNV&period=2024-10&q=de+nghi"
    assert 'name="back" value="?unit=VCQDP-BNV&amp;period=2024-10' in chi.get(f"/documents/in/{view}").content.decode()
    chosen = {"row": [str(document.pk)], "back": view}
    assert f'href="/documents/in/{escape(view)}"' in chi.get("/documents/in/assign/", chosen).content.decode()
    to = {"unit": "VCQDP-BNV", "officer": "Trần Khánh An", "on": "31/10/2024"}
    answer = chi.post("/documents/in/assign/", {**chosen, **to})
    assert answer.headers["Location"] == f"/documents/in/{view}"
    assert "cho Vụ Chính quyền địa phương." in chi.get("/documents/in/").content.decode()
    astray = chi.post("/documents/in/assign/", {**chosen, **to, "back": "//noi.khac/"})
    assert astray.headers["Location"] == "/documents/in/"


def test_nothing_chosen_is_said(chi: Client) -> None:
    assert "Chưa chọn văn bản nào" in chi.get("/documents/in/assign/").content.decode()


def act(client: Client, owed: Obligation, code: str, **data: str) -> Any:
    return client.post(f"/obligations/{owed.pk}/{code}/", data)


def test_what_happens_to_a_reply_is_written_by_form(cast: Cast, chi: Client) -> None:
    owed = owes_reply(cast.chi.unit, date(2024, 10, 18), date(2024, 10, 28))
    act(chi, owed, "extend", due_on="04/11/2024", on="25/10/2024", reason="Chờ số liệu")
    act(chi, owed, "suspend", on="28/10/2024", reason="Chờ ý kiến")
    act(chi, owed, "resume", on="30/10/2024", reason="Đã có ý kiến")
    act(chi, owed, "reply", symbol="77/BNV-CQDP", on="31/10/2024")
    happened = ObligationEvent.objects.current().filter(obligation=owed).values_list("happening", flat=True)

    last = [Happening.EXTENDED, Happening.SUSPENDED, Happening.RESUMED, Happening.COMPLETED]
    assert list(happened)[-4:] == [happening.value for happening in last]
    page = chi.get(f"/documents/in/{owed.document_id}/").content.decode()
    assert "Vì sao hạn là 06/11/2024" in page
    assert "Dời theo thời gian tạm dừng, khi tiếp tục ngày 30/10/2024." in page
    assert "Chờ số liệu" in page


def test_the_form_of_going_on_shows_the_moved_date_before_it_is_saved(cast: Cast, chi: Client) -> None:
    """Today is 1/11: suspended on Monday 28, four working days; from the 30th it would be two."""
    owed = owes_reply(cast.chi.unit, date(2024, 10, 18), date(2024, 11, 4))
    act(chi, owed, "suspend", on="28/10/2024", reason="Chờ ý kiến")
    page = chi.get(f"/obligations/{owed.pk}/resume/").content.decode()
    assert re.findall(r"name=\"due_on\" value=\"(.*?)\"", page) == ["08/11/2024"]
    unseen = act(chi, owed, "resume", on="30/10/2024", due_on="08/11/2024")
    assert (unseen.status_code, "hạn là 06/11/2024" in unseen.content.decode()) == (422, True)
    unreasoned = act(chi, owed, "resume", on="30/10/2024", due_on="11/11/2024")
    assert (unreasoned.status_code, "lý do" in unreasoned.content.decode()) == (422, True)
    assert act(chi, owed, "resume", on="30/10/2024", due_on="06/11/2024").status_code == 302


def test_a_reply_of_unknown_symbol_needs_its_day(cast: Cast, chi: Client) -> None:
    owed = owes_reply(cast.chi.unit, date(2024, 10, 18), date(2024, 10, 28))
    answer = act(chi, owed, "reply", symbol="77/BNV-CQDP")
    assert answer.status_code == 422
    assert "Nhập ngày của văn bản trả lời" in answer.content.decode()


def test_an_extension_to_an_earlier_day_is_refused_beside_its_field(cast: Cast, chi: Client) -> None:
    owed = owes_reply(cast.chi.unit, date(2024, 10, 18), date(2024, 10, 28))
    answer = act(chi, owed, "extend", due_on="20/10/2024", on="25/10/2024", reason="x")
    assert answer.status_code == 422
    assert 'id="id_due_on_error"' in answer.content.decode()


@pytest.mark.parametrize("code", ["reply", "start", "assign", "extend", "suspend", "resume", "cancel", "remove"])
def test_each_act_has_its_form(cast: Cast, chi: Client, code: str) -> None:
    owed = owes_reply(cast.chi.unit, date(2024, 10, 18), date(2024, 10, 28))
    if code == "resume":
        suspend(actor=SYSTEM, obligation=owed, on=date(2024, 10, 21), reason="Chờ ý kiến")
    assert chi.get(f"/obligations/{owed.pk}/{code}/").status_code == 200


def test_an_act_that_cannot_be_done_shows_why_and_no_form(cast: Cast, chi: Client) -> None:
    owed = owes_reply(cast.chi.unit, date(2024, 10, 18), date(2024, 10, 28))
    answer = chi.get(f"/obligations/{owed.pk}/resume/")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("Không thể “Tiếp tục”" in page, '<form class="form"' in page) == (True, False)


def test_a_reply_is_required_later(cast: Cast, chi: Client) -> None:
    document = arrives(cast.chi.unit, date(2024, 10, 21))
    assert chi.get(f"/documents/in/{document.pk}/require-reply/").status_code == 200
    chi.post(f"/documents/in/{document.pk}/require-reply/", {"working_days": "10"})
    assert Obligation.objects.get(document=document).original_due_on == date(2024, 11, 4)


def test_a_document_without_reply_is_assigned(cast: Cast, chi: Client) -> None:
    document = arrives(cast.chi.unit, date(2024, 10, 21))
    assert chi.get(f"/documents/in/{document.pk}/assign/").status_code == 200
    to = {"unit": "VCQDP-BNV", "officer": "Trần Khánh An", "on": "31/10/2024"}
    chi.post(f"/documents/in/{document.pk}/assign/", to)
    assert "Trần Khánh An" in chi.get(f"/documents/in/{document.pk}/").content.decode()


def test_a_page_of_an_earlier_day_tells_no_later_event_and_offers_what_may_be_done_now(cast: Cast, chi: Client) -> None:
    owed = owes_reply(cast.chi.unit, date(2024, 10, 18), date(2024, 11, 4))
    act(chi, owed, "reply", symbol="77/BNV-CQDP", on="01/11/2024")
    page = chi.get(f"/documents/in/{owed.document_id}/opened/?day=2024-10-31").content.decode()

    assert "Hạn trả lời" in page
    assert "<b>Hoàn thành</b>" not in page
    assert "Ghi văn bản trả lời" not in page


def test_a_correction_leaves_alone_who_the_document_was_given_to(cast: Cast, chi: Client) -> None:
    owed = owes_reply(cast.chi.unit, date(2024, 10, 21), assigned_to="Trần Khánh An")
    page = f"/documents/in/{owed.document_id}/correct/"
    assert "assigned" not in chi.get(page).content.decode().split("<main")[1]
    chi.post(page, {**SENT, "summary": "Khác", "assigned_to": "Lê Thu Bình"})
    owed.refresh_from_db()
    assert (owed.assigned_to, owed.document.summary) == ("Trần Khánh An", "Khác")


def _seen(body: str) -> str:
    """What the form says that its reader saw."""
    return html.unescape(re.findall(r'name="seen" value="([^"]*)"', body)[0])


def test_what_another_wrote_meanwhile_is_shown_and_not_undone(cast: Cast, chi: Client) -> None:
    document = arrives(cast.chi.unit, date(2024, 10, 21), symbol=SENT["symbol"], issuer=SENT["issuer"])
    page = f"/documents/in/{document.pk}/correct/"
    typed = {"arrived_on": "21/10/2024", "symbol": SENT["symbol"], "issuer": "Bộ Tài chính", "kind": "", "note": ""}
    sent = {**typed, "summary": document.summary, "seen": _seen(chi.get(page).content.decode())}
    correct_document(actor=SYSTEM, document=document, changes={"summary": "Người khác sửa"})

    refused = chi.post(page, sent)
    body = refused.content.decode()
    assert refused.status_code == 422
    assert "Trích yếu nội dung: “Đề nghị hướng dẫn" in body
    assert "Người khác sửa</textarea>" in body
    assert 'value="Bộ Tài chính"' in body

    assert chi.post(page, {**sent, "summary": "Người khác sửa", "seen": _seen(body)}).status_code == 302
    document.refresh_from_db()
    assert (document.summary, document.issuer) == ("Người khác sửa", "Bộ Tài chính")


def test_a_mistaken_reply_is_taken_back_on_the_page(cast: Cast, chi: Client) -> None:
    owed = replies(owes_reply(cast.chi.unit, date(2024, 10, 21)), date(2024, 10, 22))
    page = chi.get(f"/documents/in/{owed.document_id}/").content.decode()
    href = f"/obligations/{owed.pk}/withdraw/"
    assert href in page
    assert chi.post(href, {"reason": "Ghi nhầm văn bản"}).status_code == 302
    assert "Ghi văn bản trả lời" in chi.get(f"/documents/in/{owed.document_id}/").content.decode()
