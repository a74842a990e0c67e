"""`request.actor`: who asks."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from noivu.accounts.middleware import ActorMiddleware
from noivu.accounts.testing import Cast, sign_in

pytestmark = pytest.mark.django_db


def answer_to(user: Any, path: str = "/") -> tuple[HttpRequest, HttpResponse]:
    request = RequestFactory().get(path)
    request.user = user

    def view(asked: HttpRequest) -> HttpResponse:
        return HttpResponse(translation.get_language())

    return request, ActorMiddleware(view)(request)


def test_a_visitor_is_no_actor() -> None:
    request, _ = answer_to(AnonymousUser())
    assert request.actor is None


def test_a_signed_in_user_acts_for_the_home_unit(cast: Cast) -> None:
    request, _ = answer_to(cast.an.user)
    actor = request.actor
    assert (actor.id, actor.name, actor.unit_code) == (f"user:{cast.an.user.pk}", "Trần Khánh An", "SNV-40")


def test_the_masthead_knows_office_and_unit(cast: Cast) -> None:
    request, _ = answer_to(cast.binh.user)
    assert (request.actor.office_name, request.actor.unit_name) == ("Bộ Nội vụ", "Văn phòng Bộ")


def test_the_page_speaks_the_language_of_its_reader(cast: Cast) -> None:
    cast.an.user.language = "en"
    _, response = answer_to(cast.an.user)
    assert response.content == b"en"


def test_a_choice_of_the_screen_follows_the_person_to_another_machine(cast: Cast) -> None:
    sign_in(here := Client(), cast.an)
    here.post("/ui/language/", {"language": "en", "next": "/accounts/"})
    here.post("/ui/theme/", {"theme": "dark", "next": "/accounts/"})

    elsewhere = sign_in(Client(), cast.an).get("/accounts/").content.decode()
    assert '<html lang="en" data-theme="dark"' in elsewhere


def test_a_one_time_password_leads_to_a_new_one_first(cast: Cast) -> None:
    cast.an.user.must_change_password = True
    _, response = answer_to(cast.an.user, "/registers/")
    assert response["Location"] == "/accounts/password/"


def test_a_new_generation_signs_out_every_session(cast: Cast, client: Client) -> None:
    sign_in(client, cast.an)
    cast.an.user.sessions_generation += 1
    cast.an.user.save()
    assert client.get("/accounts/").status_code == 302


def test_signing_out_elsewhere_keeps_the_session_at_hand(cast: Cast) -> None:
    here, elsewhere = sign_in(Client(), cast.an), sign_in(Client(), cast.an)
    here.post("/accounts/sign-out-everywhere/")
    assert here.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302


def test_a_request_costs_the_session_and_one_query_for_the_user(cast: Cast, client: Client) -> None:
    sign_in(client, cast.an)
    client.get("/accounts/password/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/accounts/password/")
    session, user = (query["sql"] for query in asked.captured_queries)
    assert 'FROM "django_session"' in session
    assert 'FROM "accounts_user"' in user
