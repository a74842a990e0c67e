"""Triage of the register of incoming documents: one document after another, by keys or as plain forms."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.desk.forms.triage import OwedForm
from noivu.desk.queries.documents import incoming_for
from noivu.desk.queries.triage import waiting
from noivu.figures.api import Standpoint, standpoint
from noivu.office.api import OUTCOMES, AssignForm, Outcome, mark_triaged, named, owe_reply, unmark_triaged, with_today
from noivu.records.api import IncomingDocument
from noivu.ui.forms import Form
from noivu.ui.framing import shows_files
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast
from noivu.work.api import Assignee, assign_document

HEADING = Text(vi="Phân loại văn bản đến", en="Triage of incoming documents")
ASSIGN, OWED = "assign", "owed"
_DONE = {
    ASSIGN: Text(vi="Đã phân công văn bản số {n}.", en="Document {n} assigned."),
    OWED: Text(vi="Văn bản số {n} phải trả lời.", en="A reply to document {n} is owed."),
    Outcome.NO_REPLY.value: Text(vi="Văn bản số {n} không phải trả lời.", en="Document {n} needs no reply."),
    Outcome.FILED.value: Text(vi="Đã lưu văn bản số {n}.", en="Document {n} filed."),
}
_MOST_DIGITS = 18


@require_http_methods(["GET", "POST"])
@shows_files
@guarded("records.edit")
def triage(request: HttpRequest) -> HttpResponse:
    """The document at hand with what can be done to it; an act leads to the next one."""
    here = standpoint(request, "records.edit")
    found = waiting(here, _at(request))
    form = None
    if found.document is not None:
        doing = request.POST.get("act") or request.GET.get("do", "")
        form = _form(request, here.actor, doing)
        if request.method == "POST" and _is_done(request, here.actor, found.document, doing, form):
            return redirect(_address(here, at=found.next))
    context = {
        "here": here,
        "found": found,
        "form": form,
        "doing": request.POST.get("act") or request.GET.get("do", ""),
        "as_of": here.as_of,
        "crumbs": [Crumb(Text(here.unit.name, here.unit.name)), Crumb(_IN, _register(here)), Crumb(HEADING)],
        "heading": HEADING,
        **_hrefs(here, found.document, found.next, found.previous),
    }
    return render(request, "desk/triage.html", context, status=422 if form is not None and form.errors else 200)


_IN = Text(vi="Sổ văn bản đến", en="Incoming documents")


@require_POST
@guarded("records.edit")
def undo(request: HttpRequest, document_id: int) -> HttpResponse:
    """The mark is taken back, and its document is at hand again."""
    actor = signed_in_actor(request)
    document = incoming_for(actor, document_id, "records.edit")
    try:
        unmark_triaged(actor=actor, document=document)
    except Refusal as refusal:
        toast(request, refusal.what)
    else:
        toast(request, Text(vi="Đã bỏ kết quả phân loại.", en="Triage taken back."))
    back = request.GET.get("back", "")
    return redirect(f"{reverse('desk:triage')}{back if back.startswith('?') else ''}")


def _at(request: HttpRequest) -> int | None:
    typed = request.GET.get("at", "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS):
        raise Http404
    return int(typed)


def _form(request: HttpRequest, actor: Actor, doing: str) -> Form | None:
    forms: dict[str, Callable[[Any], Form]] = {
        ASSIGN: lambda typed: with_today(AssignForm, typed, clock.today()),
        OWED: lambda typed: OwedForm(typed, actor=actor),
    }
    if doing not in forms:
        return None
    form = forms[doing](request.POST or None)
    if request.method == "GET":
        form.visible_fields()[0].field.widget.attrs["autofocus"] = True
    return form


def _is_done(request: HttpRequest, actor: Actor, document: IncomingDocument, doing: str, form: Form | None) -> bool:
    """Do what was asked; a refusal stands in the form, or above the page where there is none."""
    if doing not in _DONE or (form is not None and not form.is_valid()):
        return False
    try:
        _act(actor, document, doing, form)
    except Refusal as refusal:
        if form is None:
            raise
        form.refuse(refusal)
        return False
    undo_url = ""
    if form is None:
        back = "?" + urlencode({**_kept(request), "at": document.pk})
        undo_url = f"{reverse('desk:triage-undo', args=[document.pk])}?{urlencode({'back': back})}"
    toast(request, _DONE[doing].format(n=document.number), undo_url)
    return True


def _act(actor: Actor, document: IncomingDocument, doing: str, form: Form | None) -> None:
    if form is None:
        mark_triaged(actor=actor, document=document, outcome=Outcome(doing))
        return
    given = form.cleaned_data
    to = named(actor, given["unit"].pk, given["officer"]) if given["unit"] else None
    if isinstance(form, OwedForm):
        owe_reply(actor=actor, document=document, due=form.due, to=to)
    else:
        to = to or Assignee()
        assign_document(actor=actor, document=document, to=to, on=given["on"], note=given["note"])


def _kept(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.GET.items() if name not in ("at", "do")}


def _register(here: Standpoint) -> str:
    return f"{reverse('desk:incoming')}?{urlencode(here.address)}"


def _address(here: Standpoint, **more: Any) -> str:
    query = {**here.address, **{name: value for name, value in more.items() if value}}
    return f"{reverse('desk:triage')}?{urlencode(query)}"


def _hrefs(
    here: Standpoint, document: IncomingDocument | None, next_id: int | None, previous_id: int | None
) -> dict[str, Any]:
    if document is None:
        return {"register_href": _register(here)}
    back = "?" + urlencode({**here.address, **({"at": next_id} if next_id else {})})
    turn = reverse("desk:incoming-turn", args=[document.pk])
    return {
        "register_href": _register(here),
        "this_href": _address(here, at=document.pk),
        "assign_href": _address(here, at=document.pk, do=ASSIGN),
        "owed_href": _address(here, at=document.pk, do=OWED),
        "turn_href": f"{turn}?{urlencode({'back': back})}" if access.may(here.actor, "work.assign") else "",
        "next_href": _address(here, at=next_id) if next_id else "",
        "previous_href": _address(here, at=previous_id) if previous_id else "",
        "outcomes": [(one.value, label, key) for (one, label), key in zip(OUTCOMES.items(), "nf", strict=True)],
    }
