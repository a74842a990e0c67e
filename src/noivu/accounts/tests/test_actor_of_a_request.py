"""`request.actor`: who asks."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from noivu.accounts.middleware import ActorMiddleware
from noivu.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "giấy trắng mực đen 40"


@pytest.fixture
def an() -> User:
    return User.objects.create_user("an", PASSWORD, full_name="Trần Khánh An")


def answer_to(user: Any, path: str = "/") -> tuple[HttpRequest, HttpResponse]:
    request = RequestFactory().get(path)
    request.user = user
    spoken = []

    def view(asked: HttpRequest) -> HttpResponse:
        spoken.append(translation.get_language())
        return HttpResponse(spoken[0])

    return request, ActorMiddleware(view)(request)


def test_a_visitor_is_no_actor() -> None:
    request, _ = answer_to(AnonymousUser())
    assert request.actor is None


def test_a_signed_in_user_is_an_actor_by_number_and_name(an: User) -> None:
    request, _ = answer_to(an)
    assert (request.actor.id, request.actor.name) == (f"user:{an.pk}", "Trần Khánh An")


def test_the_page_speaks_the_language_of_its_reader(an: User) -> None:
    an.language = "en"
    _, response = answer_to(an)
    assert response.content == b"en"


def test_a_one_time_password_leads_to_a_new_one_first(an: User) -> None:
    an.must_change_password = True
    _, response = answer_to(an, "/registers/")
    assert response["Location"] == "/accounts/password/"


def test_a_deactivated_user_has_no_session_any_more(an: User, client: Client) -> None:
    client.force_login(an)
    an.is_active = False
    an.save()
    assert client.get("/accounts/second-factor/").status_code == 302


def test_a_new_generation_signs_out_every_session(an: User, client: Client) -> None:
    client.force_login(an)
    an.sessions_generation += 1
    an.save()
    assert client.get("/accounts/second-factor/").status_code == 302
