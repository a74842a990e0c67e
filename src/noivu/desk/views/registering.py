"""Writing in the register of incoming documents: registering, correcting, cancelling, removing, assigning."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.desk.forms.documents import CorrectForm, DueFields, RegisterForm
from noivu.desk.queries.documents import incoming_chosen, incoming_for
from noivu.exchange.api import due_asked_for
from noivu.office.api import UNDO, AssignForm, ReasonForm, as_it_stands, named, unit_name, with_today, written
from noivu.records.api import (
    Direction,
    IncomingDocument,
    cancel_number,
    correct_document,
    next_number,
    remove_document,
    same_documents,
)
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.forms import Form
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast
from noivu.units.api import tree
from noivu.work import api as services
from noivu.work.api import Assignee

REGISTER_IN = Text(vi="Sổ văn bản đến", en="Incoming documents")
NEW = Text(vi="Vào sổ văn bản đến", en="Register a document")
_TOO_LONG = 19
"""A key of so many digits is none: it does not go into a column of the database."""


def _crumbs(document: IncomingDocument | None = None, here: Text | None = None) -> list[Crumb]:
    crumbs = [Crumb(REGISTER_IN, reverse("desk:incoming"))]
    if document is not None:
        number = Text(vi="Số {n}", en="Number {n}").format(n=document.number)
        crumbs.append(Crumb(number, reverse("desk:incoming-document", args=[document.pk])))
    return [*crumbs, Crumb(here)] if here else crumbs


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A document arrives: its number proposed, a likely double said before it is written."""
    actor = signed_in_actor(request)
    unit = request.GET.get("unit") or actor.unit_code
    form = RegisterForm(request.POST or None, actor=actor, initial={"unit": unit, "arrived_on": clock.today()})
    form.hide_warning()
    form.propose(str(next_number(unit, Direction.IN, clock.today())))
    if request.method == "POST" and form.is_valid():
        document = _register(actor, form)
        if document is not None:
            done = Text(vi="Đã vào sổ số {n}.", en="Registered as number {n}.").format(n=document.number)
            toast(request, done)
            return redirect("desk:incoming-document", document.pk)
    context = {
        "form": form,
        "heading": NEW,
        "action": Text(vi="Vào sổ", en="Register"),
        "cancel_href": reverse("desk:incoming"),
        "crumbs": _crumbs(None, NEW),
    }
    return render(request, "ui/form_page.html", context, status=422 if form.errors else 200)


def _register(actor: Actor, form: RegisterForm) -> IncomingDocument | None:
    data = form.cleaned_data
    same = same_documents(actor, data["unit"].pk, data["symbol"], data["issuer"], data["issued_on"], data["arrived_on"])
    if same and not data.get("is_another"):
        form.warn_of(same)
        return None
    try:
        handler = data["assigned_unit"] or data["unit"]
        to = named(actor, handler.pk, data["assigned_to"], "assigned_to")
        entry = form.entry(to)
        return services.receive(actor=actor, entry=entry, reply_required=data["reply_required"], due=form.due)
    except Refusal as refusal:
        form.refuse(refusal)
        return None


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def correct(request: HttpRequest, document_id: int) -> HttpResponse:
    """The same document, written rightly."""
    document = incoming_for(signed_in_actor(request), document_id, "records.edit")
    form = CorrectForm(request.POST or None, document=document)

    def act(actor: Actor) -> None:
        correct_document(actor=actor, document=document, changes=form.changes, reason=form.cleaned_data["reason"])

    page = _page(document, Text(vi="Sửa văn bản đến", en="Correct a document"), Text(vi="Đã sửa.", en="Corrected."))
    return form_page(request, form, act, page)


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def cancel(request: HttpRequest, document_id: int) -> HttpResponse:
    """The number stays, the document does not count."""
    document = incoming_for(signed_in_actor(request), document_id, "records.edit")
    form = ReasonForm(request.POST or None)

    def act(actor: Actor) -> None:
        cancel_number(actor=actor, document=document, reason=form.cleaned_data["reason"])

    page = _page(
        document,
        Text(vi="Hủy số văn bản đến", en="Cancel the number"),
        Text(vi="Đã hủy số.", en="Number cancelled."),
        Text(
            vi="Số vẫn ở trong sổ với lý do hủy và không được tính là văn bản.",
            en="The number stays in the register with the reason, and counts as no document.",
        ),
    )
    return form_page(request, form, act, page)


