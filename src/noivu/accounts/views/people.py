"""Users within reach: the list, one user's grants over time, and what can be done to them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from noivu.accounts import forms, queries, services
from noivu.accounts.giving import gives_all
from noivu.accounts.leaving import open_of
from noivu.accounts.models import Grant, User
from noivu.accounts.passwords import one_time_password
from noivu.accounts.policies import EDIT, VIEW
from noivu.accounts.standing_in import colleague_of, colleagues_of
from noivu.accounts.tables import USERS
from noivu.core import access, clock
from noivu.core.dates import parse_date
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.ui.forms import Form
from noivu.ui.guards import guarded, signed_in, signed_in_actor
from noivu.ui.marks import NO_BREAK
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast

PEOPLE = Text(vi="Người dùng", en="Users")


@guarded(VIEW)
def people(request: HttpRequest) -> HttpResponse:
    """The users within reach."""
    actor = signed_in_actor(request)
    state = USERS.state(request.GET)
    counts = queries.counts_for(actor)
    page = queries.page_for(actor, state, counts)
    context = {
        "register": USERS.shown(request, state, page, counts=counts),
        "may_edit": access.may(actor, EDIT),
    }
    return render(request, "accounts/people.html", context)


@guarded(VIEW)
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """One user: unit, roles over time, and what may be done."""
    actor, user = signed_in_actor(request), _user(request, user_id)
    grants = queries.grant_lines(user)
    context = {
        "person": user,
        "unit": queries.in_a_field(user.home_unit_id),
        "grants": grants,
        "may_edit": access.may(actor, EDIT, user),
        "may_act": gives_all(actor, [(held.role, held.unit_id) for held in grants if held.can_end]),
        "crumbs": [people_crumb()],
    }
    return render(request, "accounts/person.html", context)


@guarded(EDIT)
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """A new user; the one-time password is shown once, in the answer."""
    actor = signed_in_actor(request)
    form = forms.AddUserForm(request.POST or None, roles=queries.roles_offered(actor))
    secret = one_time_password()

    def act(given: dict[str, Any]) -> HttpResponse:
        added = services.add_user_with_role(
            actor=actor,
            username=given["username"],
            full_name=given["full_name"],
            home_unit=given["unit"],
            role=given["role"],
            password=secret,
        )
        return _told_once(request, added, secret)

    adds = Text(vi="Thêm người dùng", en="Add a user")
    return form_page(request, form, act, (adds, adds), reverse("accounts:people"))


@guarded(EDIT)
def grant(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a user a role over a unit."""
    actor, user = signed_in_actor(request), _user(request, user_id, EDIT)
    first = {"starts_on": clock.today()}
    form = forms.GrantForm(request.POST or None, initial=first, roles=queries.roles_offered(actor))

    def act(given: dict[str, Any]) -> HttpResponse:
        services.grant_role(actor=actor, user=user, **given)
        return _back(request, user, Text(vi="Đã cấp vai trò.", en="Role granted."))

    name = user.full_name.replace(" ", NO_BREAK)
    heading = Text(vi=f"Cấp vai trò cho {name}", en=f"Grant a role to {name}")
    return form_page(request, form, act, (heading, Text(vi="Cấp vai trò", en="Grant the role")), _page_of(user))


@guarded(EDIT)
def end_grant(request: HttpRequest, user_id: int, grant_id: int) -> HttpResponse:
    """End a role of a user."""
    actor, held = signed_in_actor(request), _grant(request, user_id, grant_id)
    form = forms.EndGrantForm(request.POST or None, initial={"ends_on": clock.today()})

    def act(given: dict[str, date]) -> HttpResponse:
        services.end_grant(actor=actor, grant=held, on=given["ends_on"], reason=str(given["reason"]))
        return _back(request, held.user, Text(vi="Đã ghi ngày kết thúc vai trò.", en="End of the role entered."))

    heading = Text(vi="Kết thúc vai trò?", en="End the role?")
    ends = Text(vi="Kết thúc vai trò", en="End the role")
    return form_page(request, form, act, (heading, ends), _page_of(held.user))


