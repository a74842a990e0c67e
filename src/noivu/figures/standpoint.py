"""From where a page looks: which unit, which period, by which rule. One reading of the address for all pages."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day, parse_date
from noivu.core.periods import CALENDAR, Period, Window
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.carriage import carried_between
from noivu.figures.policies import may_see_figures_of
from noivu.figures.questions import Question
from noivu.law.api import window_codes, window_label, window_of, windows_of
from noivu.ui.guards import signed_in_actor
from noivu.ui.page import AsOf
from noivu.ui.pickers import PeriodPicker, UnitPicker, period_picker, unit_picker
from noivu.units.api import Node, Tree, find_node, tree

DAYS_OF_LOOKING_BACK = 10
"""In the first days of a month its predecessor is still being summed up: it is the one shown."""


@dataclass(frozen=True)
class Standpoint:
    """Góc nhìn of a page: the unit as it is on the last day of the period, the period, the window."""

    request: HttpRequest
    actor: Actor
    unit: Node
    units: Tree
    period: Period
    window: Window
    kinds: tuple[str, ...]
    as_of_day: date | None = None
    structure: date | None = None

    @property
    def last_day(self) -> date:
        return self.period.last_day(self.window)

    @property
    def unit_day(self) -> date:
        """The day whose units the page shows."""
        return self.structure or self.last_day

    def question(self, indicators: tuple[str, ...] | None = None, period: Period | None = None) -> Question:
        """A question asked from here (of another period when one is given)."""
        return Question(
            self.unit.id,
            period or self.period,
            self.window,
            self.as_of_day,
            indicators=indicators,
            structure=self.structure,
        )

    @property
    def kept(self) -> dict[str, str]:
        """The parameters of the page but the structure, for the form that names one."""
        return {name: value for name, value in self.address.items() if name != "structure"}

    @property
    def own_query(self) -> str:
        """The same page in the units of the period itself; a unit that is none of these is left to the reader."""
        own = self.unit.id in tree(self.last_day)
        return urlencode({name: value for name, value in self.kept.items() if own or name != "unit"})

    @property
    def period_picker(self) -> PeriodPicker:
        return pick_period(self.request, self.period, self.window, self.kinds)

    @property
    def unit_picker(self) -> UnitPicker:
        return unit_picker(self.request, self.unit.short_name, self.unit.code, self.unit_day, reverse("units:picker"))

    @property
    def as_of(self) -> AsOf:
        """The line under the title."""
        reading = self.question().reading
        return AsOf(day=reading.as_of, range=reading.range, read_at=clock.now(), notes=structure_notes(self.structure))

    @property
    def address(self) -> dict[str, str]:
        """The parameters that lead another page to the same standpoint."""
        named = {"unit": self.unit.code, "period": self.period.code}
        if self.window != CALENDAR:
            named["window"] = self.window.code
        if self.as_of_day is not None:
            named["as_of"] = self.as_of_day.isoformat()
        if self.structure is not None:
            named["structure"] = self.structure.isoformat()
        return named


ALL_KINDS = ("month", "quarter", "half", "nine", "year")


def standpoint(
    request: HttpRequest,
    verb: str,
    *,
    kinds: tuple[str, ...] = ALL_KINDS,
    any_structure: bool = False,
    only_figures: bool = False,
) -> Standpoint:
    """The standpoint that the address names, or the widest unit the reader looks at and the latest month.

    `any_structure`: the page can read its period in the units of another day, which the address may name.
    `only_figures`: it shows what is counted and no record beyond its reader's reach, so who sees the whole nation may
    look at any province.

    A unit that the reader may not look at, or that does not exist on the last day of the period, answers 404.
    """
    actor = signed_in_actor(request)
    period = period_of(request)
    rule = window_in(request, period)
    structure = day_in(request, "structure") if any_structure else None
    units = tree(structure or period.last_day(rule))
    unit = _went_to(request, period.last_day(rule), structure) if structure else None
    unit = unit or _unit(request, actor, units, verb)
    if not (access.may(actor, verb, access.OfUnit(unit.id)) or (only_figures and may_see_figures_of(actor, unit))):
        raise Http404
    return Standpoint(request, actor, unit, units, period, rule, kinds, day_in(request, "as_of"), structure)


def pick_period(request: HttpRequest, period: Period, window: Window, kinds: tuple[str, ...]) -> PeriodPicker:
    """The picker of a page's period, with the rules that held then."""
    windows = [(one, window_label(one.code)) for one in windows_of(period)]
    return period_picker(request, period, window=window, windows=windows, kinds=kinds)


def structure_notes(structure: date | None) -> tuple[Text, ...]:
    """What the line under the title says of the structure in which a period is read."""
    if structure is None:
        return ()
    day = format_day(structure)
    return (Text(vi=f"theo đơn vị ngày {day}", en=f"in the units of {day}"),)


def latest_period(today: date) -> Period:
    """The month that is shown when none is asked for."""
    day = today - timedelta(days=today.day) if today.day <= DAYS_OF_LOOKING_BACK else today
    return Period.of_month(day.year, day.month)


def period_of(request: HttpRequest) -> Period:
    """The period that the address names, or the latest month."""
    asked = request.GET.get("period")
    if not asked:
        return latest_period(clock.today())
    try:
        return Period.parse(asked)
    except Refusal as refusal:
        raise Http404 from refusal


def day_in(request: HttpRequest, name: str) -> date | None:
    """A day that the address names; what is not a day does not exist."""
    asked = request.GET.get(name)
    try:
        return parse_date(asked) if asked else None
    except Refusal as refusal:
        raise Http404 from refusal


def window_in(request: HttpRequest, period: Period) -> Window:
    """The rule by which the address counts the period."""
    asked = request.GET.get("window")
    if not asked:
        return CALENDAR
    if asked not in window_codes():
        raise Http404
    return window_of(asked, period)


def _went_to(request: HttpRequest, day: date, structure: date) -> Node | None:
    """A unit that the address names as it was called in the period, by the one it is carried whole to in a structure
    that knows no such code or name."""
    asked, units = request.GET.get("unit"), tree(structure)
    if not asked or asked in units.by_code:
        return None
    try:
        node = find_node(asked, tree(day))
    except Refusal:
        return None
    ways = carried_between(day, structure)
    return next((units.node(place) for place, gone in ways.whole.items() if node.id in gone), None)


def _unit(request: HttpRequest, actor: Actor, units: Tree, verb: str) -> Node:
    """The unit that the address names; else the highest above the reader's own that the reader may look at.

    Where the reader's own unit is none of that day's (it was founded later), the first that the reader may look at.
    """
    asked = request.GET.get("unit")
    if asked:
        try:
            return find_node(asked, units)
        except Refusal as missing:
            raise Http404 from missing
    own = units.by_code.get(actor.unit_code)
    allowed = (
        node for node in (units.path(own.id) if own else units) if access.may(actor, verb, access.OfUnit(node.id))
    )
    found = next(allowed, None)
    if found is None:
        raise Http404
    return found
