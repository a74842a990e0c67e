"""The register of outgoing documents: the list, one document, the forms, the export."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from noivu.audit.api import history as history_of
from noivu.audit.api import told_to
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.api import standpoint
from noivu.records.addresses import REGISTERS
from noivu.records.constants import Direction
from noivu.records.exports import write_found
from noivu.records.fields import ReasonForm
from noivu.records.forms import CorrectOutgoingForm, OutgoingForm
from noivu.records.models import OutgoingDocument
from noivu.records.queries import files_of, next_number
from noivu.records.queries.outgoing import (
    counts_by_cut,
    incoming_of_number,
    outgoing_for,
    outgoing_lines,
    outgoing_page,
)
from noivu.records.services import cancel_number, correct_document, register_outgoing, remove_document
from noivu.records.tables import OUTGOING
from noivu.sheets.api import table_file
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.framing import shows_files
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.panels import panels_of

DOCUMENTS = Text(vi="Văn bản", en="Documents")
REGISTER_OUT = Text(vi="Sổ văn bản đi", en="Outgoing documents")
NEW = Text(vi="Vào sổ văn bản đi", en="Register a document")


def _crumbs(document: OutgoingDocument | None = None) -> list[Crumb]:
    crumbs = [Crumb(REGISTER_OUT, reverse("records:outgoing"))]
    if document is not None:
        symbol = Text(vi=document.symbol, en=document.symbol)
        crumbs.append(Crumb(symbol, reverse("records:outgoing-document", args=[document.pk])))
    return crumbs


@require_GET
@guarded("records.view")
def register(request: HttpRequest) -> HttpResponse:
    """The register of a unit in a period."""
    here = standpoint(request, "records.view")
    state = OUTGOING.state(request.GET)
    page = outgoing_page(here, state, OUTGOING.page_size)
    context = {
        "here": here,
        "register": OUTGOING.shown(request, state, page, counts=counts_by_cut(here)),
        "as_of": here.as_of,
        "crumbs": [Crumb(Text(here.unit.name, here.unit.name)), Crumb(DOCUMENTS)],
        "may_edit": access.may(here.actor, "records.edit"),
        "new_href": f"{reverse('records:outgoing-new')}?{urlencode({'unit': here.unit.code})}",
        "incoming_href": f"{REGISTERS[Direction.IN]}?{urlencode(here.address)}",
        "address": urlencode(here.address),
    }
    return render(request, "records/outgoing.html", context)


@require_GET
@guarded("records.view")
def export(request: HttpRequest) -> HttpResponseBase:
    """What is found, under the heads of the register, each row with the unit of its register."""
    here = standpoint(request, "records.view")
    state = OUTGOING.state(request.GET)
    name = f"danh-sach-van-ban-di-{here.unit.code}-{here.period.code}.xlsx"
    return table_file(name, lambda stream: write_found(here, outgoing_lines(here, state), stream))


@require_GET
@guarded("records.view")
def opened(request: HttpRequest, document_id: int) -> HttpResponse:
    """A row opened in place."""
    return render(request, "records/outgoing_opened.html", _context(request, document_id))


@require_GET
@shows_files
@guarded("records.view")
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """The page of a document."""
    context = _context(request, document_id)
    context["crumbs"] = _crumbs(context["document"])
    context["attach_href"] = reverse("records:attach", args=[Direction.OUT.value, document_id])
    context["history_href"] = reverse("records:outgoing-history", args=[document_id])
    context["panels"] = panels_of("records.outgoing", request, context["document"])
    return render(request, "records/outgoing_document.html", context)


def _context(request: HttpRequest, document_id: int) -> dict[str, Any]:
    actor = signed_in_actor(request)
    found = outgoing_for(actor, document_id)
    answered = found.in_reply_to
    return {
        "document": found,
        "answered": answered if answered and access.is_open(actor, answered) else None,
        "files": files_of(found),
        "may_edit": access.may(actor, "records.edit", found),
        "may_remove": access.may(actor, "records.remove", found),
    }


@require_GET
@guarded("records.view")
def history(request: HttpRequest, document_id: int) -> HttpResponse:
    """What was done to a document, by whom."""
    actor = signed_in_actor(request)
    found = outgoing_for(actor, document_id)
    answered = found.in_reply_to
    seen = (found, answered) if answered and access.is_open(actor, answered) else (found,)
    template = "records/history_lines.html" if request.headers.get("HX-Request") else "records/history_page.html"
    return render(request, template, {"lines": told_to(actor, history_of(found), *seen), "crumbs": _crumbs(found)})


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A document is issued, under its symbol or the next number."""
    unit = request.GET.get("unit") or signed_in_actor(request).unit_code
    form = OutgoingForm(request.POST or None, initial={"unit": unit, "issued_on": clock.today()})
    form.propose(str(next_number(unit, Direction.OUT, clock.today())))

    def act(actor: Actor) -> str:
        data = form.cleaned_data
        answered = _answered(actor, data["unit"].pk, data)
        issued = register_outgoing(actor=actor, entry=form.entry(answered))
        return reverse("records:outgoing-document", args=[issued.pk])

    done = Text(vi="Đã vào sổ văn bản đi.", en="Registered.")
    return form_page(request, form, act, FormPage(NEW, done, reverse("records:outgoing"), _crumbs()))


