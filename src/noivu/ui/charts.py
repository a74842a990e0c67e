"""Charts: one Vega-Lite specification, drawn as SVG for the page in the tokens' colours, for documents in print's.

A specification names colours by token: `INK` is `var(--ink)`. On a page the browser resolves them, so a chart follows
light, dark and print by itself; for a document they are replaced by the values of print. Nothing is fetched.
"""

import hashlib
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

import fontpkg
import vl_convert
from django.core.cache import caches
from django.utils.html import escape
from django.utils.safestring import SafeString

from noivu.core.numbers import format_integer, format_percent, half_up
from noivu.core.wording import Text, active_language

Spec = Mapping[str, Any]
INK, INK_2, INK_3, EDGE, RULE = "var(--ink)", "var(--ink-2)", "var(--ink-3)", "var(--edge)", "var(--rule)"
DONE, TIME, NEAR, LATE, ACCENT = "var(--done)", "var(--time)", "var(--near)", "var(--late)", "var(--accent)"

# The values of `@media print` in static/ui/tokens.css; a test compares them.
PRINT_COLOURS = {
    "ink": "#000",
    "ink-2": "#222",
    "ink-3": "#444",
    "edge": "#666",
    "rule": "#999",
    "accent": "#8c1823",
    "done": "#1f6646",
    "time": "#2b5b7e",
    "near": "#855300",
    "late": "#b3300f",
}
_LOCALES = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đ"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", " đ"]},
}
_DROPPED = re.compile(r"^(style|class|role|pointer-events|aria-.*)$")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_TOKEN = re.compile(r"var\(--([a-z0-9-]+)\)")
_SVG = "{http://www.w3.org/2000/svg}"
_VERSION = "2"  # of what is made of a drawing here; changing it forgets what is cached


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a trend; `value` None where nothing is known."""

    label: Text
    value: int | Decimal | None


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure over consecutive periods, the last one being the present one.

    Counts are columns from zero; rates (`is_rate`, in per cent) a line with its end dot.
    """

    name: Text
    points: tuple[Point, ...]
    is_rate: bool = False

    def words(self) -> Text:
        """What the picture shows, for those who hear it: the span, the least and the most."""
        known = [point for point in self.points if point.value is not None]
        if not known:
            return Text(vi=f"{self.name.vi}: chưa có số liệu", en=f"{self.name.en}: no data yet")
        least = min(known, key=lambda point: Fraction(point.value or 0))
        most = max(known, key=lambda point: Fraction(point.value or 0))
        first, last = known[0].label, known[-1].label
        return Text(
            vi=f"{self.name.vi} từ {first.vi} đến {last.vi}: "
            f"thấp nhất {self._written(least, 'vi')} ({least.label.vi}), "
            f"cao nhất {self._written(most, 'vi')} ({most.label.vi})",
            en=f"{self.name.en} from {first.en} to {last.en}: "
            f"least {self._written(least, 'en')} ({least.label.en}), "
            f"most {self._written(most, 'en')} ({most.label.en})",
        )

    def _written(self, point: Point, language: str) -> str:
        if self.is_rate:
            rate = None if point.value is None else half_up(point.value, 1)
            return format_percent(rate, language)
        return format_integer(int(point.value or 0), language)


def spark(trend: Trend) -> SafeString:
    """The small trend beside a figure."""
    known = [point for point in trend.points if point.value is not None]
    if len(known) < 2:
        return SafeString("")
    spec = _line(trend) if trend.is_rate else _columns(trend)
    return SafeString(_labelled(spec, str(trend.words()), "spark"))


def draw(spec: Spec, *, label: str) -> SafeString:
    """A chart for a page, which scrolls sideways where the page is narrower; `label` says what it shows."""
    drawn = _labelled(spec, label, "chart")
    return SafeString(f'<div class="plot" role="group" aria-label="{escape(label)}" tabindex="0">{drawn}</div>')


def draw_for_document(spec: Spec, *, language: str = "vi", font: str = "Liberation Serif") -> str:
    """The SVG of the same specification for paper: literal colours, the document's font, standing alone."""
    drawn = _svg(_written(spec), language)
    drawn = _TOKEN.sub(lambda token: PRINT_COLOURS.get(token.group(1), font), drawn)
    return drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


def bars(rows: Sequence[tuple[str, int]], *, width: int = 320, colour: str = INK_2) -> Spec:
    """A specification: horizontal bars from zero, one a row, in the order given."""
    values = [{"name": name, "value": value, "place": place} for place, (name, value) in enumerate(rows)]
    name_axis = {"title": None, "domain": False, "ticks": False, "labelLimit": 200, "labelPadding": 8}
    return {
        **_frame(width, max(len(rows), 1) * 22),
        "data": {"values": values},
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": {"field": "place"}, "axis": name_axis},
            "x": {"field": "value", "type": "quantitative", "scale": {"zero": True}, "axis": None},
        },
        "layer": [
            {"mark": {"type": "bar", "color": colour, "height": {"band": 0.55}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "color": INK},
                "encoding": {"text": {"field": "value", "type": "quantitative", "format": ",d"}},
            },
        ],
    }


