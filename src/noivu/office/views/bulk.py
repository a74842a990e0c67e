"""Several obligations of a register are given to one officer."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.office import acting
from noivu.office.forms.acts import BulkAssignForm, with_today
from noivu.office.queries.acting import obligations_chosen
from noivu.office.queries.process import unit_name
from noivu.office.queries.seen import all_seen
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast
from noivu.units.api import tree
from noivu.work.api import Obligation, kind_of, register_address
from noivu.work.constants import Kind

HEADING = Text(vi="Phân công việc đã chọn", en="Assign what is chosen")
_DONE = Text(vi="Đã phân công {n} việc cho {unit}.", en="{n} item assigned to {unit}.||{n} items assigned to {unit}.")
_TOO_LONG = 19
"""A key of so many digits is none: it does not go into a column of the database."""


@require_http_methods(["GET", "POST"])
@guarded("work.allot")
def assign_chosen(request: HttpRequest) -> HttpResponse:
    """The form, and the act; then the register is as it was left."""
    actor = signed_in_actor(request)
    asked = request.POST if request.method == "POST" else request.GET
    keys = [int(key) for key in asked.getlist("row") if key.isascii() and key.isdecimal() and len(key) < _TOO_LONG]
    chosen = obligations_chosen(actor, keys)
    kind = kind_of(chosen[0].kind if chosen else Kind.TASK)
    back = asked.get("back", "")
    there = register_address(kind.code) + (back if back.startswith("?") else "")
    today = clock.today()
    form = cast(BulkAssignForm, with_today(BulkAssignForm, request.POST or None, today, seen=all_seen(chosen, today)))
    if request.method == "POST" and form.is_valid():
        number = _assigned(actor, chosen, keys, form)
        if number:
            given = form.cleaned_data
            toast(request, _DONE.format(n=number, unit=unit_name(tree(given["on"]), given["unit"].pk)))
            return redirect(there)
    context = {
        "form": form,
        "chosen": [(one, one.pk not in form.left_out) for one in chosen],
        "heading": HEADING,
        "back": back,
        "cancel_href": there,
        "crumbs": [Crumb(kind.plural, there), Crumb(HEADING)],
    }
    return render(request, "office/obligation/assign_chosen.html", context, status=422 if form.errors else 200)


def _assigned(actor: Actor, chosen: list[Obligation], keys: list[int], form: BulkAssignForm) -> int:
    """How many were given; none where it was refused, which then stands in the form."""
    try:
        return acting.give_all(actor=actor, chosen=chosen, asked=keys, form=form)
    except Refusal as refusal:
        form.refuse(refusal)
        return 0
