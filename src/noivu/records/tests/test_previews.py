"""Files shown inside the page of their document: by their bytes, in a sandbox, to whom the document is open."""

import base64
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core.files import file_store
from noivu.papers.api import Paper, render_pdf
from noivu.records.models import DocumentFile, IncomingDocument
from noivu.records.testing import arrives

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def document(cast: Cast, client: Client) -> IncomingDocument:
    found = arrives(cast.an.unit, date(2024, 10, 1))
    paper = Paper(issuer="Bộ Nội vụ", symbol="BNV", place="Hà Nội", kind="Công văn", subject="Thử", blocks=[])
    sign_in(client, cast.an)
    for name, content in (
        ("Công văn.pdf", render_pdf(paper, made_at=datetime(2024, 10, 1, tzinfo=UTC))),
        ("dấu đến.png", PNG),
        ("ghi chú.txt", b"noi dung"),
    ):
        client.post(f"/documents/in/{found.pk}/files/", {"file": SimpleUploadedFile(name, content)})
    return found


def shown(client: Client, name: str) -> Any:
    return client.get(f"/documents/files/{DocumentFile.objects.get(name=name).pk}/shown/")


def test_pdf_and_images_are_shown_in_the_page_and_nothing_in_them_may_act(
    document: IncomingDocument, client: Client
) -> None:
    page = client.get(f"/documents/in/{document.pk}/")
    words = page.content.decode()
    assert words.count("<iframe") == 1
    assert words.count('<img src="/documents/files/') == 1
    assert "Không xem trước được loại tệp này" in words
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]

    for name, kind in (("Công văn.pdf", "application/pdf"), ("dấu đến.png", "image/png")):
        answer = shown(client, name)
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert "default-src 'none'" in policy
        assert "sandbox" in policy
        assert "allow-scripts" not in policy
        assert "frame-ancestors 'self'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert shown(client, "ghi chú.txt").status_code == 404


def test_what_is_shown_is_judged_by_its_bytes_and_an_old_file_is_checked_first(
    document: IncomingDocument, client: Client
) -> None:
    page = b"<html><script>alert(1)</script></html>"
    for name, media in (("giả.png", "png"), ("giả cũ.png", "")):
        kept = file_store().put(io.BytesIO(page))
        DocumentFile.objects.create(
            incoming=document, name=name, sha256=kept.sha256, size=kept.size, media=media, attached_by="an"
        )
    assert shown(client, "giả.png").status_code == 404
    refused = shown(client, "giả cũ.png")
    assert refused.status_code == 409
    assert refused.headers["Content-Type"].startswith("text/plain")
    assert "không" in refused.content.decode().lower()


def test_out_of_reach_a_preview_does_not_exist(cast: Cast, document: IncomingDocument, client: Client) -> None:
    sign_in(client, cast.dung)
    assert shown(client, "Công văn.pdf").status_code == 404
    client.logout()
    assert shown(client, "Công văn.pdf").status_code == 302
