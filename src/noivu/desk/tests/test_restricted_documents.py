"""A restricted document: on no way does it reach whom it is not for; figures count it for everyone."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from noivu.accounts.testing import Cast, Person, a_person, sign_in
from noivu.audit.models import Entry
from noivu.core import access, clock
from noivu.core.access import AUDITOR, CLERK, HEAD, OFFICER, STEWARD, VIEWER
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.office.api import turn_into_tasks
from noivu.records.api import (
    IncomingDocument,
    IncomingEntry,
    OutgoingEntry,
    attach_file,
    correct_document,
    receive_dispatch,
    register_incoming,
    register_outgoing,
    send_document,
)
from noivu.records.models import Dispatch, FileText, OutgoingDocument
from noivu.records.testing import arrives, goes_out
from noivu.work.api import Obligation, ObligationSpan, TaskEntry, extend
from noivu.work.testing import owes_reply

pytestmark = pytest.mark.django_db
OCTOBER, DEPARTMENT = "period=2024-10&unit=VP-BNV", "period=2024-10&unit=VCQDP-BNV"
WORDS, TEXT, FILE, SENT_WORDS = (
    "Xác minh đơn thư của cán bộ",
    "lời khai nhân chứng",
    "Biên bản.pdf",
    "Kết luận xác minh",
)
PLAIN = "Mời họp giao ban"


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


@dataclass(frozen=True)
class Papers:
    """A restricted document that came to the ministry's office and was given to a department, its file and its
    obligation; a restricted one that the office issued, sent to the department; each beside one without a mark."""

    coming: IncomingDocument
    obligation: int
    going: OutgoingDocument
    coming_file: int
    going_file: int
    dispatch: Dispatch


def attached(document: Any) -> int:
    content = f"%PDF-{document.pk} {document.unit_id}%%EOF".encode()
    file = attach_file(actor=SYSTEM, document=document, name=FILE, stream=io.BytesIO(content), size=len(content))
    FileText.objects.update_or_create(sha256=file.sha256, defaults={"text": TEXT, "search_text": "loi khai nhan chung"})
    return file.pk


@pytest.fixture
def officer(cast: Cast) -> Person:
    return a_person("nga", "Vũ Thị Nga", cast.chi.unit, OFFICER)


@pytest.fixture
def papers(cast: Cast, officer: Person) -> Papers:
    office, department = cast.binh.unit, cast.chi.unit
    given = {"assigned_unit_id": department.pk, "assigned_to": "Vũ Thị Nga", "assigned_officer": officer.actor.id}
    owed = owes_reply(
        office, date(2024, 10, 21), date(2024, 10, 25), summary=WORDS, secrecy="restricted", symbol="7/TTr", **given
    )
    owes_reply(office, date(2024, 10, 21), date(2024, 10, 25), summary=PLAIN, symbol="8/GM", **given)
    going = goes_out(office, date(2024, 10, 22), summary=SENT_WORDS, secrecy="restricted")
    goes_out(office, date(2024, 10, 22), summary=PLAIN)
    coming = IncomingDocument.objects.get(pk=owed.document_id)
    dispatch = send_document(actor=SYSTEM, document=going, to_unit_id=department.pk)
    return Papers(coming, owed.pk, going, attached(coming), attached(going), dispatch)


@pytest.fixture
def readers(cast: Cast, officer: Person) -> dict[str, Person]:
    office = cast.binh.unit
    return {
        "clerk": cast.khanh,
        "officer": cast.binh,
        "head": a_person("tam", "Ngô Minh Tâm", office, HEAD),
        "steward above": cast.em,
        "given": officer,
        "head of the department": cast.chi,
        "viewer": a_person("linh", "Phan Thị Linh", office, VIEWER),
        "officer above": a_person("son", "Hồ Văn Sơn", cast.em.unit, OFFICER),
        "auditor above": cast.giang,
        "clerk above": a_person("cuc", "Đặng Thu Cúc", cast.em.unit, CLERK),
        "colleague of the given": a_person("yen", "Lý Hải Yến", cast.chi.unit, OFFICER),
        "clerk of the department": a_person("duong", "Tạ Ánh Dương", cast.chi.unit, CLERK),
    }


KEEPERS = {"clerk", "head", "steward above"}
GIVEN = {"given", "head of the department"}
RECEIVERS = {"steward above", "head of the department", "clerk of the department"}
"""The clerk of the department keeps the register to which the letter was sent, and is no keeper of the office's."""