@guarded(EDIT)
def deactivate(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take a user out of service."""
    actor, user = signed_in_actor(request), _user(request, user_id, EDIT)
    number = open_of(user)
    form = forms.DeactivateForm(request.POST or None, colleagues=colleagues_of(user) if number else (), number=number)

    def act(given: dict[str, str]) -> HttpResponse:
        chosen = given.get("heir", "")
        heir = colleague_of(user, int(chosen)) if chosen.isdecimal() else None
        services.deactivate(
            actor=actor, user=user, reason=given["reason"], heir=heir, leaves_open=chosen == forms.LATER
        )
        return _back(request, user, Text(vi="Đã ngừng người dùng.", en="User deactivated."))

    name = user.full_name.replace(" ", NO_BREAK)
    heading = Text(vi=f"Ngừng {name}?", en=f"Deactivate {name}?")
    return form_page(request, form, act, (heading, Text(vi="Ngừng người dùng", en="Deactivate")), _page_of(user))


@guarded(EDIT)
@never_cache
def password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a user a one-time password, shown once."""
    actor, user = signed_in_actor(request), _user(request, user_id, EDIT)
    form = forms.ReasonForm(request.POST or None)
    secret = one_time_password()

    def act(given: dict[str, str]) -> HttpResponse:
        services.give_password(actor=actor, user=user, password=secret, reason=given["reason"])
        return _told_once(request, user, secret)

    name = user.full_name.replace(" ", NO_BREAK)
    heading = Text(vi=f"Cấp mật khẩu mới cho {name}?", en=f"Give {name} a new password?")
    gives = Text(vi="Cấp mật khẩu mới", en="Give a new password")
    return form_page(request, form, act, (heading, gives), _page_of(user))


@signed_in()
def units(request: HttpRequest, **_: Any) -> HttpResponse:
    """Units of a day offered while one types into a field; which units exist is known to everyone."""
    typed = next((str(value) for name, value in request.GET.items() if name != "on"), "")
    on = request.GET.get("on", "")
    suggestions = queries.suggested_units(typed, parse_date(on) if on else clock.today())
    return render(request, "ui/suggestions.html", {"suggestions": suggestions})


def _user(request: HttpRequest, user_id: int, verb: str = VIEW) -> User:
    actor = signed_in_actor(request)
    user = queries.get_user_for(actor, user_id)
    if user is None or not access.may(actor, verb, user):
        raise Http404
    return user


def _grant(request: HttpRequest, user_id: int, grant_id: int) -> Grant:
    grant = queries.get_grant_for(signed_in_actor(request), user_id, grant_id)
    if grant is None:
        raise Http404
    return grant


def form_page(
    request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], HttpResponse], words: tuple[Text, Text], back: str
) -> HttpResponse:
    """Show the form; when it is sent and valid, act. A refusal stands beside its field. `words`: heading, button."""
    if request.method == "POST" and form.is_valid():
        try:
            return act(form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
    heading, verb = words
    context = {"form": form, "heading": heading, "action": verb, "cancel_href": back, "crumbs": [people_crumb()]}
    return render(request, "accounts/form.html", context, status=422 if form.errors else 200)


def _told_once(request: HttpRequest, user: User, secret: str) -> HttpResponse:
    return render(request, "accounts/told_once.html", {"person": user, "secret": secret, "crumbs": [people_crumb()]})


def _back(request: HttpRequest, user: User, done: Text) -> HttpResponse:
    toast(request, done)
    return redirect(_page_of(user))


def _page_of(user: User) -> str:
    return reverse("accounts:person", args=[user.pk])


def people_crumb() -> Crumb:
    return Crumb(PEOPLE, reverse("accounts:people"))
