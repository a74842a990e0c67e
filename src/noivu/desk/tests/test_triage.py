"""Triage of the register of incoming documents: as plain forms; its keys are pressed in the browser's tests."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import queries_of
from noivu.audit.api import history
from noivu.core import clock
from noivu.office.api import TriageMark
from noivu.papers.api import Paper, render_pdf
from noivu.records.api import IncomingDocument, attach_file
from noivu.records.testing import arrives
from noivu.work.api import Obligation

TRIAGE = "/documents/in/triage/?unit=SNV-40&period=2024-10"


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


@pytest.fixture
def three(cast: Cast) -> list[IncomingDocument]:
    """Three documents of October that wait, in An's register."""
    return [arrives(cast.an.unit, date(2024, 10, 3 + n), summary=f"Văn bản chờ {n}") for n in range(3)]


def shown(client: Client, address: str = TRIAGE) -> tuple[str, int]:
    """The document at hand, and how many are left."""
    body = client.get(address).content.decode()
    title, left = re.search(r'id="at-hand"[^>]*>([^<]*)<', body), re.search(r"Còn\D*(\d+)", body)
    return title.group(1) if title else "", int(left.group(1)) if left else 0


@pytest.mark.django_db
def test_an_act_leads_to_the_next_one_and_what_is_left_is_counted(
    cast: Cast, client: Client, three: list[IncomingDocument]
) -> None:
    sign_in(client, cast.an)
    assert shown(client) == ("Văn bản chờ 0", 3)
    answer = client.post(f"{TRIAGE}&at={three[0].pk}", {"act": "no_reply"})
    assert shown(client, answer.headers["Location"]) == ("Văn bản chờ 1", 2)
    answer = client.post(
        answer.headers["Location"],
        {"act": "assign", "unit": "SNV-40", "officer": "Trần Khánh An · an", "on": "01/11/2024"},
    )
    assert shown(client, answer.headers["Location"]) == ("Văn bản chờ 2", 1)
    answer = client.post(
        answer.headers["Location"],
        {"act": "owed", "due_on": "15/11/2024", "unit": "SNV-40", "officer": "Trần Khánh An · an"},
    )
    body = client.get(answer.headers["Location"]).content.decode()
    assert "Không còn văn bản chờ phân loại" in body
    owed = Obligation.objects.get()
    assert (owed.document_id, owed.assigned_officer) == (three[2].pk, cast.an.actor.id)
    assert IncomingDocument.objects.get(pk=three[1].pk).assigned_officer == cast.an.actor.id
    assert "Không phải trả lời" in client.get(f"/documents/in/{three[0].pk}/").content.decode()
    assert "Phân loại văn bản đến" in [str(line.wording) for line in history(three[0])]


@pytest.mark.django_db
def test_what_was_filed_is_taken_back_by_undo(cast: Cast, client: Client, three: list[IncomingDocument]) -> None:
    sign_in(client, cast.an)
    said = client.post(f"{TRIAGE}&at={three[1].pk}", {"act": "filed"}, follow=True).content.decode()
    undo = re.search(r'action="(/documents/in/triage/\d+/undo/[^"]*)"', said)
    assert undo
    assert "Đã lưu văn bản số" in said
    answer = client.post(undo.group(1).replace("&amp;", "&"))
    assert shown(client, answer.headers["Location"]) == ("Văn bản chờ 1", 3)
    assert not TriageMark.objects.exists()


@pytest.mark.django_db
def test_one_goes_on_and_back_without_an_act(cast: Cast, client: Client, three: list[IncomingDocument]) -> None:
    sign_in(client, cast.an)
    body = client.get(f"{TRIAGE}&at={three[1].pk}").content.decode()
    for relation, other in (("prev", three[0]), ("next", three[2])):
        link = re.search(rf'href="[^"]*at=(\d+)"[^>]*rel="{relation}"', body)
        assert link
        assert int(link.group(1)) == other.pk
    assert len(queries_of(client, TRIAGE)) == 3


@pytest.mark.django_db
def test_a_refused_form_keeps_the_document_at_hand(cast: Cast, client: Client, three: list[IncomingDocument]) -> None:
    sign_in(client, cast.an)
    answer = client.post(
        f"{TRIAGE}&at={three[0].pk}", {"act": "assign", "unit": "SNV-40", "officer": "Ai · ai", "on": "01/11/2024"}
    )
    assert answer.status_code == 422
    assert "Văn bản chờ 0" in answer.content.decode()
    assert "không có tài khoản" in answer.content.decode()


@pytest.mark.django_db
def test_only_who_writes_in_the_register_triages(cast: Cast, client: Client, three: list[IncomingDocument]) -> None:
    for person in (cast.dung, cast.giang, cast.binh):
        assert sign_in(client, person).get(TRIAGE).status_code == 404
    assert client.post(f"/documents/in/triage/{three[0].pk}/undo/").status_code == 404


@pytest.mark.django_db
def test_the_file_of_the_document_at_hand_is_read_beside_it(
    cast: Cast, client: Client, three: list[IncomingDocument]
) -> None:
    paper = Paper(issuer="Bộ Nội vụ", symbol="BNV", place="Hà Nội", kind="Công văn", subject="Thử", blocks=[])
    content = render_pdf(paper, made_at=datetime(2024, 10, 1, tzinfo=UTC))
    attach_file(actor=cast.an.actor, document=three[0], name="a.pdf", stream=BytesIO(content), size=len(content))
    sign_in(client, cast.an)
    page = client.get(TRIAGE)
    body = page.content.decode()
    assert re.search(r'<details class="preview" open>.*<iframe[^>]*title="Nội dung tệp a.pdf"', body, re.DOTALL)
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert "<iframe" not in client.get(f"{TRIAGE}&at={three[1].pk}").content.decode()
