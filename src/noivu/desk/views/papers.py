"""Copies of documents, the postal register, uses of kept copies: lists, lines, exports, and writing in them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from noivu.audit.api import history as history_of
from noivu.audit.api import told_to
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.wording import Text, both
from noivu.desk.books import BOOKS, Book, made_from, posted_symbols
from noivu.desk.forms.papers import CopyForm, PostingForm, ReturnForm, UseForm
from noivu.desk.queries.papers import document_with_papers, last_issuer, paper_for, papers_of, papers_page, recopies_of
from noivu.desk.tables import BOOK_REGISTERS
from noivu.figures.api import standpoint
from noivu.office.api import ReasonForm
from noivu.records.api import (
    COPY_KINDS,
    REGISTERS,
    CopyKind,
    Direction,
    DocumentCopy,
    IncomingDocument,
    KeptCopyUse,
    Posting,
    cancel_copy,
    document_address,
    lend_kept_copy,
    record_posting,
    register_copy,
    return_kept_copy,
    take_out_line,
)
from noivu.sheets.api import table_file
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.forms import Form
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.tables import Empty

COPIES, POSTINGS, KEPT = BOOKS["copies"], BOOKS["postings"], BOOKS["kept"]
_REGISTERS = {
    Direction.IN: Crumb(Text(vi="Sổ văn bản đến", en="Incoming documents"), REGISTERS[Direction.IN]),
    Direction.OUT: Crumb(Text(vi="Sổ văn bản đi", en="Outgoing documents"), REGISTERS[Direction.OUT]),
}
Pair = tuple[Text, object, str]
"""Something that is said of a line: its label, its words, and the page that they open."""


def _book(code: str) -> Book:
    if code not in BOOKS:
        raise Http404
    return BOOKS[code]


@require_GET
@guarded("records.view")
def book(request: HttpRequest, code: str) -> HttpResponse:
    """The register of a unit, of the days of a period."""
    wanted, here = _book(code), standpoint(request, "records.view")
    declared = BOOK_REGISTERS[code]
    state = declared.state(request.GET)
    address = urlencode(here.address)
    context = {
        "here": here,
        "as_of": here.as_of,
        "book": wanted,
        "register": declared.shown(request, state, papers_page(wanted, here, state), empty=_nothing(address)),
        "export_href": f"{reverse('desk:book-export', args=[code])}?{address}",
        "others": [(f"{reverse('desk:book', args=[one.code])}?{address}", one.heading) for one in BOOKS.values()],
        "crumbs": [Crumb(both(here.unit.name)), _REGISTERS[Direction.OUT]],
    }
    return render(request, "desk/book.html", context)


def _nothing(address: str) -> Empty:
    return Empty(
        Text(vi="Sổ chưa có dòng nào trong kỳ này", en="The register has no line in this period"),
        Text(vi="Dòng mới được ghi từ trang của văn bản.", en="A line is written from the page of a document."),
        f"{REGISTERS[Direction.OUT]}?{address}",
        Text(vi="Mở sổ văn bản đi", en="Open the outgoing documents"),
    )


@require_GET
@guarded("records.view")
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """The register in the columns of the decree."""
    wanted, here = _book(code), standpoint(request, "records.view")
    name = f"{wanted.file_name}-{here.unit.code}-{here.period.code}.xlsx"
    return table_file(name, lambda stream: wanted.write(here, stream))


@require_GET
@guarded("records.view")
def line(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """One line of a register."""
    wanted, actor = _book(code), signed_in_actor(request)
    found = paper_for(actor, wanted, key)
    is_copy = isinstance(found, DocumentCopy)
    context = {
        "book": wanted,
        "line": found,
        "name": _name(found),
        "pairs": [(label, said, href) for label, said, href in _said(found) if said not in ("", None)],
        "recopies": recopies_of(found) if is_copy else (),
        "may_edit": access.may(actor, "records.edit", found) and not (is_copy and found.cancelled),
        "may_recopy": is_copy and found.kind == CopyKind.CERTIFIED,
        "may_return": isinstance(found, KeptCopyUse) and found.returned_on is None,
        "history_href": reverse("desk:book-history", args=[code, key]),
        "crumbs": [*_crumbs(wanted), Crumb(both(_name(found)))],
    }
    return render(request, "desk/book_line.html", context)


def _crumbs(wanted: Book) -> list[Crumb]:
    return [_REGISTERS[Direction.OUT], Crumb(wanted.heading, reverse("desk:book", args=[wanted.code]))]


def _name(found: Any) -> str:
    return str(found.symbol if isinstance(found, DocumentCopy) else found.document.symbol)


def _said(found: DocumentCopy | Posting | KeptCopyUse) -> list[Pair]:
    document = found.document
    direction = Direction.IN if isinstance(document, IncomingDocument) else Direction.OUT
    here = document_address(direction, document.pk) if document.is_current else ""
    note = (Text(vi="Ghi chú", en="Note"), found.note, "")
    if isinstance(found, DocumentCopy):
        of = found.copied_from
        return [
            (Text(vi="Hình thức sao", en="Kind of copy"), found.kind_label, ""),
            (Text(vi="Sao từ", en="Copied from"), made_from(found), here),
            (COPY_KINDS[CopyKind.CERTIFIED], of, reverse("desk:book-line", args=[COPIES.code, of.pk]) if of else ""),
            (Text(vi="Phần trích sao", en="Part extracted"), found.extract, ""),
            (Text(vi="Ngày sao", en="Copied on"), format_day(found.copied_on), ""),
            (Text(vi="Người ký", en="Signer"), found.signer, ""),
            (Text(vi="Nơi nhận", en="Recipients"), found.recipients, ""),
            (Text(vi="Số lượng bản", en="Copies"), found.copies, ""),
            note,
        ]
    if isinstance(found, Posting):
        return [
            (Text(vi="Văn bản", en="Document"), posted_symbols(found), here),
            (Text(vi="Ngày chuyển", en="Posted on"), format_day(found.posted_on), ""),
            (Text(vi="Nơi nhận", en="Recipient"), found.recipient, ""),
            (Text(vi="Số lượng bì", en="Envelopes"), found.envelopes, ""),
            note,
        ]
    return [
        (Text(vi="Văn bản", en="Document"), document.symbol, here),
        (Text(vi="Người sử dụng", en="User"), found.user_name, ""),
        (Text(vi="Ngày sử dụng", en="Used on"), format_day(found.used_on), ""),
        (Text(vi="Ngày trả", en="Returned on"), format_day(found.returned_on) if found.returned_on else "", ""),
        (Text(vi="Người cho phép", en="Allowed by"), found.allowed_by, ""),
        (Text(vi="Số và ký hiệu hồ sơ", en="File symbol"), found.file_symbol, ""),
        note,
    ]


@require_GET
@guarded("records.view")
def history(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """What was done to a line, by whom."""
    wanted, actor = _book(code), signed_in_actor(request)
    found = paper_for(actor, wanted, key)
    template = "records/history_lines.html" if request.headers.get("HX-Request") else "records/history_page.html"
    crumbs = [*_crumbs(wanted), Crumb(both(_name(found)), reverse("desk:book-line", args=[code, key]))]
    return render(request, template, {"lines": told_to(actor, history_of(found), found), "crumbs": crumbs})


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def remove(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """The number of a copy is cancelled and keeps its place; any other line written by mistake leaves its register."""
    wanted = _book(code)
    found = paper_for(signed_in_actor(request), wanted, key, "records.edit")
    form = ReasonForm(request.POST or None)
    is_copy = wanted is COPIES

    def act(actor: Actor) -> str | None:
        reason = form.cleaned_data["reason"]
        if is_copy:
            cancel_copy(actor=actor, copy=found, reason=reason)
            return None
        take_out_line(actor=actor, line=found, reason=reason)
        return reverse("desk:book", args=[code])

    heading = Text(vi="Hủy số bản sao", en="Cancel the number") if is_copy else Text(vi="Gỡ dòng ghi nhầm", en="Remove")
    done = Text(vi="Đã hủy số.", en="Number cancelled.") if is_copy else Text(vi="Đã gỡ.", en="Removed.")
    return form_page(request, form, act, _page(wanted, key, _name(found), heading, done))


def _page(wanted: Book, key: int, name: str, heading: Text, done: Text) -> FormPage:
    back = reverse("desk:book-line", args=[wanted.code, key])
    return FormPage(heading, done, back, [*_crumbs(wanted), Crumb(both(name), back)], subject=name)


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def give_back(request: HttpRequest, key: int) -> HttpResponse:
    """A kept copy came back."""
    use = paper_for(signed_in_actor(request), KEPT, key, "records.edit")
    form = ReturnForm(request.POST or None, initial={"on": clock.today()})

    def act(actor: Actor) -> None:
        return_kept_copy(actor=actor, use=use, on=form.cleaned_data["on"])

    heading, done = Text(vi="Trả bản lưu", en="Return"), Text(vi="Đã ghi ngày trả.", en="Return recorded.")
    return form_page(request, form, act, _page(KEPT, key, f"{_name(use)} · {use.user_name}", heading, done))


@require_GET
@guarded("records.view")
def of_document(request: HttpRequest, direction: str, document_id: int) -> HttpResponse:
    """What became of a document on paper; fetched into its page, or a page of its own without a script."""
    actor = signed_in_actor(request)
    found = document_with_papers(actor, direction, document_id)
    context = {
        "document": found,
        "direction": direction,
        "papers": papers_of(found),
        "may_open": access.may(actor, "records.view", access.OfUnit(found.unit_id)),
        "may_edit": access.may(actor, "records.edit", found) and not found.cancelled,
        "crumbs": _to_document(direction, found),
    }
    template = "desk/papers_lines.html" if request.headers.get("HX-Request") else "desk/papers_page.html"
    return render(request, template, context)


def _to_document(direction: str, document: Any) -> list[Crumb]:
    side = Direction(direction)
    return [_REGISTERS[side], Crumb(both(str(document)), document_address(side, document.pk))]


def _copy_form(request: HttpRequest, kind: CopyKind, unit_id: int) -> CopyForm:
    known = {"copied_on": clock.today(), "kind": kind.value, "issuer": last_issuer(unit_id)}
    return CopyForm(request.POST or None, initial=known)


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def copy(request: HttpRequest, direction: str, document_id: int) -> HttpResponse:
    """A copy is made of a document."""
    document = document_with_papers(signed_in_actor(request), direction, document_id, "records.edit")
    form = _copy_form(request, CopyKind.CERTIFIED, document.unit_id)
    return _copied(request, form, document, _of(direction, document, Text(vi="Sao văn bản", en="Copy")))


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def recopy(request: HttpRequest, key: int) -> HttpResponse:
    """A sao lục is made of a sao y."""
    source = paper_for(signed_in_actor(request), COPIES, key, "records.edit")
    form = _copy_form(request, CopyKind.RECOPY, source.unit_id)
    page = _page(COPIES, key, source.symbol, COPY_KINDS[CopyKind.RECOPY], _COPIED)
    return _copied(request, form, source, page)


_COPIED = Text(vi="Đã ghi bản sao vào sổ.", en="Copy registered.")


def _copied(request: HttpRequest, form: CopyForm, source: Any, page: FormPage) -> HttpResponse:
    def act(actor: Actor) -> str:
        made = register_copy(actor=actor, source=source, entry=form.entry())
        return reverse("desk:book-line", args=[COPIES.code, made.pk])

    return form_page(request, form, act, page)


def _of(direction: str, document: Any, heading: Text, done: Text = _COPIED) -> FormPage:
    back = document_address(Direction(direction), document.pk)
    return FormPage(heading, done, back, _to_document(direction, document), subject=f"{document} · {document.summary}")


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def post(request: HttpRequest, document_id: int) -> HttpResponse:
    """A document goes by post."""
    document = document_with_papers(signed_in_actor(request), Direction.OUT, document_id, "records.edit")
    known = {"posted_on": clock.today(), "recipient": document.recipients, "envelopes": 1}
    form = PostingForm(request.POST or None, initial=known)
    heading = Text(vi="Gửi văn bản đi bưu điện", en="Send by post")
    done = Text(vi="Đã ghi sổ gửi bưu điện.", en="Posting recorded.")
    return _written(request, form, lambda actor: record_posting(actor=actor, document=document, entry=form.entry()),
                    POSTINGS, _of(Direction.OUT, document, heading, done))  # fmt: skip


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def lend(request: HttpRequest, document_id: int) -> HttpResponse:
    """The kept copy of a document is used."""
    document = document_with_papers(signed_in_actor(request), Direction.OUT, document_id, "records.edit")
    form = UseForm(request.POST or None, initial={"used_on": clock.today()})
    heading = Text(vi="Sử dụng bản lưu", en="Use of the kept copy")
    done = Text(vi="Đã ghi sổ sử dụng bản lưu.", en="Use recorded.")
    return _written(request, form, lambda actor: lend_kept_copy(actor=actor, document=document, entry=form.entry()),
                    KEPT, _of(Direction.OUT, document, heading, done))  # fmt: skip


def _written(
    request: HttpRequest, form: Form, write: Callable[[Actor], Any], wanted: Book, page: FormPage
) -> HttpResponse:
    def act(actor: Actor) -> str:
        return reverse("desk:book-line", args=[wanted.code, write(actor).pk])

    return form_page(request, form, act, page)