WAYS: dict[str, tuple[Callable[[Papers], str], str, set[str]]] = {
    "register in": (lambda p: f"/documents/in/?{OCTOBER}", WORDS, KEEPERS),
    "what is owed": (lambda p: f"/documents/in/?{OCTOBER}&cut=required", WORDS, KEEPERS),
    "what is overdue": (lambda p: f"/documents/in/?{OCTOBER}&cut=overdue", WORDS, KEEPERS),
    "search in the register": (lambda p: f"/documents/in/?{OCTOBER}&q=xac+minh", WORDS, KEEPERS),
    "sheet of the register": (lambda p: f"/documents/in/export/?{OCTOBER}", WORDS, KEEPERS),
    "given documents": (lambda p: f"/documents/in/?{DEPARTMENT}&cut=given", WORDS, GIVEN | {"steward above"}),
    "opened row": (lambda p: f"/documents/in/{p.coming.pk}/opened/", "", KEEPERS | GIVEN),
    "page": (lambda p: f"/documents/in/{p.coming.pk}/", WORDS, KEEPERS | GIVEN),
    "history": (lambda p: f"/documents/in/{p.coming.pk}/history/", "", KEEPERS | GIVEN),
    "slip": (lambda p: f"/documents/in/{p.coming.pk}/slip/docx/", "", KEEPERS | GIVEN),
    "file": (lambda p: f"/documents/files/{p.coming_file}/", "", KEEPERS | GIVEN),
    "preview": (lambda p: f"/documents/files/{p.coming_file}/shown/", "", KEEPERS | GIVEN),
    "words of files": (lambda p: "/documents/text/?q=nhan+chung", WORDS, KEEPERS | GIVEN),
    "global search": (lambda p: "/search/?q=xac+minh+don+thu", WORDS, KEEPERS | GIVEN),
    "records of the figure": (lambda p: f"/figures/documents.received/?{OCTOBER}", WORDS, KEEPERS),
    "records of the backlog": (lambda p: f"/figures/documents.reply_overdue/?{OCTOBER}", WORDS, KEEPERS),
    "what is due": (lambda p: f"/due/?{OCTOBER}", WORDS, KEEPERS),
    "operations centre": (lambda p: f"/?{OCTOBER}", WORDS, KEEPERS),
    "load": (lambda p: f"/load/overdue/?{OCTOBER}", WORDS, KEEPERS),
    "work of the unit": (lambda p: "/my/?cut=unit", WORDS, GIVEN),
    "register out": (lambda p: f"/documents/out/?{OCTOBER}", SENT_WORDS, KEEPERS),
    "sheet out": (lambda p: f"/documents/out/export/?{OCTOBER}", SENT_WORDS, KEEPERS),
    "opened row out": (lambda p: f"/documents/out/{p.going.pk}/opened/", "", KEEPERS),
    "page out": (lambda p: f"/documents/out/{p.going.pk}/", SENT_WORDS, KEEPERS),
    "history out": (lambda p: f"/documents/out/{p.going.pk}/history/", "", KEEPERS),
    "file out": (lambda p: f"/documents/files/{p.going_file}/", "", KEEPERS),
    "words of files out": (lambda p: "/documents/text/?q=nhan+chung", SENT_WORDS, KEEPERS),
    "search out": (lambda p: "/search/?q=ket+luan+xac+minh", SENT_WORDS, KEEPERS),
    "figure out": (lambda p: f"/figures/documents.sent/?{OCTOBER}", SENT_WORDS, KEEPERS),
    "waiting": (lambda p: f"/documents/waiting/?{DEPARTMENT}", SENT_WORDS, RECEIVERS),
    "sending": (lambda p: f"/documents/waiting/{p.dispatch.pk}/", SENT_WORDS, RECEIVERS),
    "file of the sending": (lambda p: f"/documents/waiting/{p.dispatch.pk}/files/{p.going_file}/", "", RECEIVERS),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_restricted_document_reaches_only_those_it_is_for(
    way: str, papers: Papers, readers: dict[str, Person], client: Client
) -> None:
    url, words, those = WAYS[way]
    seen = {name for name, person in readers.items() if shows(sign_in(client, person), url(papers), words)}
    assert seen == those


def shows(reader: Client, url: str, words: str) -> bool:
    """Whether a page, or a sheet, tells the words; without words: whether it is given at all."""
    answer: Any = reader.get(url)
    if answer.status_code != 200 or not words:
        return bool(answer.status_code == 200)
    body = b"".join(answer) if answer.streaming else answer.content
    if "/export/" in url:
        rows = load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)
        return any(words in str(cell) for row in rows for cell in row)
    return words in body.decode()


