"""From where a page looks: which unit, which period, by which rule. One reading of the address for all pages."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest
from django.urls import reverse

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import parse_date
from noivu.core.periods import CALENDAR, Period, Window
from noivu.core.refusals import Refusal
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

    @property
    def last_day(self) -> date:
        return self.period.last_day(self.window)

    def question(self, indicators: tuple[str, ...] | None = None, period: Period | None = None) -> Question:
        """A question asked from here (of another period when one is given)."""
        return Question(self.unit.id, period or self.period, self.window, self.as_of_day, indicators=indicators)

    @property
    def period_picker(self) -> PeriodPicker:
        windows = [(one, window_label(one.code)) for one in windows_of(self.period)]
        return period_picker(self.request, self.period, window=self.window, windows=windows, kinds=self.kinds)

    @property
    def unit_picker(self) -> UnitPicker:
        return unit_picker(self.request, self.unit.short_name, self.unit.code, self.last_day, reverse("units:picker"))

    @property
    def as_of(self) -> AsOf:
        """The line under the title."""
        reading = self.question().reading
        return AsOf(day=reading.as_of, range=reading.range, read_at=clock.now())

    @property
    def address(self) -> dict[str, str]:
        """The parameters that lead another page to the same standpoint."""
        named = {"unit": self.unit.code, "period": self.period.code}
        if self.window != CALENDAR:
            named["window"] = self.window.code
        if self.as_of_day is not None:
            named["as_of"] = self.as_of_day.isoformat()
        return named


ALL_KINDS = ("month", "quarter", "half", "nine", "year")


def standpoint(request: HttpRequest, verb: str, *, kinds: tuple[str, ...] = ALL_KINDS) -> Standpoint:
    """The standpoint that the address names, or the widest unit the reader looks at and the latest month.

    A unit that the reader may not look at, or that does not exist on the last day of the period, answers 404.
    """
    actor = signed_in_actor(request)
    period = _period(request)
    rule = _window(request, period)
    units = tree(period.last_day(rule))
    unit = _unit(request, actor, units, verb)
    if not access.may(actor, verb, access.OfUnit(unit.id)):
        raise Http404
    return Standpoint(request, actor, unit, units, period, rule, kinds, _as_of_day(request))


def latest_period(today: date) -> Period:
    """The month that is shown when none is asked for."""
    day = today - timedelta(days=today.day) if today.day <= DAYS_OF_LOOKING_BACK else today
    return Period.of_month(day.year, day.month)


def _period(request: HttpRequest) -> Period:
    asked = request.GET.get("period")
    if not asked:
        return latest_period(clock.today())
    try:
        return Period.parse(asked)
    except Refusal as refusal:
        raise Http404 from refusal


def _as_of_day(request: HttpRequest) -> date | None:
    asked = request.GET.get("as_of")
    try:
        return parse_date(asked) if asked else None
    except Refusal as refusal:
        raise Http404 from refusal


def _window(request: HttpRequest, period: Period) -> Window:
    asked = request.GET.get("window")
    if not asked:
        return CALENDAR
    if asked not in window_codes():
        raise Http404
    return window_of(asked, period)


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
