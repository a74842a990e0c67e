"""The registry of tiles: what rooms put on the operations centre of a unit and a period."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.periods import CALENDAR, Period, Window
from noivu.core.registry import Registry

FIGURES, MAIN, SIDE = "figures", "main", "side"


@dataclass(frozen=True)
class TilePage:
    """For whom, where and when the page is; `answers` holds the figures that all tiles asked for together.

    `address` are the parameters that lead another page to the same unit, period and day.
    """

    request: HttpRequest
    actor: Actor
    unit: Any
    period: Period
    window: Window = CALENDAR
    as_of: date | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    address: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tile:
    """A passage of the operations centre.

    `place`: `figures` (the row of figures at the top), `main` or `side` (the two columns). `needs` are the indicators
    it shows: the page asks for all tiles' in one statement and hands the answers in; of the periods before the present
    one only `trends`, those whose course it draws. `content` gives the template's context, or None when the tile has
    nothing to say there.
    """

    code: str
    place: str
    order: int
    template: str
    content: Callable[[TilePage], Mapping[str, Any] | None]
    needs: tuple[str, ...] = ()
    trends: tuple[str, ...] = ()
    verb: str | None = None


tiles: Registry[Tile] = Registry("tiles", key=lambda tile: tile.code)


def declare_tile(*declared: Tile) -> None:
    """Put tiles on the operations centre; called in `<room>/panels.py`."""
    tiles.declare_all(declared)


def tiles_for(actor: Actor, registry: Registry[Tile] = tiles) -> list[Tile]:
    """The tiles this actor may see, in order."""
    allowed = [tile for tile in registry if tile.verb is None or access.may(actor, tile.verb)]
    return sorted(allowed, key=lambda tile: tile.order)


def needs_of(shown: list[Tile]) -> tuple[str, ...]:
    """All indicators that these tiles show, each once, in order."""
    return tuple(dict.fromkeys(code for tile in shown for code in tile.needs))


def trends_of(shown: list[Tile]) -> tuple[str, ...]:
    """The indicators whose course over periods these tiles draw."""
    return tuple(dict.fromkeys(code for tile in shown for code in tile.trends))


def drawn(shown: list[Tile], page: TilePage, place: str) -> list[SafeString]:
    """The tiles of one place as HTML; those with nothing to say are left out."""
    contents = [(tile, tile.content(page)) for tile in shown if tile.place == place]
    return [
        render_to_string(tile.template, {**content, "page": page}, request=page.request)
        for tile, content in contents
        if content is not None
    ]
