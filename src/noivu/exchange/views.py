"""Message files on screen: taken in, written, answered."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.exchange.codes import NEW, RECALL, REPLACE, UPDATE
from noivu.exchange.forms import ForwardForm, LetterForm, StatusForm, TakeForm
from noivu.exchange.message import Organ
from noivu.exchange.queries import incoming_for, messages_page, own_code, recall_for, sending_for, sending_named
from noivu.exchange.services import (
    answer_request,
    export_message,
    export_status,
    forward_message,
    import_message,
    refuse_message,
)
from noivu.exchange.services.statuses import statuses_of
from noivu.exchange.tables import MESSAGES
from noivu.exchange.wording import told
from noivu.figures.api import standpoint
from noivu.records.api import (
    REGISTERS,
    Direction,
    Dispatch,
    IncomingDocument,
    ReasonForm,
    RecallForm,
    answer_recall,
    document_address,
)
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.forms import Form
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast

_IN = Crumb(Text(vi="Sổ văn bản đến", en="Incoming documents"), REGISTERS[Direction.IN])
_OUT = Crumb(Text(vi="Sổ văn bản đi", en="Outgoing documents"), REGISTERS[Direction.OUT])
_MESSAGES = Text(vi="Thông điệp liên thông", en="Messages of other agencies")
_WRITTEN = Text(vi="Đã ghi tệp.", en="The file was written.")
_UNCLAIMED = Text(
    vi="Tệp không tự nhận là phù hợp chuẩn: cấu trúc chưa đối chiếu với quy chuẩn.",
    en="The file claims no conformity: its structure is not verified against the standard.",
)
_KINDS = {"new": NEW, "recall": RECALL, "update": UPDATE, "replace": REPLACE}


@require_GET
@guarded("records.view")
def messages(request: HttpRequest) -> HttpResponse:
    """What came by message files, first of all what waits for an answer."""
    here = standpoint(request, "records.view")
    state = MESSAGES.state(request.GET)
    context = {
        "here": here,
        "as_of": here.as_of,
        "register": MESSAGES.shown(request, state, messages_page(here, state)),
        "may_edit": access.may(here.actor, "records.edit", access.OfUnit(here.unit.id)),
        "heading": _MESSAGES,
        "crumbs": [_IN, Crumb(_MESSAGES)],
    }
    return render(request, "exchange/messages.html", context)


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def take(request: HttpRequest) -> HttpResponse:
    """A message file comes in; what became of it is said, and its document opened."""
    form = TakeForm(
        request.POST or None,
        request.FILES or None,
        initial={"arrived_on": clock.today(), "unit": request.GET.get("unit", "")},
    )

    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            taken = import_message(
                actor=signed_in_actor(request),
                unit_id=data["unit"].pk,
                content=data["file"].read(),
                arrived_on=data["arrived_on"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            toast(request, told(taken))
            way = Direction.IN if isinstance(taken.document, IncomingDocument) else Direction.OUT
            return redirect(document_address(way, taken.document.pk))
    heading = Text(vi="Nhận tệp thông điệp", en="Take in a message file")
    effect = Text(
        vi="Văn bản mới vào sổ cùng tệp đính kèm; cập nhật, thay thế vào sổ bên cạnh văn bản đầu; đề nghị thu hồi chờ"
        " trả lời; trạng thái ghi vào lần gửi. Tệp đã nhận thì không đổi gì.",
        en="A new document is registered with its files, an update or a replacement beside the first; a recall waits to"
        " be answered; a status is noted with the sending. A file that came before changes nothing.",
    )
    return form_page(request, form, _nothing_more, FormPage(heading, _WRITTEN, str(_IN.href), [_IN], effect))


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def answer(request: HttpRequest, message_id: int) -> HttpResponse:
    """A recall that came by a message is followed, or refused."""
    message = recall_for(signed_in_actor(request), message_id)
    form = RecallForm(request.POST or None)

    def act(actor: Actor) -> None:
        data = form.cleaned_data
        answer_request(actor=actor, message=message, agrees=data["agrees"] == "yes", reason=data["reason"])

    heading = Text(vi="Trả lời đề nghị thu hồi", en="Answer the recall")
    done = Text(
        vi="Đã trả lời. Ghi tệp trạng thái để báo nơi gửi.", en="Answered. Write the status file for the sender."
    )
    return form_page(request, form, act, _of_incoming(message.document, heading, done))


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def refuse(request: HttpRequest, document_id: int) -> HttpResponse:
    """What came by a message is refused, with the reason."""
    document = incoming_for(signed_in_actor(request), document_id)
    form = ReasonForm(request.POST or None)

    def act(actor: Actor) -> None:
        refuse_message(actor=actor, document=document, reason=form.cleaned_data["reason"])

    heading = Text(vi="Từ chối tiếp nhận", en="Refuse what came")
    done = Text(
        vi="Đã từ chối. Ghi tệp trạng thái để báo nơi gửi.", en="Refused. Write the status file for the sender."
    )
    effect = Text(
        vi="Số đến bị hủy, tệp đính kèm được gỡ; sổ giữ lại văn bản nào đã đến và lý do.",
        en="The number is cancelled, the files are taken away; the register keeps what came, and why.",
    )
    return form_page(request, form, act, _of_incoming(document, heading, done, effect))


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def status(request: HttpRequest, document_id: int) -> HttpResponse:
    """The file that tells the sender how its document stands here."""
    document = incoming_for(signed_in_actor(request), document_id)
    known = statuses_of(document)
    choices = [(one.status, Text(f"{one.status} {one.label.vi}", f"{one.status} {one.label.en}")) for one in known]
    form = StatusForm(request.POST or None, initial={"status": choices[-1][0], "organ_id": own_code(document)})
    form.offer("status", choices)

    def write(actor: Actor) -> bytes:
        data = form.cleaned_data
        return export_status(actor=actor, document=document, organ_id=data["organ_id"], status=data["status"])

    heading = Text(vi="Ghi tệp trạng thái", en="Write the status file")
    page = _of_incoming(document, heading, _WRITTEN, _UNCLAIMED)
    return _file_page(request, form, write, page, f"trang-thai-{document_id}.edxml")


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def forward(request: HttpRequest, document_id: int) -> HttpResponse:
    """The message of a document, for a further organisation."""
    document = incoming_for(signed_in_actor(request), document_id)
    form = ForwardForm(request.POST or None, initial={"organ_id": own_code(document)})

    def write(actor: Actor) -> bytes:
        data = form.cleaned_data
        to = Organ(data["to"], data["to_name"])
        return forward_message(actor=actor, document=document, organ_id=data["organ_id"], to=to)

    heading = Text(vi="Gửi tiếp thông điệp", en="Send the message on")
    page = _of_incoming(document, heading, _WRITTEN, _UNCLAIMED)
    return _file_page(request, form, write, page, f"gui-tiep-{document_id}.edxml")


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def letter(request: HttpRequest, sending_id: int) -> HttpResponse:
    """The message file of a sending."""
    sending = sending_for(signed_in_actor(request), sending_id)
    form = LetterForm(request.POST or None)

    def write(actor: Actor) -> bytes:
        data = form.cleaned_data
        kind = _KINDS[data["kind"]]
        return export_message(
            actor=actor,
            dispatch=sending,
            organ_id=data["organ_id"],
            business_type=kind,
            reason=data["reason"],
            replaced=sending_named(actor, data["replaced"]) if kind == REPLACE else None,
        )

    heading = Text(vi="Ghi tệp thông điệp", en="Write the message file")
    page = _of_sending(sending, heading, _WRITTEN, _UNCLAIMED)
    return _file_page(request, form, write, page, f"gui-{sending_id}.edxml")


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def answered(request: HttpRequest, sending_id: int) -> HttpResponse:
    """What an organisation outside answers to a recall otherwise than by a message file is recorded by hand."""
    sending = sending_for(signed_in_actor(request), sending_id)
    form = RecallForm(request.POST or None)

    def act(actor: Actor) -> None:
        data = form.cleaned_data
        answer_recall(actor=actor, dispatch=sending, agrees=data["agrees"] == "yes", reason=data["reason"])

    heading = Text(vi="Ghi trả lời thu hồi của nơi nhận", en="Record the receiver's answer to the recall")
    return form_page(request, form, act, _of_sending(sending, heading, Text(vi="Đã ghi.", en="Recorded.")))


def _of_sending(sending: Dispatch, heading: Text, done: Text, effect: Text | None = None) -> FormPage:
    document = sending.document
    back = document_address(Direction.OUT, document.pk)
    crumbs = [_OUT, Crumb(Text(vi=document.symbol, en=document.symbol), back)]
    return FormPage(heading, done, back, crumbs, effect, subject=f"{document.symbol} · {sending.to_name}")


def _of_incoming(document: IncomingDocument, heading: Text, done: Text, effect: Text | None = None) -> FormPage:
    back = document_address(Direction.IN, document.pk)
    number = Text(vi="Số {n}", en="Number {n}").format(n=document.number)
    crumbs: Sequence[Crumb] = [_IN, Crumb(number, back)]
    return FormPage(heading, done, back, crumbs, effect, subject=f"{document} · {document.summary}")


def _nothing_more(actor: Actor) -> None:
    """What was sent was acted on already: the form is shown."""


def _file_page(
    request: HttpRequest, form: Form, write: Callable[[Actor], bytes], page: FormPage, name: str
) -> HttpResponse:
    """A form that answers with a file; a refusal stands beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            content = write(signed_in_actor(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            return HttpResponse(content, content_type="application/xml", headers=headers)
    return form_page(request, form, _nothing_more, page)
