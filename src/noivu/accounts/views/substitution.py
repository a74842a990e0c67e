"""Who stands in during an absence: named by oneself on the own page, by a head or an operator on a person's."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from noivu.accounts import services
from noivu.accounts.forms import SubstituteForm
from noivu.accounts.models import User
from noivu.accounts.policies import SUBSTITUTE
from noivu.accounts.standing_in import (
    colleague_of,
    colleagues_of,
    substitution_of,
    substitutions_of,
    user_to_substitute,
)
from noivu.core import clock
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.ui.guards import guarded, signed_in, signed_in_actor
from noivu.ui.toasts import toast

_DONE = Text(vi="Đã cử người thay.", en="Substitute named.")
_ENDED = Text(vi="Đã kết thúc việc thay.", en="Substitution ended.")


@require_http_methods(["GET", "POST"])
@signed_in()
def own(request: HttpRequest) -> HttpResponse:
    """The own substitute, and for whom one stands in."""
    return _page(request, _oneself(request), reverse("accounts:substitution"))


@require_http_methods(["GET", "POST"])
@guarded(SUBSTITUTE)
def of_person(request: HttpRequest, user_id: int) -> HttpResponse:
    """The substitute of somebody within reach."""
    return _page(request, _person(request, user_id), reverse("accounts:person-substitution", args=[user_id]))


@require_POST
@signed_in()
def end(request: HttpRequest, substitution_id: int) -> HttpResponse:
    """The own substitution ends today."""
    return _end(request, _oneself(request), substitution_id, reverse("accounts:substitution"))


@require_POST
@guarded(SUBSTITUTE)
def end_of_person(request: HttpRequest, user_id: int, substitution_id: int) -> HttpResponse:
    """That of somebody within reach ends today."""
    there = reverse("accounts:person-substitution", args=[user_id])
    return _end(request, _person(request, user_id), substitution_id, there)


def _page(request: HttpRequest, user: User, here: str) -> HttpResponse:
    colleagues = colleagues_of(user)
    form = SubstituteForm(request.POST or None, initial={"starts_on": clock.today()}, colleagues=colleagues)
    if request.method == "POST" and form.is_valid() and _is_set(request, user, form.cleaned_data, form):
        return redirect(here)
    context = {
        "person": user,
        "form": form,
        "colleagues": colleagues,
        "lines": substitutions_of(user),
        "here": here,
        "is_own": user.pk == request.user.pk,
    }
    return render(request, "accounts/substitution.html", context, status=422 if form.errors else 200)


def _is_set(request: HttpRequest, user: User, given: dict[str, Any], form: SubstituteForm) -> bool:
    chosen = colleague_of(user, int(given.pop("substitute")))
    try:
        services.set_substitute(actor=signed_in_actor(request), absent=user, substitute=chosen, **given)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    toast(request, _DONE)
    return True


def _end(request: HttpRequest, user: User, substitution_id: int, there: str) -> HttpResponse:
    found = substitution_of(user, substitution_id)
    if found is None:
        raise Http404
    try:
        services.end_substitution(actor=signed_in_actor(request), substitution=found)
    except Refusal as refusal:
        toast(request, refusal.what)
    else:
        toast(request, _ENDED)
    return redirect(there)


def _oneself(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the guard has let a signed-in person in
    return request.user


def _person(request: HttpRequest, user_id: int) -> User:
    found = user_to_substitute(signed_in_actor(request), user_id)
    if found is None:
        raise Http404
    return found