def test_what_bears_no_mark_is_seen_as_before_and_what_is_hidden_is_counted(
    papers: Papers, readers: dict[str, Person], client: Client
) -> None:
    page = sign_in(client, readers["viewer"]).get(f"/figures/documents.received/?{OCTOBER}").content.decode()
    assert "Đếm 2 bản ghi, được xem 1" in page
    for name in ("viewer", "officer", "officer above", "auditor above", "clerk"):
        assert PLAIN in sign_in(client, readers[name]).get(f"/documents/in/?{OCTOBER}").content.decode(), name


def test_one_rule_answers_for_one_thing_and_for_rows(papers: Papers, readers: dict[str, Person]) -> None:
    obligation = ObligationSpan.objects.filter(obligation=papers.obligation)[0].obligation
    for person in readers.values():
        for verb, thing in (("records.view", papers.coming), ("records.view", papers.going), ("work.view", obligation)):
            rows = access.scope(person.actor, verb, type(thing).objects.filter(pk=thing.pk), given=True)
            assert access.may(person.actor, verb, thing) is rows.exists(), (person.username, verb)


def test_who_keeps_a_register_keeps_that_of_no_unit_below(cast: Cast, readers: dict[str, Person]) -> None:
    above, office = readers["clerk above"], cast.binh.unit
    entry = IncomingEntry(
        unit_id=office.pk, arrived_on=date(2024, 10, 21), issuer="UBND", summary=WORDS, secrecy="restricted"
    )
    with pytest.raises(Refusal):
        register_incoming(actor=above.actor, entry=entry)
    plain = arrives(office, date(2024, 10, 21), summary=PLAIN)
    with pytest.raises(Refusal):
        correct_document(actor=above.actor, document=plain, changes={"secrecy": "restricted"})
    assert register_incoming(actor=cast.khanh.actor, entry=entry).secrecy == "restricted"


def test_an_officer_of_the_unit_enters_no_restricted_document_and_marks_none_so(cast: Cast, client: Client) -> None:
    office = cast.binh.unit
    typed = {"unit": "VP-BNV", "arrived_on": "21/10/2024", "issuer": "UBND", "summary": WORDS, "secrecy": "restricted"}
    page = sign_in(client, cast.binh).post("/documents/in/new/", typed)
    assert page.status_code == 422
    assert "do văn thư hoặc lãnh đạo của đơn vị giữ sổ ghi" in page.content.decode()
    plain = arrives(office, date(2024, 10, 21), summary=PLAIN)
    letter = OutgoingEntry(office.pk, date(2024, 10, 22), "CV", WORDS, symbol="9/BNV-VP", secrecy="restricted")
    with pytest.raises(Refusal, match="văn thư"):
        register_outgoing(actor=cast.binh.actor, entry=letter)
    with pytest.raises(Refusal, match="văn thư"):
        correct_document(actor=cast.binh.actor, document=plain, changes={"secrecy": "restricted"})
    correct_document(actor=cast.khanh.actor, document=plain, changes={"secrecy": "restricted"})
    assert not access.may(cast.binh.actor, "records.view", IncomingDocument.objects.get(pk=plain.pk))