def _answered(actor: Actor, unit_id: int, data: Mapping[str, Any]) -> int | None:
    """The incoming document that is answered, named by its number, and by its year where two years have it."""
    number, year, issued_on = data["answers_number"], data["answers_year"], data["issued_on"]
    if number is None:
        return None
    found = incoming_of_number(actor, unit_id, number, issued_on, year)
    if not found:
        years = str(year) if year else f"{issued_on.year - 1}, {issued_on.year}"
        raise Refusal(
            what=Text(vi=f"Sổ văn bản đến năm {years} không có số {number}.", en=f"No number {number} in {years}."),
            do=Text(vi="Kiểm tra số đến, hoặc bỏ trống.", en="Check the number, or leave it empty."),
            where="answers_number",
            code="unknown",
        )
    if len(found) > 1:
        days = ", ".join(format_day(one.arrived_on) for one in found)
        raise Refusal(
            what=Text(
                vi=f"Sổ văn bản đến của hai năm đều có số {number} (đến ngày {days}).",
                en=f"The registers of two years have number {number} (arrived on {days}).",
            ),
            do=Text(vi="Nhập năm của số đến.", en="Enter the year of the number."),
            where="answers_year",
            code="which_year",
        )
    return found[0].pk


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def correct(request: HttpRequest, document_id: int) -> HttpResponse:
    """The same document, written rightly."""
    found = outgoing_for(signed_in_actor(request), document_id, "records.edit")
    answered, actor = found.in_reply_to, signed_in_actor(request)
    is_told = answered is None or access.is_open(actor, answered)
    form = CorrectOutgoingForm(request.POST or None, document=found, tells_answered=is_told)

    def act(actor: Actor) -> None:
        data = form.cleaned_data
        shown = answered.number if answered is not None and is_told else None
        same_year = data["answers_year"] in {None, form.answered_year}
        kept = answered.pk if answered is not None and data["answers_number"] == shown and same_year else None
        wanted = kept or _answered(actor, found.unit_id, data)
        correct_document(actor=actor, document=found, changes=form.changes(wanted), reason=data["reason"])

    heading = Text(vi="Sửa văn bản đi", en="Correct a document")
    return form_page(request, form, act, _page(found, heading, Text(vi="Đã sửa.", en="Corrected.")))


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def cancel(request: HttpRequest, document_id: int) -> HttpResponse:
    """The number stays, the document does not count."""
    found = outgoing_for(signed_in_actor(request), document_id, "records.edit")
    form = ReasonForm(request.POST or None)

    def act(actor: Actor) -> None:
        cancel_number(actor=actor, document=found, reason=form.cleaned_data["reason"])

    effect = Text(
        vi="Số vẫn ở trong sổ với lý do hủy và không được tính là văn bản.",
        en="The number stays in the register with the reason, and counts as no document.",
    )
    heading = Text(vi="Hủy số văn bản đi", en="Cancel the number")
    return form_page(request, form, act, _page(found, heading, Text(vi="Đã hủy số.", en="Cancelled."), effect))


@require_http_methods(["GET", "POST"])
@guarded("records.remove")
def remove(request: HttpRequest, document_id: int) -> HttpResponse:
    """An entry made by mistake leaves the register; the log keeps it."""
    found = outgoing_for(signed_in_actor(request), document_id, "records.remove")
    form = ReasonForm(request.POST or None)

    def act(actor: Actor) -> str:
        remove_document(actor=actor, document=found, reason=form.cleaned_data["reason"])
        return reverse("records:outgoing")

    effect = Text(
        vi="Văn bản rời sổ; nghĩa vụ đã hoàn thành nhờ văn bản này lại phải trả lời.",
        en="The document leaves the register; a reply that it completed is owed again.",
    )
    heading = Text(vi="Gỡ văn bản vào sổ nhầm", en="Remove a mistaken registration")
    done = Text(vi="Đã gỡ văn bản vào sổ nhầm.", en="Mistaken registration removed.")
    return form_page(request, form, act, _page(found, heading, done, effect))


def _page(document: OutgoingDocument, heading: Text, done: Text, effect: Text | None = None) -> FormPage:
    back = reverse("records:outgoing-document", args=[document.pk])
    subject = f"{document.symbol} · {document.summary}"
    return FormPage(heading, done, back, _crumbs(document), effect, subject=subject)
