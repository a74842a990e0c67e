"""The sign-in page and the keys of an account, through HTTP."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client

from noivu.accounts import demo
from noivu.accounts.models import User
from noivu.accounts.testing import PASSWORD, Cast, sign_in
from noivu.accounts.testing_pages import faults_of
from noivu.audit.models import Entry
from noivu.core.refusals import Refusal

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/sign-in/"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng"


def attempt(client: Client, username: str, password: str = PASSWORD, **headers: Any) -> Any:
    return client.post(SIGN_IN, {"login": username, "password": password}, **headers)


def confirm(client: Client) -> None:
    """Delicate pages ask for the password again, and then not for ten minutes."""
    client.post("/accounts/confirm/", {"password": PASSWORD})


def a_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_one_signs_in_with_name_and_password(cast: Cast, client: Client) -> None:
    assert attempt(client, "an").headers["Location"] == "/"
    assert client.get("/accounts/").status_code == 200


def test_the_name_may_be_typed_in_any_case(cast: Cast, client: Client) -> None:
    assert attempt(client, " AN ").status_code == 302


def test_one_returns_to_the_page_that_was_asked_for(cast: Cast, client: Client) -> None:
    answer = client.post(f"{SIGN_IN}?next=/accounts/", {"login": "an", "password": PASSWORD})
    assert answer.headers["Location"] == "/accounts/"


def test_one_is_never_led_to_another_site(cast: Cast, client: Client) -> None:
    answer = client.post(f"{SIGN_IN}?next=https://example.org/", {"login": "an", "password": PASSWORD})
    assert answer.headers["Location"] == "/"


def test_wrong_unknown_and_deactivated_get_the_same_answer(cast: Cast) -> None:
    User.objects.filter(username="dung").update(is_active=False)
    answers = [
        attempt(Client(), "an", "sai rồi nhé các bạn"),
        attempt(Client(), "khong-co-ai"),
        attempt(Client(), "dung"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert all(WRONG in answer.content.decode() for answer in answers)


def test_after_five_wrong_passwords_the_right_one_waits(cast: Cast, client: Client) -> None:
    for _ in range(5):
        attempt(client, "an", "sai rồi nhé các bạn")
    answer = attempt(client, "an")
    assert answer.status_code == 200
    assert "Sai quá nhiều lần" in answer.content.decode()


def test_too_many_posts_from_one_machine_are_told_to_wait(client: Client, db: None) -> None:
    for _ in range(30):
        client.post(SIGN_IN, {"login": "", "password": ""})
    answer = client.post(SIGN_IN, {"login": "", "password": ""})
    assert answer.status_code == 429
    assert faults_of(answer, "vi") == []


def test_behind_a_proxy_each_visitor_counts_apart(client: Client, db: None, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(30):
        client.post(SIGN_IN, {"login": "", "password": ""}, headers={"X-Forwarded-For": "10.0.0.1"})
    there = client.post(SIGN_IN, {"login": "", "password": ""}, headers={"X-Forwarded-For": "10.0.0.1"})
    elsewhere = client.post(SIGN_IN, {"login": "", "password": ""}, headers={"X-Forwarded-For": "10.0.0.2"})
    assert (there.status_code, elsewhere.status_code) == (429, 200)


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/sign-up/", "/accounts/email/"])
def test_nobody_signs_up(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, {"username": "ke-la", "password1": PASSWORD, "password2": PASSWORD}).status_code == 404
    assert not User.objects.exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_is_whole_for_a_visitor(client: Client, db: None, language: str) -> None:
    client.cookies["django_language"] = language
    assert faults_of(client.get(SIGN_IN), language) == []


def test_passkeys_are_offered_where_browsers_make_them(client: Client, db: None) -> None:
    assert "passkey_sign_in" not in client.get(SIGN_IN, HTTP_HOST="127.0.0.1:8000").content.decode()
    assert "passkey_sign_in" in client.get(SIGN_IN, HTTP_HOST="localhost:8000").content.decode()
    options = client.get("/accounts/passkeys/sign-in/", HTTP_HOST="localhost", HTTP_ACCEPT="application/json").json()
    assert options["request_options"]["publicKey"]["rpId"] == "localhost"


def test_outside_the_sample_no_account_is_shown_or_made(cast: Cast, client: Client, settings: Any) -> None:
    settings.NOIVU_SAMPLE = False
    assert demo.PASSWORD not in client.get(SIGN_IN).content.decode()
    with pytest.raises(Refusal):
        demo.add_demo_people()


def test_the_sample_shows_its_users_and_they_sign_in(sector: Any, client: Client, settings: Any) -> None:
    settings.NOIVU_SAMPLE = True
    demo.add_demo_people()
    demo.add_demo_people()
    page = client.get(SIGN_IN).content.decode()
    assert User.objects.count() == len(demo.CAST)
    assert all(person.username in page for person in demo.CAST)
    assert attempt(client, "ha", demo.PASSWORD).status_code == 302


def test_a_one_time_password_is_changed_before_anything_else(cast: Cast, client: Client) -> None:
    User.objects.filter(username="an").update(must_change_password=True)
    attempt(client, "an")
    assert client.get("/accounts/").headers["Location"] == "/accounts/password/"

    new = "mười hai con giáp"
    done = client.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert done.headers["Location"] == "/"
    assert client.get("/accounts/").status_code == 200
    assert Entry.objects.filter(action="account.change_password").count() == 1


def test_a_changed_password_signs_out_other_machines(cast: Cast) -> None:
    here, elsewhere = sign_in(Client(), cast.an), sign_in(Client(), cast.an)
    new = "mười hai con giáp"
    here.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("ngắn", "ngắn", "cần ít nhất 12"),
        ("mười hai con giáp", "mười hai con mèo", "Hai lần nhập mật khẩu mới khác nhau"),
        ("tran khanh an", "tran khanh an", "gần giống tên"),
    ],
)
def test_a_bad_new_password_is_explained(cast: Cast, client: Client, new: str, again: str, said: str) -> None:
    User.objects.filter(username="an").update(full_name="Tran Khanh An")
    sign_in(client, cast.an)
    answer = client.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": new, "password2": again})
    assert said in answer.content.decode()


def test_without_e_mail_the_page_leads_to_the_operator(client: Client, db: None, settings: Any) -> None:
    settings.NOIVU_SENDS_EMAIL = False
    answer = client.get("/accounts/password/forgotten/")
    assert "Hệ thống này không gửi thư" in answer.content.decode()
    assert faults_of(answer, "vi") == []


def test_with_e_mail_a_link_leads_to_a_new_password(cast: Cast, client: Client, settings: Any) -> None:
    settings.NOIVU_SENDS_EMAIL = True
    User.objects.filter(username="an").update(email="an@nghean.example")
    unknown = client.post("/accounts/password/forgotten/", {"email": "ai@nghean.example"})
    known = client.post("/accounts/password/forgotten/", {"email": "an@nghean.example"})
    assert unknown.headers["Location"] == known.headers["Location"]

    (sent,) = mail.outbox
    link = next(word for word in str(sent.body).split() if word.startswith("http"))
    answer = client.get(link, follow=True)
    assert faults_of(answer, "vi") == []
    new = "mười hai con giáp"
    client.post(answer.request["PATH_INFO"], {"password1": new, "password2": new})
    assert attempt(Client(), "an", new).status_code == 302


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def _one_step_of_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A code is good for thirty seconds by the clock: none of them ends between giving it and its check."""
        monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: 1_730_419_200.0))

    @pytest.fixture
    def secret(self, cast: Cast, client: Client, django_capture_on_commit_callbacks: Any) -> str:
        attempt(client, "an")
        confirm(client)
        page = client.get("/accounts/second-factor/application/add/")
        assert faults_of(page, "vi") == []
        secret: str = page.context["form"].secret
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post("/accounts/second-factor/application/add/", {"code": a_code(secret)})
        assert answer.headers["Location"] == "/accounts/second-factor/codes/"
        return secret

    def test_it_is_asked_for_at_the_next_sign_in(self, secret: str) -> None:
        other = Client()
        assert attempt(other, "an").headers["Location"] == "/accounts/second-factor/sign-in/"
        assert faults_of(other.get("/accounts/second-factor/sign-in/"), "vi") == []
        assert other.get("/accounts/").status_code == 302

        other.post("/accounts/second-factor/sign-in/", {"code": "000000"})
        assert other.get("/accounts/").status_code == 302

    def test_a_recovery_code_signs_in_once(self, secret: str, client: Client) -> None:
        codes = client.get("/accounts/second-factor/codes/").context["unused_codes"]
        for expected in (200, 302):
            other = Client()
            attempt(other, "an")
            other.post("/accounts/second-factor/sign-in/", {"code": codes[0]})
            assert other.get("/accounts/").status_code == expected

    def test_recovery_codes_are_shown_once(self, secret: str, client: Client) -> None:
        assert client.get("/accounts/second-factor/codes/").context["can_view_codes"]
        assert not client.get("/accounts/second-factor/codes/").context["can_view_codes"]

    def test_the_database_alone_does_not_hold_the_secret(self, secret: str) -> None:
        stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
        assert secret not in stored

    def test_recovery_codes_made_anew_stand_in_the_log(
        self, secret: str, client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/accounts/second-factor/codes/new/")
        assert Entry.objects.filter(action="account.renew_factor").count() == 1

    def test_adding_and_removing_stand_in_the_log(self, secret: str, client: Client) -> None:
        client.post("/accounts/second-factor/application/remove/")
        actions = list(Entry.objects.filter(action__contains="factor").values_list("action", flat=True))
        assert {"account.add_factor", "account.remove_factor"} <= set(actions)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "/accounts/",
        "/accounts/password/",
        "/accounts/second-factor/",
        "/accounts/second-factor/application/add/",
        "/accounts/passkeys/",
        "/accounts/passkeys/add/",
        "/accounts/sign-out/",
    ],
)
def test_every_page_of_the_account_is_whole(cast: Cast, path: str, language: str) -> None:
    User.objects.filter(username="an").update(language=language)
    client = Client()
    attempt(client, "an")
    confirm(client)
    assert faults_of(client.get(path), language) == []


def test_delicate_pages_ask_who_is_here_again(cast: Cast, client: Client) -> None:
    sign_in(client, cast.an)
    answer = client.get("/accounts/passkeys/add/", follow=True)
    assert answer.request["PATH_INFO"] == "/accounts/confirm/"
    assert faults_of(answer, "vi") == []


def test_signing_out_takes_a_post(cast: Cast, client: Client) -> None:
    sign_in(client, cast.an)
    assert client.get("/accounts/sign-out/").status_code == 200
    assert client.get("/accounts/").status_code == 200
    client.post("/accounts/sign-out/")
    assert client.get("/accounts/").status_code == 302


def test_the_session_cookie_is_kept_from_scripts_and_ends_with_the_browser(cast: Cast, client: Client) -> None:
    attempt(client, "an")
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