def test_the_warning_of_a_double_does_not_tell_of_a_hidden_document(cast: Cast, papers: Papers, client: Client) -> None:
    typed = {"unit": "VP-BNV", "arrived_on": "30/10/2024", "issuer": papers.coming.issuer, "symbol": "7/TTr",
             "summary": "Nộp lại"}  # fmt: skip
    answers = [sign_in(client, person).post("/documents/in/new/", typed) for person in (cast.khanh, cast.binh)]
    assert [answer.status_code for answer in answers] == [422, 302]


def test_a_task_of_another_page_does_not_name_the_restricted_document(
    cast: Cast, papers: Papers, readers: dict[str, Person], client: Client
) -> None:
    entry = TaskEntry(code="", title="Rà soát", assigner="Bộ trưởng", assigned_on=date(2024, 10, 28),
                      lead_unit_id=cast.binh.unit.pk)  # fmt: skip
    (task,) = turn_into_tasks(actor=cast.em.actor, document=papers.coming, entries=[entry])
    assert "7/TTr" in sign_in(client, cast.khanh).get(f"/tasks/{task.pk}/").content.decode()
    assert "7/TTr" not in sign_in(client, readers["viewer"]).get(f"/tasks/{task.pk}/").content.decode()


def test_an_open_answer_does_not_name_the_restricted_document_that_it_answers(
    cast: Cast, papers: Papers, readers: dict[str, Person], client: Client
) -> None:
    answer = goes_out(cast.binh.unit, date(2024, 10, 29), summary="Trả lời", in_reply_to_id=papers.coming.pk)
    page = f"/documents/out/{answer.pk}/"
    assert "7/TTr" in sign_in(client, cast.khanh).get(page).content.decode()
    assert "7/TTr" not in sign_in(client, readers["viewer"]).get(page).content.decode()


def test_the_log_tells_an_auditor_that_something_was_done_and_none_of_its_words(
    cast: Cast, papers: Papers, readers: dict[str, Person], client: Client
) -> None:
    changes = {"summary": f"{WORDS} (bổ sung)"}
    correct_document(actor=cast.khanh.actor, document=papers.coming, changes=changes, reason="Thiếu tên người tố cáo")
    owed, days = Obligation.objects.get(pk=papers.obligation), {"on": date(2024, 10, 24), "due_on": date(2024, 11, 8)}
    extend(actor=readers["head"].actor, obligation=owed, reason="Chờ kết quả giám định", **days)
    auditor, whole = readers["auditor above"], a_person("tung", "Đỗ Sơn Tùng", cast.em.unit, AUDITOR, STEWARD)
    words = (WORDS, "tố cáo", "giám định")
    for reader, told in ((auditor, False), (whole, True)):
        desk = sign_in(client, reader)
        pages = [desk.get("/audit/").content.decode()]
        pages += [desk.get(f"/audit/{entry.pk}/").content.decode() for entry in Entry.objects.order_by("-pk")[:2]]
        assert ("Sửa văn bản trong sổ" in pages[0], "Hạn chế phổ biến" in pages[0]) == (True, not told)
        assert [any(word in page for page in pages) for word in words] == [told] * 3, reader.username


def test_the_history_of_an_open_answer_does_not_name_the_restricted_document(
    cast: Cast, papers: Papers, readers: dict[str, Person], client: Client
) -> None:
    answer = goes_out(cast.binh.unit, date(2024, 10, 29), summary="Trả lời")
    correct_document(actor=cast.khanh.actor, document=answer, changes={"in_reply_to_id": papers.coming.pk})
    page, named = f"/documents/out/{answer.pk}/history/", f"{papers.coming.number} (2024)"
    assert named in sign_in(client, cast.khanh).get(page).content.decode()
    assert named not in sign_in(client, readers["viewer"]).get(page).content.decode()