@require_http_methods(["GET", "POST"])
@guarded("records.remove")
def remove(request: HttpRequest, document_id: int) -> HttpResponse:
    """An entry made by mistake leaves the register; the log keeps it."""
    document = incoming_for(signed_in_actor(request), document_id, "records.remove")
    form = ReasonForm(request.POST or None)

    def act(actor: Actor) -> str:
        remove_document(actor=actor, document=document, reason=form.cleaned_data["reason"])
        return reverse("desk:incoming")

    page = _page(
        document,
        Text(vi="Gỡ văn bản vào sổ nhầm", en="Remove a mistaken registration"),
        Text(vi="Đã gỡ văn bản vào sổ nhầm.", en="Mistaken registration removed."),
        Text(
            vi="Văn bản rời sổ, nghĩa vụ trả lời cũng thôi tính. Nhật ký giữ lại nội dung cũ.",
            en="The document leaves the register, and no reply is owed any more. The log keeps what was there.",
        ),
    )
    return form_page(request, form, act, page)


@require_http_methods(["GET", "POST"])
@guarded("work.edit")
def require_reply(request: HttpRequest, document_id: int) -> HttpResponse:
    """A reply turns out to be owed."""
    document = incoming_for(signed_in_actor(request), document_id, "work.edit")
    known = {"due_on": due_asked_for(document)}
    form = DueFields(request.POST or None, actor=signed_in_actor(request), initial=known)

    def act(actor: Actor) -> None:
        services.require_reply(actor=actor, document=document, due=form.due)

    page = _page(
        document,
        Text(vi="Văn bản phải trả lời", en="A reply is required"),
        Text(vi="Đã ghi là phải trả lời.", en="Reply required."),
    )
    return form_page(request, form, act, page)


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def assign(request: HttpRequest, document_id: int) -> HttpResponse:
    """A document without reply is given to a unit and an officer."""
    document = incoming_for(signed_in_actor(request), document_id, "records.edit")
    known = {"unit": document.assigned_unit, "officer": written(document.assigned_to, document.assigned_officer)}
    form = with_today(AssignForm, request.POST or None, clock.today(), **known)

    def act(actor: Actor) -> None:
        services.assign_document(actor=actor, document=document, **_assignment(actor, form, as_it_stands(document)))

    page = _page(document, Text(vi="Phân công", en="Assign"), Text(vi="Đã phân công.", en="Assigned."))
    return form_page(request, form, act, page)


@require_http_methods(["GET", "POST"])
@guarded("records.view")
def undo(request: HttpRequest, document_id: int) -> HttpResponse:
    """A document goes back to whoever had it until today."""
    document = incoming_for(signed_in_actor(request), document_id, "records.view")
    form = ReasonForm(request.POST or None)

    def act(actor: Actor) -> None:
        services.undo_document(actor=actor, document=document, reason=form.cleaned_data["reason"])

    return form_page(request, form, act, _page(document, UNDO.label, UNDO.done))


def _assignment(actor: Actor, form: Form, stands: Assignee | None = None) -> dict[str, Any]:
    data = form.cleaned_data
    to = named(actor, data["unit"].pk, data["officer"], stands=stands)
    return {"to": to, "on": data["on"], "note": data["note"]}


@require_http_methods(["GET", "POST"])
@guarded("work.assign")
def assign_chosen(request: HttpRequest) -> HttpResponse:
    """The chosen documents are given to one unit and officer; then the register is as it was left."""
    actor = signed_in_actor(request)
    asked = request.POST if request.method == "POST" else request.GET
    keys = [int(key) for key in asked.getlist("row") if key.isascii() and key.isdecimal() and len(key) < _TOO_LONG]
    documents = incoming_chosen(actor, keys, "work.assign")
    back = asked.get("back", "")
    there = reverse("desk:incoming") + (back if back.startswith("?") else "")
    form = with_today(AssignForm, request.POST or None, clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            number = services.assign_documents(actor=actor, documents=documents, **_assignment(actor, form))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            unit = unit_name(tree(form.cleaned_data["on"]), form.cleaned_data["unit"].pk)
            toast(
                request,
                Text(
                    vi="Đã phân công {n} văn bản cho {unit}.",
                    en="{n} document assigned to {unit}.||{n} documents assigned to {unit}.",
                ).format(n=number, unit=unit),
            )
            return redirect(there)
    heading = Text(vi="Phân công văn bản", en="Assign documents")
    context = {
        "form": form,
        "documents": documents,
        "heading": heading,
        "action": Text(vi="Phân công", en="Assign"),
        "back": back,
        "cancel_href": there,
        "crumbs": _crumbs(None, heading),
    }
    return render(request, "desk/assign_chosen.html", context, status=422 if form.errors else 200)


def _page(document: IncomingDocument, heading: Text, done: Text, effect: Text | None = None) -> FormPage:
    back = reverse("desk:incoming-document", args=[document.pk])
    number = Text(vi="số {n}", en="number {n}").format(n=document.number)
    subject = " · ".join(part for part in (str(number), document.symbol, document.issuer, document.summary) if part)
    return FormPage(heading, done, back, _crumbs(document), effect, subject=subject)
