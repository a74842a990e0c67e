"""The register of incoming documents: the list, a row opened in place, the page of a document, the exports."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from noivu.audit.api import history as history_of
from noivu.audit.api import told_to
from noivu.core import access, clock
from noivu.core.dates import format_day
from noivu.core.numbers import format_integer
from noivu.core.wording import Text
from noivu.desk import slips
from noivu.desk.exports import BOOK, FORMS, REGISTER, TRACKING, write_lines, write_tracking
from noivu.desk.queries.arrivals import (
    GIVEN,
    OFF_NETWORK,
    WITH_ALL_DOCUMENTS,
    book_lines,
    counts,
    counts_by_cut,
    incoming_lines,
    incoming_page,
)
from noivu.desk.queries.documents import (
    IncomingDetail,
    helping_units,
    incoming_detail,
    incoming_for,
    reply_obligation,
)
from noivu.desk.tables import incoming_register
from noivu.figures.api import Answer, Standpoint, standpoint
from noivu.office.api import ShownAct, acts_for, tasks_of
from noivu.records.api import Direction, book_in, files_of
from noivu.sheets.api import table_file
from noivu.ui.framing import shows_files
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import AsOf, Crumb
from noivu.ui.panels import panels_of
from noivu.ui.tables import Empty, State
from noivu.work.api import document_to_undo

DOCUMENTS = Text(vi="Văn bản", en="Documents")
REGISTER_IN = Text(vi="Sổ văn bản đến", en="Incoming documents")
ARRIVED = Text(vi="Văn bản đến", en="Documents received")
_NONE_IN_REGISTER = Text(
    vi="Sổ của đơn vị không có văn bản nào ở phần này", en="The unit's register holds none of these"
)
_GIVEN_ELSEWHERE = Text(
    vi="Văn bản ghi ở sổ khác và giao cho đơn vị xử lý nằm ở phần “Được giao từ sổ khác”.",
    en="Documents of other registers that were given to the unit stand in the part “Given from other registers”.",
)
_SEE_GIVEN = Text(vi="Xem văn bản được giao", en="See what was given")


@require_GET
@guarded("records.view")
def register(request: HttpRequest) -> HttpResponse:
    """The register of a unit in a period, with the reply that is owed for each document."""
    here = standpoint(request, "records.view")
    answer = counts(here)
    declared = incoming_register(here, request.GET.get("cut", ""), answer)
    state = declared.state(request.GET)
    numbers = counts_by_cut(answer)
    page = incoming_page(here, state, declared.page_size, numbers.get(state.cut))
    context = {
        "here": here,
        "register": declared.shown(request, state, page, counts=numbers, empty=_empty(here, state)),
        "as_of": _as_of(here, answer),
        "crumbs": [Crumb(Text(here.unit.name, here.unit.name)), Crumb(DOCUMENTS)],
        "may_edit": access.may(here.actor, "records.edit", access.OfUnit(here.unit.id)),
        "new_href": f"{reverse('desk:incoming-new')}?{urlencode({'unit': here.unit.code})}",
        "triage_href": f"{reverse('desk:triage')}?{urlencode(here.address)}",
        "off_network_href": f"{reverse('records:off-network')}?{urlencode(here.address)}",
        "address": urlencode(here.address),
        "is_whole": state.cut in WITH_ALL_DOCUMENTS,
        "other_export_href": _other_export(state),
    }
    return render(request, "desk/incoming.html", context)


def _empty(here: Standpoint, state: State) -> Empty | None:
    """A department often keeps no register: what it was given stands in that of the unit above."""
    if state.is_narrowed or state.cut == GIVEN or here.unit.superior_id is None:
        return None
    return Empty(_NONE_IN_REGISTER, _GIVEN_ELSEWHERE, state.address(cut=GIVEN), _SEE_GIVEN)


def _as_of(here: Standpoint, answer: Answer) -> AsOf:
    plain = here.as_of
    declared = answer.values[OFF_NETWORK]
    beside = Text(
        vi="Ngoài mạng, số khai: {n}, không cộng vào sổ",
        en="Off the network, declared: {n}",
    ).format(n=Text(vi=format_integer(declared, "vi"), en=format_integer(declared, "en")))
    return AsOf(plain.day, plain.range, plain.read_at, ARRIVED, (beside,) if declared else ())


def _other_export(state: State) -> str:
    form = TRACKING if state.cut in WITH_ALL_DOCUMENTS else REGISTER
    return reverse("desk:incoming-export") + state.address(form=form)


@require_GET
@guarded("records.view")
def export(request: HttpRequest) -> HttpResponseBase:
    """What is found, under the heads of the register or of that of settlement; or the latter of a whole year."""
    here = standpoint(request, "records.view")
    if request.GET.get("form") == BOOK:
        book = get_object_or_404(book_in(here.unit.id, here.last_day.year))
        name = f"so-theo-doi-giai-quyet-{here.unit.code}-{book.year}.xlsx"
        return table_file(name, lambda stream: write_tracking(book, book_lines(here, book), stream))
    declared = incoming_register(here, request.GET.get("cut", ""))
    state = declared.state(request.GET)
    form = request.GET.get("form") or (REGISTER if state.cut in WITH_ALL_DOCUMENTS else TRACKING)
    if form not in FORMS:
        raise Http404
    name = f"{FORMS[form].file_name}-{here.unit.code}-{here.period.code}.xlsx"
    return table_file(name, lambda stream: write_lines(form, here, incoming_lines(here, state), stream))


@require_GET
@guarded("records.view")
def opened(request: HttpRequest, document_id: int) -> HttpResponse:
    """A row of the register opened in place."""
    return render(request, "desk/incoming_opened.html", _detail_context(request, document_id))


@require_GET
@shows_files
@guarded("records.view")
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """The page of a document."""
    context = _detail_context(request, document_id)
    detail: IncomingDetail = context["detail"]
    href = f"{reverse('desk:incoming')}?{urlencode({'unit': detail.unit_code})}"
    may_open = access.may(signed_in_actor(request), "records.view", access.OfUnit(detail.document.unit_id))
    context["crumbs"] = [
        Crumb(Text(detail.unit, detail.unit)),
        Crumb(REGISTER_IN, href if may_open else ""),
        Crumb(Text(vi="Số {n}", en="Number {n}").format(n=detail.document.number)),
    ]
    context["as_of"] = AsOf(
        day=detail.day,
        notes=(
            Text(vi="Sổ của {unit}", en="Register of {unit}").format(unit=detail.unit),
            Text(vi="Đến ngày {day}", en="Arrived on {day}").format(day=format_day(detail.document.arrived_on)),
        ),
    )
    context["attach_href"] = reverse("records:attach", args=[Direction.IN.value, document_id])
    context["slip_forms"] = list(slips.FORMS.values())
    context["tasks"] = tasks_of(signed_in_actor(request), document_id, detail.day)
    if access.may(signed_in_actor(request), "work.assign"):
        context["turn_href"] = reverse("desk:incoming-turn", args=[document_id])
    context["panels"] = panels_of("records.incoming", request, detail.document)
    context["history_href"] = reverse("desk:incoming-history", args=[document_id])
    return render(request, "desk/incoming_document.html", context)


@require_GET
@guarded("records.view")
def slip(request: HttpRequest, document_id: int, form: str) -> HttpResponse:
    """The settlement slip of a document, to print and write on."""
    if form not in slips.FORMS:
        raise Http404
    detail = incoming_detail(signed_in_actor(request), document_id, _day(request))
    if detail.document.cancelled:
        raise Http404
    content = slips.FORMS[form].make(slips.slip_of(detail, helping_units(detail)))
    headers = {"Content-Disposition": f'attachment; filename="{slips.file_name(detail, form)}"'}
    return HttpResponse(content, content_type=slips.FORMS[form].media_type, headers=headers)


@require_GET
@guarded("records.view")
def helping(request: HttpRequest, document_id: int) -> HttpResponse:
    """The units that co-operate in the reply; fetched into the page, or a page of its own without a script."""
    detail = incoming_detail(signed_in_actor(request), document_id, _day(request))
    number = Text(vi="Số {n}", en="Number {n}").format(n=detail.document.number)
    crumbs = [
        Crumb(REGISTER_IN, reverse("desk:incoming")),
        Crumb(number, reverse("desk:incoming-document", args=[document_id])),
    ]
    template = "desk/helping_lines.html" if request.headers.get("HX-Request") else "desk/helping_page.html"
    return render(request, template, {"helping": helping_units(detail), "crumbs": crumbs})


@require_GET
@guarded("records.view")
def history(request: HttpRequest, document_id: int) -> HttpResponse:
    """What was done to a document and to the reply that is owed for it, by whom."""
    actor = signed_in_actor(request)
    found = incoming_for(actor, document_id, "records.view")
    owed = reply_obligation(actor, found)
    template = "records/history_lines.html" if request.headers.get("HX-Request") else "records/history_page.html"
    number = Text(vi="Số {n}", en="Number {n}").format(n=found.number)
    crumbs = [
        Crumb(REGISTER_IN, reverse("desk:incoming")),
        Crumb(number, reverse("desk:incoming-document", args=[found.pk])),
    ]
    things = (found, owed) if owed else (found,)
    lines = told_to(actor, history_of(*things), *things)
    return render(request, template, {"lines": lines, "crumbs": crumbs})


def _detail_context(request: HttpRequest, document_id: int) -> dict[str, Any]:
    actor = signed_in_actor(request)
    detail = incoming_detail(actor, document_id, _day(request))
    may_edit = access.may(actor, "records.edit", detail.document)
    may_give = may_edit or access.may(actor, "records.hand_on", detail.document)
    return {
        "detail": detail,
        "files": files_of(detail.document),
        "acts": _acts(request, detail),
        "may_edit": may_edit,
        "may_remove": access.may(actor, "records.remove", detail.document),
        "may_undo": detail.obligation is None and may_give and document_to_undo(detail.document) is not None,
    }


def _acts(request: HttpRequest, detail: IncomingDetail) -> list[ShownAct]:
    if detail.obligation is None or detail.status_now is None:
        return []
    return acts_for(signed_in_actor(request), detail.obligation, detail.status_now, detail.events)


def _day(request: HttpRequest) -> date:
    asked = request.GET.get("day", "")
    try:
        return date.fromisoformat(asked) if asked else clock.today()
    except ValueError as wrong:
        raise Http404 from wrong
