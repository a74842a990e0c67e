"""Grants that wait for a decision: the list, one of them, and the three decisions."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from noivu.accounts import forms, queries, services
from noivu.accounts.models import Grant
from noivu.accounts.policies import EDIT
from noivu.accounts.tables import WAITING
from noivu.accounts.views.people import form_page, people_crumb
from noivu.accounts.waiting import WaitingGrant, page_of_waiting, waiting_grant
from noivu.core.wording import Text
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast

LIST = Text(vi="Quyền chờ quyết định", en="Grants that wait")


@guarded(EDIT)
def grants(request: HttpRequest) -> HttpResponse:
    """The grants that wait, of the users within reach."""
    state = WAITING.state(request.GET)
    page = page_of_waiting(signed_in_actor(request), state)
    context = {"register": WAITING.shown(request, state, page), "crumbs": [people_crumb()]}
    return render(request, "accounts/waiting.html", context)


@guarded(EDIT)
def grant(request: HttpRequest, grant_id: int) -> HttpResponse:
    """One of them: what it reached, and what it would reach."""
    context = {"line": _line(request, grant_id), "crumbs": _crumbs()}
    return render(request, "accounts/waiting_grant.html", context)


@guarded(EDIT)
@never_cache
def accept(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Let it go on over the successor."""
    words = Text(vi="Chấp nhận quyền?", en="Accept the grant?"), Text(vi="Chấp nhận", en="Accept")
    form = forms.ReasonForm(request.POST or None)
    return _decision(request, grant_id, form, services.accept_grant, words)


@guarded(EDIT)
@never_cache
def narrow(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Let it go on with less."""
    line = _line(request, grant_id)
    offered = queries.roles_offered(signed_in_actor(request))
    first = {"role": line.role, "unit": queries.in_a_field(line.after[0]) if line.after else ""}
    form = forms.NarrowForm(request.POST or None, initial=first, roles=offered)
    words = Text(vi="Thu hẹp quyền", en="Narrow the grant"), Text(vi="Thu hẹp", en="Narrow")
    return _decision(request, grant_id, form, services.narrow_grant, words)


@guarded(EDIT)
@never_cache
def refuse(request: HttpRequest, grant_id: int) -> HttpResponse:
    """End it."""
    words = Text(vi="Không giữ quyền này?", en="Refuse the grant?"), Text(vi="Không giữ", en="Refuse")
    form = forms.ReasonForm(request.POST or None)
    return _decision(request, grant_id, form, services.refuse_grant, words)


def _decision(
    request: HttpRequest, grant_id: int, form: Any, decide: Callable[..., Grant], words: tuple[Text, Text]
) -> HttpResponse:
    line = _line(request, grant_id)

    def act(given: dict[str, Any]) -> HttpResponse:
        decide(actor=signed_in_actor(request), grant=queries.get_grant(line.id), **given)
        toast(request, Text(vi="Đã ghi quyết định.", en="The decision is recorded."))
        return redirect("accounts:waiting-grants")

    return form_page(request, form, act, words, reverse("accounts:waiting-grant", args=[line.id]))


def _line(request: HttpRequest, grant_id: int) -> WaitingGrant:
    found = waiting_grant(signed_in_actor(request), grant_id)
    if found is None:
        raise Http404
    return found


def _crumbs() -> list[Crumb]:
    return [people_crumb(), Crumb(LIST, reverse("accounts:waiting-grants"))]
