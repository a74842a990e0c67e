"""The registers of tasks and of recommendations: the page, and the same rows as a workbook."""

from typing import Any

from django.http import FileResponse, HttpRequest

from noivu.core import access
from noivu.core.wording import Text, both
from noivu.figures.api import Standpoint, standpoint
from noivu.matters.api import FAMILIES
from noivu.office.obligation_sheets import write_register
from noivu.office.obligation_tables import drawn
from noivu.office.queries.registers import obligation_page
from noivu.sheets.api import table_file
from noivu.ui.page import AsOf, Crumb
from noivu.ui.tables import Register
from noivu.work.api import kind_of, register_address
from noivu.work.constants import Kind


def register_context(request: HttpRequest, register: Register, kind: str, counted: Text) -> dict[str, Any]:
    """What the page of a register draws."""
    here = standpoint(request, "work.view")
    state = register.state(request.GET)
    asked = obligation_page(here, kind, state)
    shown = drawn(register, state, asked, here.units)
    return {
        "here": here,
        "register": shown.shown(request, state, asked.page, counts=asked.counts),
        "as_of": as_of_line(here, counted),
        "crumbs": path_of(here),
        "may_assign": access.may(here.actor, "work.assign"),
        "may_edit": access.may(here.actor, "work.edit"),
        "kinds": kind_links(),
    }


def register_workbook(request: HttpRequest, register: Register, kind: str, name: str) -> FileResponse:
    """The rows that the address asks for, as XLSX."""
    here = standpoint(request, "work.view")
    state = register.state(request.GET)
    named = f"{name}-{here.unit.code}-{here.period.code}.xlsx"
    return table_file(named, lambda stream: write_register(here, kind, state, stream))


def as_of_line(here: Standpoint, counted: Text) -> AsOf:
    """The line under the title, saying what the period's days are days of."""
    line = here.as_of
    return AsOf(day=line.day, range=line.range, read_at=line.read_at, counted=counted)


def kind_links() -> list[tuple[Text, str]]:
    """The registers of tasks and of every kind that is entered as tasks are."""
    kinds = (Kind.TASK.value, *(family.kind for family in FAMILIES if family.prefix))
    return [(kind_of(kind).plural, register_address(kind)) for kind in kinds]


def path_of(here: Standpoint) -> list[Crumb]:
    """Where the page sits: the units from the top down."""
    return [Crumb(both(node.name)) for node in here.units.path(here.unit.id)]
