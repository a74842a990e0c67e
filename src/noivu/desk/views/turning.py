"""From a document: turn into tasks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.desk.forms.turning import MOST_TASKS, TaskRowForm, TurningForm, subject_of
from noivu.desk.queries.documents import incoming_for
from noivu.office.api import named, turn_into_tasks
from noivu.records.api import IncomingDocument
from noivu.ui.forms import UnitField
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast
from noivu.units.api import tree
from noivu.work.api import TaskEntry

HEADING = Text(vi="Chuyển thành nhiệm vụ", en="Turn into tasks")
_DONE = Text(vi="Đã giao {n} nhiệm vụ từ văn bản.", en="{n} task made.||{n} tasks made.")


@require_http_methods(["GET", "POST"])
@guarded("work.assign")
def turn(request: HttpRequest, document_id: int) -> HttpResponse:
    """One task or several of a document; `more` adds a row, and nothing is written yet."""
    actor = signed_in_actor(request)
    document = incoming_for(actor, document_id, "records.view")
    there = back_of(request, reverse("desk:incoming-document", args=[document.pk]))
    wants_more = "more" in request.POST
    form = TurningForm(
        request.POST or None,
        actor=actor,
        first=_first(actor, document),
        number=_number(request) + (1 if wants_more else 0),
        wants_more=wants_more,
    )
    if wants_more:
        form.rows[-1].fields["title"].widget.attrs["autofocus"] = True
    elif request.method == "POST" and form.is_valid():
        made = _made(actor, document, form)
        if made:
            toast(request, _DONE.format(n=made))
            return redirect(there)
    number = Text(vi="Số {n}", en="Number {n}").format(n=document.number)
    context = {
        "form": form,
        "document": document,
        "subject": subject_of(document),
        "heading": HEADING,
        "back": request.POST.get("back") or request.GET.get("back", ""),
        "cancel_href": there,
        "wants_more": wants_more,
        "crumbs": [
            Crumb(Text(vi="Sổ văn bản đến", en="Incoming documents"), reverse("desk:incoming")),
            Crumb(number, reverse("desk:incoming-document", args=[document.pk])),
            Crumb(HEADING),
        ],
    }
    is_wrong = request.method == "POST" and not wants_more and form.errors
    return render(request, "desk/turning.html", context, status=422 if is_wrong else 200)


def back_of(request: HttpRequest, otherwise: str) -> str:
    """Where the reader came from, when that is the triage of the register; its address begins there and nowhere
    else."""
    back = request.POST.get("back") or request.GET.get("back", "")
    triage = reverse("desk:triage")
    return triage + back if back.startswith("?") else otherwise


def _number(request: HttpRequest) -> int:
    typed = request.POST.get("number", "")
    return min(int(typed), MOST_TASKS) if typed.isascii() and typed.isdecimal() and len(typed) < 3 else 1


def _first(actor: Actor, document: IncomingDocument) -> dict[str, object]:
    home = tree(clock.today()).by_code.get(actor.unit_code)
    lead = f"{home.code}{UnitField.SEPARATOR}{home.name}" if home else ""
    given = {"assigner": actor.name, "on": clock.today()}
    return {**given, "title": document.summary, "lead": lead, "urgency": document.urgency}


def _made(actor: Actor, document: IncomingDocument, form: TurningForm) -> int:
    """How many tasks were made; none where something was refused, which then stands in the form."""
    try:
        entries = [_entry(actor, document, form, row) for row in form.written]
        return len(turn_into_tasks(actor=actor, document=document, entries=entries))
    except Refusal as refusal:
        place = next((row for row in form.rows if row.errors), None)
        if place is None:
            form.shared.refuse(refusal)
        return 0


def _entry(actor: Actor, document: IncomingDocument, form: TurningForm, row: TaskRowForm) -> TaskEntry:
    given, shared = row.cleaned_data, form.shared.cleaned_data
    try:
        access.require(actor, "work.assign", access.OfUnit(given["lead"].pk))
        to = named(actor, given["lead"].pk, given["officer"])
        due = row.due
        if due is not None:
            due.counted_from(shared["on"])
    except Refusal as refusal:
        row.refuse(refusal)
        raise
    return TaskEntry(
        code="",
        title=given["title"],
        assigner=shared["assigner"],
        assigned_on=shared["on"],
        lead_unit_id=to.unit_id or given["lead"].pk,
        due=due,
        confirmation_required=given["confirmation_required"],
        product=given["product"],
        source_symbol=document.symbol,
        urgency=given["urgency"],
        secrecy=document.secrecy,
        assigned_to=to.name,
        assigned_officer=to.officer,
    )
