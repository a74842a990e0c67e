"""From where a map looks: no unit, but all provinces of a day; one figure, one period."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.indicators import Indicator, Rate
from noivu.core.periods import CALENDAR, Period, Window
from noivu.core.refusals import Refusal
from noivu.figures.ground import Exactness, known_tree
from noivu.figures.maps.bands import QUANTILES, WAYS
from noivu.figures.policies import may_see_figures_of, sees_the_nation
from noivu.figures.questions import Question, Sweep
from noivu.figures.registry import DECLARED
from noivu.figures.standpoint import ALL_KINDS, day_in, period_of, pick_period, structure_notes, window_in
from noivu.ui.guards import signed_in_actor
from noivu.ui.page import AsOf
from noivu.ui.pickers import PeriodPicker
from noivu.units.api import Node, Tree

TILES, OUTLINES = "tiles", "outlines"


@dataclass(frozen=True)
class Outlook:
    """Toàn cảnh of a map: one figure of all provinces in a period, in its own units or in those of another day."""

    request: HttpRequest
    actor: Actor
    code: str
    period: Period
    window: Window
    as_of_day: date | None = None
    structure: date | None = None
    way: str = QUANTILES
    drawing: str = TILES

    @property
    def found(self) -> Indicator | Rate:
        return DECLARED.find(self.code)

    @property
    def last_day(self) -> date:
        return self.period.last_day(self.window)

    @property
    def unit_day(self) -> date:
        """The day whose provinces are drawn."""
        return self.structure or self.last_day

    @cached_property
    def units(self) -> Tree:
        return known_tree(self.unit_day)

    @cached_property
    def provinces(self) -> tuple[Node, ...]:
        """The provinces and cities of the day, in the order of their codes."""
        return tuple(node for node in self.units.roots if node.is_administrative)

    @cached_property
    def is_national(self) -> bool:
        """Whether the reader sees all provinces."""
        return sees_the_nation(self.actor)

    def may_see(self, unit: Node) -> bool:
        return self.is_national or may_see_figures_of(self.actor, unit)

    @property
    def sweep(self) -> Sweep:
        """The question that is put to all units at once."""
        return Sweep(self.period, window=self.window, as_of=self.as_of_day, indicators=(self.code,))

    def question(self, unit_id: int) -> Question:
        """The same question for one unit."""
        return Question(
            unit_id,
            self.period,
            window=self.window,
            as_of=self.as_of_day,
            indicators=(self.code,),
            structure=self.structure,
        )

    @property
    def exactness(self) -> Exactness:
        """Whether the units of the day, and those of the period, are known for their days."""
        trees = (self.units, known_tree(self.last_day))
        known_from = max((each.known_from for each in trees if each.known_from is not None), default=None)
        return Exactness(all(each.exact for each in trees), known_from)

    # what the page and its pickers need

    @property
    def period_picker(self) -> PeriodPicker:
        return pick_period(self.request, self.period, self.window, ALL_KINDS)

    @property
    def as_of(self) -> AsOf:
        """The line under the title."""
        reading = self.sweep.reading
        return AsOf(day=reading.as_of, range=reading.range, read_at=clock.now(), notes=structure_notes(self.structure))

    @property
    def reading_address(self) -> dict[str, str]:
        """The parameters that lead a page of figures to the same reading."""
        named = {"period": self.period.code}
        if self.window != CALENDAR:
            named["window"] = self.window.code
        if self.as_of_day is not None:
            named["as_of"] = self.as_of_day.isoformat()
        if self.structure is not None:
            named["structure"] = self.structure.isoformat()
        return named

    @property
    def address(self) -> dict[str, str]:
        """The parameters that lead to this very map."""
        named = {"indicator": self.code, **self.reading_address}
        if self.way != QUANTILES:
            named["classes"] = self.way
        if self.drawing != TILES:
            named["drawing"] = self.drawing
        return named

    def query(self, **changes: str) -> str:
        """The query string of this map with something changed; what is changed to nothing is left out."""
        named = {**self.address, **changes}
        return urlencode({name: value for name, value in named.items() if value})

    @property
    def kept(self) -> dict[str, str]:
        """The parameters of the page but the structure, for the form that names one."""
        return {name: value for name, value in self.address.items() if name != "structure"}

    @property
    def own_query(self) -> str:
        """The same map in the units of the period itself."""
        return self.query(structure="")


def outlook(request: HttpRequest) -> Outlook:
    """The map that the address names: of the first figure and the latest month where it names none."""
    actor = signed_in_actor(request)
    period = period_of(request)
    way, drawing = request.GET.get("classes", QUANTILES), request.GET.get("drawing", TILES)
    return Outlook(
        request=request,
        actor=actor,
        code=_indicator(request),
        period=period,
        window=window_in(request, period),
        as_of_day=day_in(request, "as_of"),
        structure=day_in(request, "structure"),
        way=way if way in WAYS else QUANTILES,
        drawing=drawing if drawing in (TILES, OUTLINES) else TILES,
    )


def _indicator(request: HttpRequest) -> str:
    """The figure that is drawn; one that nobody declared does not exist."""
    asked = request.GET.get("indicator")
    if not asked:
        return DECLARED.codes[0]
    try:
        DECLARED.find(asked)
    except Refusal as unknown:
        raise Http404 from unknown
    return asked
