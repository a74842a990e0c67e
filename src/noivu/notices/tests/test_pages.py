"""The pages of one's own notices and of how one is reminded."""

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.audit.api import history
from noivu.notices.making import make_notices
from noivu.notices.models import Notice, Preference
from noivu.notices.tests.conftest import Hours, Owed


@pytest.fixture
def an(people: Cast, owed: Owed, hours: Hours, client: Client) -> Client:
    """An, told two things; Bình was told one."""
    owed.tells(people.an.user.pk, "NV-1", "NV-2")
    owed.tells(people.binh.user.pk, "NV-3")
    make_notices(owed.registry)
    return sign_in(client, people.an)


def test_own_notices_are_read_one_by_one_and_all(an: Client) -> None:
    page = an.get("/notices/").content.decode()
    assert "2 thông báo chưa đọc" in page
    assert 'href="/tasks/1/"' in page
    assert "NV-3" not in page
    first = Notice.objects.get(key="NV-1")
    assert an.post(f"/notices/{first.pk}/read/").status_code == 302
    assert "1 thông báo chưa đọc" in an.get("/notices/").content.decode()
    an.post("/notices/read/")
    assert "chưa đọc" not in an.get("/notices/").content.decode()
    assert list(Notice.objects.unseen().values_list("key", flat=True)) == ["NV-3"]


def test_nobody_reads_the_notice_of_another(an: Client) -> None:
    other = Notice.objects.get(key="NV-3")
    an.post(f"/notices/{other.pk}/read/")
    other.refresh_from_db()
    assert other.seen_at is None


def test_the_count_comes_with_the_user(an: Client, django_assert_num_queries) -> None:
    an.get("/notices/")  # trees in memory
    with django_assert_num_queries(4):  # session, user, the page's two
        page = an.get("/notices/").content.decode()
    assert "chưa đọc" in page.partition("</header>")[0]


def test_a_long_list_is_paged(people: Cast, owed: Owed, an: Client) -> None:
    owed.tells(people.an.user.pk, *(f"X-{number}" for number in range(60)))
    make_notices(owed.registry)
    page = an.get("/notices/").content.decode()
    older = page.partition("?before=")[2].partition('"')[0]
    assert "NV-1" not in page
    assert "NV-1" in an.get(f"/notices/?before={older}").content.decode()
    assert an.get("/notices/?before=x").status_code == 404


def test_how_one_is_reminded_is_chosen_and_logged(people: Cast, an: Client) -> None:
    assert "Cách nhận nhắc việc" in an.get("/accounts/").content.decode()
    page = an.get("/notices/preferences/").content.decode()
    assert "chưa cấu hình máy chủ thư" in page
    sent = {"channel": "email", "hour": "17", "digest": "on"}
    assert an.post("/notices/preferences/", sent).status_code == 302
    kept = Preference.objects.get(user=people.an.user)
    assert (kept.channel, kept.hour, kept.digest) == ("email", 17, True)
    assert len(history(kept)) == 1
    assert an.post("/notices/preferences/", {**sent, "hour": "24"}).status_code == 422


def test_pages_are_for_those_who_signed_in(client: Client) -> None:
    for path in ("/notices/", "/notices/preferences/"):
        assert client.get(path).status_code == 302