def test_a_restricted_answer_is_not_named_beside_the_open_document_that_it_answers(
    cast: Cast, readers: dict[str, Person], client: Client
) -> None:
    owed = owes_reply(cast.binh.unit, date(2024, 10, 21), date(2024, 10, 25), symbol="9/CV")
    letter = goes_out(
        cast.binh.unit, date(2024, 10, 24), summary=SENT_WORDS, secrecy="restricted", in_reply_to_id=owed.document_id
    )
    page = f"/documents/in/{owed.document_id}/"
    pages = [f"/documents/in/?{OCTOBER}", f"/documents/in/?{OCTOBER}&cut=replied", page, f"{page}history/", "/audit/"]
    for name in ("clerk", "officer", "viewer", "auditor above"):
        desk = sign_in(client, readers[name])
        texts = {url: desk.get(url) for url in pages}
        shown = {url: letter.symbol in answer.content.decode() for url, answer in texts.items()}
        assert shown == dict.fromkeys(pages, name == "clerk") | {"/audit/": False}, name
        assert "24/10/2024" in texts[page].content.decode(), "that it was answered is told, and when"
    sheet = f"/documents/in/export/?{OCTOBER}&cut=replied"
    assert shows(sign_in(client, cast.khanh), sheet, letter.symbol)
    assert not shows(sign_in(client, readers["viewer"]), sheet, letter.symbol)


def test_a_typed_symbol_links_to_no_letter_that_is_restricted_to_who_types_it(
    cast: Cast, officer: Person, client: Client
) -> None:
    """Nor does the answer to it tell whether there is one."""
    given = {"assigned_unit_id": cast.chi.unit.pk, "assigned_to": officer.user.full_name}
    owed = owes_reply(
        cast.binh.unit, date(2024, 10, 21), date(2024, 10, 25), assigned_officer=officer.actor.id, **given
    )
    letter = goes_out(cast.binh.unit, date(2024, 10, 22), summary=SENT_WORDS, secrecy="restricted")
    desk, act = sign_in(client, officer), f"/obligations/{owed.pk}/reply/"
    texts = [desk.post(act, {"symbol": symbol, "on": ""}).content.decode() for symbol in (letter.symbol, "777/BNV-VP")]
    assert [("không có ký hiệu này" in text, "22/10/2024" in text) for text in texts] == [(True, False)] * 2
    assert desk.post(act, {"symbol": letter.symbol, "on": "30/10/2024"}).status_code == 302
    owed.refresh_from_db()
    assert (owed.answer_symbol, owed.reply_document_id) == (letter.symbol, None)


def test_the_register_of_answers_does_not_name_the_restricted_document_answered(
    cast: Cast, papers: Papers, readers: dict[str, Person], client: Client
) -> None:
    answer = goes_out(cast.binh.unit, date(2024, 10, 29), summary="Trả lời", in_reply_to_id=papers.coming.pk)
    OutgoingDocument.objects.filter(pk=answer.pk).update(answers="7/TTr")
    named = f"/documents/in/{papers.coming.pk}/"
    for page in (f"/documents/out/?{OCTOBER}", f"/documents/out/{answer.pk}/"):
        texts = {name: sign_in(client, readers[name]).get(page).content.decode() for name in ("clerk", "viewer")}
        assert [named in text for text in texts.values()] == [True, False], page
        assert "7/TTr" not in texts["viewer"]


def test_an_arrival_number_links_to_no_document_that_is_restricted_to_who_types_it(
    cast: Cast, papers: Papers, readers: dict[str, Person], client: Client
) -> None:
    typed = {"unit": "VP-BNV", "notation": "BNV-VP", "issued_on": "30/10/2024", "kind": "cong-van", "summary": "Nộp"}
    desk = sign_in(client, readers["officer above"])
    texts = [
        desk.post("/documents/out/new/", {**typed, "answers_number": number}).content.decode()
        for number in (papers.coming.arrival_number, 999)
    ]
    assert ["Sổ văn bản đến năm 2023, 2024 không có số" in text for text in texts] == [True, True]


def test_what_was_sent_stays_restricted_where_it_is_registered(papers: Papers, cast: Cast) -> None:
    copy = receive_dispatch(actor=cast.chi.actor, dispatch=papers.dispatch, arrived_on=date(2024, 10, 30))
    assert copy.secrecy == "restricted"
