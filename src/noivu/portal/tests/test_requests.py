"""What no page could read or bear is answered in words before any page looks at it."""

import errno
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from noivu.accounts.testing import Cast, sign_in

UNREADABLE = "Trình duyệt gửi một yêu cầu thiếu hoặc hỏng"


@pytest.mark.parametrize(
    "address", ["/accounts/users/?q=%00", "/units/?q=a%00b", "/units/%00/", "/audit/?unit=%00", "/search/?%00=1"]
)
def test_the_character_nul_in_an_address_is_answered_in_words(cast: Cast, client: Client, address: str) -> None:
    answer = sign_in(client, cast.ha).get(address)
    assert answer.status_code == 400
    assert UNREADABLE in answer.content.decode()


@pytest.mark.django_db
def test_the_character_nul_in_a_field_is_answered_in_words(client: Client) -> None:
    answer = client.post("/accounts/sign-in/", {"login": "a\x00b", "password": "x"})
    assert answer.status_code == 400
    assert UNREADABLE in answer.content.decode()


@pytest.mark.parametrize("megabytes", [2, 120])
@pytest.mark.django_db
def test_what_a_stranger_sends_is_refused_unread_beyond_a_form(client: Client, megabytes: int) -> None:
    answer = client.post("/accounts/sign-in/", {"login": "an"}, CONTENT_LENGTH=str(megabytes * 1_000_000))
    assert answer.status_code == 413
    assert "nhiều nhất 1 MB" in answer.content.decode()


def test_a_signed_in_person_may_send_a_register_and_no_more(cast: Cast, client: Client) -> None:
    file = SimpleUploadedFile("so.csv", b"a,b\n" * 1_000_000)
    sent = {"template": "documents-in", "unit": "SNV-40", "file": file}
    assert sign_in(client, cast.an).post("/sheets/new/", sent).status_code == 302
    answer = client.post("/sheets/new/", {"template": "documents-in"}, CONTENT_LENGTH="111000000")
    assert answer.status_code == 413
    assert "nhiều nhất 110 MB" in answer.content.decode()


def locked(*arguments: Any, **options: Any) -> Any:
    raise OperationalError("database is locked")


def test_a_database_held_by_another_writer_is_told_with_a_way_to_try_again(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("noivu.sheets.queries.batches_page", locked)
    monkeypatch.setattr("noivu.sheets.uploads.receive", locked)
    answer = sign_in(client, cast.an).get("/sheets/?sort=-id")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert '<a class="btn" href="/sheets/?sort=-id">Thử lại</a>' in answer.content.decode()
    sent = {"template": "documents-in", "unit": "SNV-40", "file": SimpleUploadedFile("so.csv", b"a,b\n1,2\n")}
    answer = client.post("/sheets/new/", sent, headers={"Referer": "http://testserver/sheets/new/"})
    assert answer.status_code == 503
    assert '<a class="btn" href="/sheets/new/">Trở lại</a>' in answer.content.decode()


def test_a_database_held_while_the_session_is_read_is_told_too(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, cast.an)
    client.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", locked)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "Thử lại" in answer.content.decode()


def test_a_full_disk_is_told_in_words_and_to_the_one_who_can_mend_it(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("noivu.sheets.uploads.receive", full)
    sent = {"template": "documents-in", "unit": "SNV-40", "file": SimpleUploadedFile("so.csv", b"a,b\n1,2\n")}
    answer = sign_in(client, cast.an).post("/sheets/new/", sent)
    assert answer.status_code == 503
    assert "Đĩa của máy chủ đã đầy" in answer.content.decode()
    assert "Báo người quản trị máy chủ" in answer.content.decode()
