"""Registers and their numbers (sổ và số): where a unit's numbers begin and stand, what is missing; a register is opened
with a number of its own where a paper one is continued."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from noivu.core import access
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.api import standpoint
from noivu.records.addresses import REGISTERS
from noivu.records.constants import Direction, Series
from noivu.records.exports import write_book
from noivu.records.forms import OpenRegisterForm
from noivu.records.models import RegisterBook
from noivu.records.queries import book_for, books_of
from noivu.records.services import open_register
from noivu.sheets.api import table_file
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast

HEADING = Text(vi="Sổ và số", en="Registers and numbers")
FILE_NAMES = {Direction.IN: "so-van-ban-den", Direction.OUT: "so-van-ban-di"}
REGISTER_IN = Text(vi="Sổ văn bản đến", en="Incoming documents")


@require_http_methods(["GET", "POST"])
@guarded("records.view")
def registers(request: HttpRequest) -> HttpResponse:
    """The registers of a unit for a year, and the form to open one."""
    here = standpoint(request, "records.view")
    year = here.last_day.year
    form = OpenRegisterForm(request.POST or None, initial={"year": year, "starting_number": 1})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        of_copies = data["direction"] == Series.COPIES
        try:
            open_register(
                actor=here.actor,
                unit_id=here.unit.id,
                direction=Direction.OUT if of_copies else Direction(data["direction"]),
                series=Series.COPIES if of_copies else Series.ORDINARY,
                year=data["year"],
                starting_number=data["starting_number"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            done = Text(vi="Đã mở sổ, bắt đầu từ số {n}.", en="Opened, beginning with number {n}.")
            toast(request, done.format(n=data["starting_number"]))
            return redirect(f"{reverse('records:registers')}?{urlencode({**here.address, 'period': data['year']})}")
    of_year = {**here.address, "period": year, "form": "book"}
    copies = reverse("desk:book-export", args=["copies"])
    context = {
        "here": here,
        "year": year,
        "lines": books_of(here.unit.id, year),
        "tracking_href": f"{REGISTERS[Direction.IN]}export/?{urlencode(of_year)}",
        "address": urlencode(here.address),
        "copies_href": f"{copies}?{urlencode({**here.address, 'period': year})}",
        "form": form,
        "may_open": access.may(here.actor, "records.open", RegisterBook(unit_id=here.unit.id)),
        "action": Text(vi="Mở sổ", en="Open"),
        "crumbs": [Crumb(REGISTER_IN, f"{REGISTERS[Direction.IN]}?{urlencode(here.address)}"), Crumb(HEADING)],
    }
    return render(request, "records/registers.html", context, status=422 if form.errors else 200)


@require_GET
@guarded("records.view")
def export(request: HttpRequest, book_id: int) -> HttpResponseBase:
    """A whole register, as the decree has it."""
    actor = signed_in_actor(request)
    book = book_for(actor, book_id)
    name = f"{FILE_NAMES[Direction(book.direction)]}-{book.year}-{book.pk}.xlsx"
    return table_file(name, lambda stream: write_book(actor, book, stream))
