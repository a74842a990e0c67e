"""Several obligations of a register are given to one officer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.office.forms.acts import BulkAssignForm, with_today
from noivu.office.queries.acting import obligations_chosen
from noivu.office.queries.officers import named
from noivu.office.queries.process import unit_name
from noivu.office.services import assign_obligations
from noivu.ui.forms import Form
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast
from noivu.units.api import tree
from noivu.work.api import Due, Obligation, kind_of, register_address
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
    form = with_today(BulkAssignForm, request.POST or None, clock.today())
    if request.method == "POST" and form.is_valid():
        number = _assigned(actor, chosen, form)
        if number:
            given = form.cleaned_data
            toast(request, _DONE.format(n=number, unit=unit_name(tree(given["on"]), given["unit"].pk)))
            return redirect(there)
    context = {
        "form": form,
        "chosen": chosen,
        "heading": HEADING,
        "back": back,
        "cancel_href": there,
        "crumbs": [Crumb(kind.plural, there), Crumb(HEADING)],
    }
    return render(request, "office/obligation/assign_chosen.html", context, status=422 if form.errors else 200)


def _assigned(actor: Actor, chosen: list[Obligation], form: Form) -> int:
    """How many were given; none where it was refused, which then stands in the form."""
    given = form.cleaned_data
    due = Due(on=given["due_on"]) if given["due_on"] else None
    try:
        to = named(actor, given["unit"].pk, given["officer"])
        return assign_obligations(actor=actor, obligations=chosen, to=to, on=given["on"], due=due, note=given["note"])
    except Refusal as refusal:
        form.refuse(refusal)
        return 0
