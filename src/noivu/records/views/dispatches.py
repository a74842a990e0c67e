"""Sending a document from its page; what waits to be registered; returning and recalling."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from noivu.core import access, clock
from noivu.core.access import OfUnit
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.figures.api import standpoint
from noivu.records.addresses import REGISTERS, document_address
from noivu.records.constants import Direction
from noivu.records.fields import ReasonForm, RecallForm
from noivu.records.forms import ArrivalForm, SendForm
from noivu.records.models import Dispatch, DispatchState
from noivu.records.queries.dispatches import dispatch_for, note_reading, sent_files, waiting_line, waiting_page
from noivu.records.queries.outgoing import outgoing_for
from noivu.records.services import (
    answer_recall,
    recall_document,
    receive_dispatch,
    return_dispatch,
    send_document,
)
from noivu.records.tables import WAITING
from noivu.records.views.files import as_sent, as_shown, one_of
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.framing import shown_in_a_page, shows_files
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb

HEADING = Text(vi="Văn bản chờ vào sổ", en="Documents waiting to be registered")
_IN = Crumb(Text(vi="Sổ văn bản đến", en="Incoming documents"), REGISTERS[Direction.IN])
_OUT = Crumb(Text(vi="Sổ văn bản đi", en="Outgoing documents"), REGISTERS[Direction.OUT])


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def send(request: HttpRequest, document_id: int) -> HttpResponse:
    """A document goes to a unit, or to an organisation outside."""
    document = outgoing_for(signed_in_actor(request), document_id, "records.edit")
    form = SendForm(request.POST or None)

    def act(actor: Actor) -> None:
        data = form.cleaned_data
        to = data["to_unit"].pk if data["to_unit"] else None
        told = {name: data[name] for name in ("to_name", "organ_id", "due_on", "page_amount")}
        send_document(actor=actor, document=document, to_unit_id=to, **told)

    heading, done = Text(vi="Gửi văn bản", en="Send the document"), Text(vi="Đã gửi.", en="Sent.")
    return form_page(request, form, act, _of_document(document_id, str(document), document.summary, heading, done))


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def recall(request: HttpRequest, document_id: int) -> HttpResponse:
    """A document is recalled from all to whom it went."""
    document = outgoing_for(signed_in_actor(request), document_id, "records.edit")
    form = ReasonForm(request.POST or None)

    def act(actor: Actor) -> None:
        recall_document(actor=actor, document=document, reason=form.cleaned_data["reason"])

    heading, done = Text(vi="Thu hồi văn bản", en="Recall the document"), Text(vi="Đã thu hồi.", en="Recalled.")
    effect = Text(
        vi="Nơi chưa vào sổ: thu hồi ngay. Nơi đã vào sổ: hủy bản nhận và báo lại, hoặc từ chối có lý do; cơ quan"
        " ngoài có mã định danh: chờ trả lời. Văn bản đi bị khóa, không sửa được nữa.",
        en="Where it is not registered yet it is recalled at once; elsewhere the copy is destroyed and that is told, or"
        " refused with the reason; an organisation outside that has a code is asked. The document is frozen.",
    )
    page = _of_document(document_id, str(document), document.summary, heading, done, effect)
    return form_page(request, form, act, page)


def _of_document(
    document_id: int, symbol: str, summary: str, heading: Text, done: Text, effect: Text | None = None
) -> FormPage:
    back = document_address(Direction.OUT, document_id)
    crumbs = [_OUT, Crumb(Text(vi=symbol, en=symbol), back)]
    return FormPage(heading, done, back, crumbs, effect, subject=f"{symbol} · {summary}")


@require_GET
@guarded("records.view")
def waiting(request: HttpRequest) -> HttpResponse:
    """What was sent to the units within reach and is not registered yet."""
    here = standpoint(request, "records.view")
    state = WAITING.state(request.GET)
    context = {
        "here": here,
        "as_of": here.as_of,
        "register": WAITING.shown(request, state, waiting_page(here, state)),
        "heading": HEADING,
        "crumbs": [_IN, Crumb(HEADING)],
    }
    return render(request, "records/waiting.html", context)


@require_GET
@shows_files
@guarded("records.view")
def sent(request: HttpRequest, dispatch_id: int) -> HttpResponse:
    """One of them, with its files; that it was opened is told to the sender."""
    actor = signed_in_actor(request)
    dispatch = dispatch_for(actor, dispatch_id)
    note_reading(actor, dispatch)
    context = {
        "dispatch": dispatch,
        "document": dispatch.document,
        "line": waiting_line(dispatch),
        "files": sent_files(dispatch),
        "may_edit": access.may(actor, "records.edit", OfUnit(dispatch.to_unit_id or 0)),
        "is_waiting": dispatch.state == DispatchState.SENT,
        "is_recalled": dispatch.state == DispatchState.RECALL_ASKED,
        "crumbs": [_IN, Crumb(HEADING, reverse("records:waiting")), _crumb(dispatch)],
    }
    return render(request, "records/sent.html", context)


@require_GET
@guarded("records.view")
def sent_file(request: HttpRequest, dispatch_id: int, file_id: int) -> HttpResponseBase:
    """A file of what was sent, for the receiver."""
    dispatch = dispatch_for(signed_in_actor(request), dispatch_id)
    return as_sent(one_of(sent_files(dispatch), file_id))


@require_GET
@shown_in_a_page
@guarded("records.view")
def sent_shown(request: HttpRequest, dispatch_id: int, file_id: int) -> HttpResponseBase:
    """A file of what was sent, shown in its page."""
    dispatch = dispatch_for(signed_in_actor(request), dispatch_id)
    return as_shown(one_of(sent_files(dispatch), file_id))


def _crumb(dispatch: Dispatch) -> Crumb:
    symbol = Text(vi=dispatch.document.symbol, en=dispatch.document.symbol)
    return Crumb(symbol, reverse("records:sent", args=[dispatch.pk]))


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def receive(request: HttpRequest, dispatch_id: int) -> HttpResponse:
    """It is registered under the next number."""
    dispatch = dispatch_for(signed_in_actor(request), dispatch_id, "records.edit")
    form = ArrivalForm(request.POST or None, initial={"arrived_on": clock.today()})

    def act(actor: Actor) -> str:
        document = receive_dispatch(actor=actor, dispatch=dispatch, arrived_on=form.cleaned_data["arrived_on"])
        return document_address(Direction.IN, document.pk)

    done = Text(vi="Đã vào sổ.", en="Registered.")
    return form_page(request, form, act, _of_sending(dispatch, Text(vi="Vào sổ", en="Register"), done))


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def give_back(request: HttpRequest, dispatch_id: int) -> HttpResponse:
    """It goes back to the sender, with the reason."""
    dispatch = dispatch_for(signed_in_actor(request), dispatch_id, "records.edit")
    form = ReasonForm(request.POST or None)

    def act(actor: Actor) -> str:
        return_dispatch(actor=actor, dispatch=dispatch, reason=form.cleaned_data["reason"])
        return reverse("records:waiting")

    done = Text(vi="Đã trả lại nơi gửi.", en="Returned.")
    return form_page(request, form, act, _of_sending(dispatch, Text(vi="Trả lại", en="Return"), done))


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def answer(request: HttpRequest, dispatch_id: int) -> HttpResponse:
    """The recall is followed, or refused."""
    dispatch = dispatch_for(signed_in_actor(request), dispatch_id, "records.edit")
    form = RecallForm(request.POST or None)

    def act(actor: Actor) -> str:
        data = form.cleaned_data
        answer_recall(actor=actor, dispatch=dispatch, agrees=data["agrees"] == "yes", reason=data["reason"])
        return reverse("records:waiting")

    done = Text(vi="Đã trả lời đề nghị thu hồi.", en="Answered.")
    heading = Text(vi="Trả lời đề nghị thu hồi", en="Answer the recall")
    return form_page(request, form, act, _of_sending(dispatch, heading, done))


def _of_sending(dispatch: Dispatch, heading: Text, done: Text) -> FormPage:
    back = reverse("records:sent", args=[dispatch.pk])
    crumbs = [_IN, Crumb(HEADING, reverse("records:waiting")), _crumb(dispatch)]
    subject = f"{dispatch.document.symbol} · {dispatch.document.summary}"
    return FormPage(heading, done, back, crumbs, subject=subject)
