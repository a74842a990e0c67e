"""The operations centre (trung tâm điều hành) of a unit and a period: what all rooms have to say about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from noivu.core.periods import Period
from noivu.figures.api import Answer, Standpoint, ask
from noivu.ui import tiles
from noivu.ui.tiles import FIGURES, MAIN, SIDE, TilePage

TREND = 10
"""How many periods a trend shows, the present one included."""


@dataclass(frozen=True)
class OperationsCentre:
    """The page's passages, already drawn."""

    figures: list[SafeString]
    main: list[SafeString]
    side: list[SafeString]


def operations_centre(request: HttpRequest, here: Standpoint) -> OperationsCentre:
    """All tiles that the reader may see. The figures of all of them, over all periods, are one statement."""
    shown = tiles.tiles_for(here.actor)
    page = TilePage(
        request=request,
        actor=here.actor,
        unit=here.unit,
        period=here.period,
        window=here.window,
        as_of=here.question().reading.as_of,
        answers=answers_for(here, tiles.needs_of(shown), tiles.trends_of(shown)),
        address=here.address,
    )
    return OperationsCentre(*(tiles.drawn(shown, page, place) for place in (FIGURES, MAIN, SIDE)))


def answers_for(here: Standpoint, needs: tuple[str, ...], trends: tuple[str, ...]) -> Mapping[str, Answer]:
    """The answers by the code of their period, oldest first: all that is shown of the present one, and of those before
    it only what is drawn as a course (every figure of every period would be four times the work)."""
    *before, present = trend_periods(here.period)
    earlier = [here.question(trends, period) for period in before] if trends else []
    answers = ask([*earlier, here.question(needs, present)])
    return {answer.question.period.code: answer for answer in answers}


def trend_periods(period: Period) -> list[Period]:
    """The periods of a trend, oldest first."""
    return [period.shifted(-back) for back in reversed(range(TREND))]