def months(points: Sequence[tuple[str, int]], *, width: int = 480, height: int = 160, colour: str = EDGE) -> Spec:
    """A specification: columns of consecutive periods from zero with an axis, the last one in ink."""
    values = [
        {"name": name, "value": value, "place": place, "is_last": place == len(points) - 1}
        for place, (name, value) in enumerate(points)
    ]
    name_axis = {"title": None, "ticks": False, "labelAngle": 0, "labelPadding": 6}
    value_axis = {"title": None, "tickCount": 4, "format": ",d", "domain": False, "ticks": False}
    return {
        **_frame(width, height),
        "data": {"values": values},
        "mark": {"type": "bar", "width": {"band": 0.7}},
        "encoding": {
            "x": {"field": "name", "type": "nominal", "sort": {"field": "place"}, "axis": name_axis},
            "y": {"field": "value", "type": "quantitative", "scale": {"zero": True}, "axis": value_axis},
            "color": {"condition": {"test": "datum.is_last", "value": INK}, "value": colour},
        },
    }


def _frame(width: int, height: int) -> dict[str, Any]:
    """What all our charts share: no ground, no box, the tokens' inks and fonts."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "padding": 0,
        "background": None,
        "config": {
            "font": "Be Vietnam Pro",
            "view": {"stroke": None},
            "axis": {
                "labelColor": INK_2,
                "labelFontSize": 12,
                "gridColor": RULE,
                "domainColor": EDGE,
                "tickColor": EDGE,
            },
            "text": {"fontSize": 12},
        },
    }


def _columns(trend: Trend) -> Spec:
    values = [
        {"place": place, "value": int(point.value or 0), "is_last": place == len(trend.points) - 1}
        for place, point in enumerate(trend.points)
    ]
    return {
        **_frame(104, 32),
        "data": {"values": values},
        "mark": {"type": "bar", "width": {"band": 1}},
        "encoding": {
            "x": {
                "field": "place",
                "type": "ordinal",
                "axis": None,
                "scale": {"paddingInner": 0.28, "paddingOuter": 0},
            },
            "y": {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True, "nice": False}},
            "color": {"condition": {"test": "datum.is_last", "value": INK}, "value": EDGE},
            "fillOpacity": {"condition": {"test": "datum.is_last", "value": 1}, "value": 0.55},
        },
    }


def _line(trend: Trend) -> Spec:
    values = [
        {"place": place, "value": str(point.value), "is_last": place == len(trend.points) - 1}
        for place, point in enumerate(trend.points)
        if point.value is not None
    ]
    axes = {
        "x": {"field": "place", "type": "quantitative", "axis": None, "scale": {"nice": False, "range": [2, 101]}},
        "y": {
            "field": "value",
            "type": "quantitative",
            "axis": None,
            "scale": {"zero": False, "nice": False, "range": [28, 4]},
        },
    }
    return {
        **_frame(104, 32),
        "data": {"values": values, "format": {"parse": {"value": "number"}}},
        "encoding": axes,
        "layer": [
            {"mark": {"type": "line", "color": INK_2, "strokeWidth": 1.5}},
            {
                "transform": [{"filter": "datum.is_last"}],
                "mark": {"type": "point", "filled": True, "color": INK, "size": 21, "opacity": 1},
            },
        ],
    }


def _labelled(spec: Spec, label: str, css: str) -> str:
    opening = f'<svg class="{css}" role="img" aria-label="{escape(label)}"'
    return _svg(_written(spec), active_language()).replace("<svg", opening, 1)


def _written(spec: Spec) -> str:
    return json.dumps(spec, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=1024)
def _svg(written: str, language: str) -> str:
    """The cleaned drawing: kept in this process and, by content, where all processes of the machine find it."""
    digest = hashlib.sha256(f"{_VERSION}{language}{written}".encode()).hexdigest()
    shared = caches["charts"]
    kept: str | None = shared.get(f"chart:{digest}")
    if kept is None:
        kept = _clean(_convert(written, language))
        shared.set(f"chart:{digest}", kept, timeout=None)
    return kept


def _convert(written: str, language: str) -> str:
    _register_fonts()
    drawn: str = vl_convert.vegalite_to_svg(written, format_locale=_LOCALES[language], allowed_base_urls=[])
    return drawn


@cache
def _register_fonts() -> None:
    """Let the engine measure words in the face that shows them."""
    vl_convert.register_font_directory(str(fontpkg.path("Be Vietnam Pro", 400).parent))


def _clean(drawn: str) -> str:
    """Without styles, classes and roles of the engine: what a strict content policy and a screen reader want."""
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    root = ElementTree.fromstring(drawn)  # noqa: S314  the engine's own output, not a document from outside
    for element in root.iter():
        for name in [name for name in element.attrib if _is_dropped(name, element.attrib[name])]:
            del element.attrib[name]
        for name, value in element.attrib.items():
            element.set(name, _LONG_NUMBER.sub(_shorter, value))
        if element.get("font-family") == "Be Vietnam Pro":
            element.set("font-family", "var(--font-figures)")
    _drop_empty(root)
    written = ElementTree.tostring(root, encoding="unicode")
    return written.replace(' xmlns="http://www.w3.org/2000/svg"', "")


def _shorter(number: re.Match[str]) -> str:
    """A coordinate to a hundredth of a pixel."""
    return f"{Decimal(number.group()):.2f}".rstrip("0").rstrip(".")


def _is_dropped(name: str, value: str) -> bool:
    if name == "opacity":
        return value == "1"
    return bool(_DROPPED.match(name)) or name == "version"


def _drop_empty(parent: ElementTree.Element) -> None:
    """Take out what the engine draws without ink: invisible grounds, groups without content."""
    for child in list(parent):
        _drop_empty(child)
        is_group = child.tag == f"{_SVG}g"
        is_shape = child.tag in {f"{_SVG}path", f"{_SVG}rect"}
        has_ink = {"fill", "stroke"} & set(child.attrib)
        if (is_group and not len(child)) or (is_shape and (not has_ink or child.get("display") == "none")):
            parent.remove(child)
