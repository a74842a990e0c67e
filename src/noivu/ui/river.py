"""A river: bands that begin, join, part and end at events, from left to right, drawn as SVG for a page.

Columns are the stretches between events, all of one width: the axis names the days, it does not measure them. Every
band and every flow is a link. Colours come from classes, so the drawing follows light, dark and print by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

BAND, GAP, TOP, APART, LINE, CHIP = 208, 148, 40, 12, 17, 26
_LETTERS, _PADDING, _HIGH, _PER_LETTER = 27, 10, 300, 7.2


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in a band in one column, where it leads, and what is read aloud."""

    name: str
    note: str
    href: str
    spoken: str


@dataclass(frozen=True)
class Band:
    """Something that lasts over consecutive columns. `order` says how far from the top (0 to 1), `weight` how wide."""

    key: int
    first: int
    words: Sequence[Words]
    order: float
    weight: float
    is_here: bool = False

    @property
    def last(self) -> int:
        return self.first + len(self.words) - 1

    @property
    def least(self) -> int:
        """The height that its words need."""
        return max(len(_lines(words)) for words in self.words) * LINE + _PADDING


@dataclass(frozen=True)
class Flow:
    """From one band into another at the end of column `at`. `share` is the part of the source; None: an equal part."""

    source: int
    target: int
    at: int
    share: float | None
    is_whole: bool
    word: str
    href: str
    spoken: str


@dataclass(frozen=True)
class River:
    """Bands and flows, and what stands over each border between two columns."""

    name: str
    borders: Sequence[str]
    bands: Sequence[Band]
    flows: Sequence[Flow]


@dataclass(frozen=True, slots=True)
class _End:
    """Where a flow leaves or enters: the upper edge and the thickness."""

    y: float
    thick: float


def draw_river(river: River) -> SafeString:
    """The drawing, which scrolls sideways where the page is narrower."""
    heights = _heights(river)
    tops = _tops(river, heights)
    columns = range(len(river.borders) + 1)
    width = len(columns) * (BAND + GAP) - GAP
    height = max(tops[band.key, c] + heights[band.key] for band in river.bands for c in _columns(band))
    leaving = _ends(river.flows, river, heights, tops, leaving=True)
    entering = _ends(river.flows, river, heights, tops, leaving=False)
    parts = [
        *(_border(place, label, height) for place, label in enumerate(river.borders)),
        *(_lasting(band, column, heights, tops) for band in river.bands for column in _columns(band)[:-1]),
        *(_ribbon(flow, leaving[flow], entering[flow]) for flow in river.flows),
        *(_band(band, column, heights, tops) for band in river.bands for column in _columns(band)),
        *(_chip(flow, leaving[flow]) for flow in river.flows),
    ]
    size, drawn = (width + 2, _px(height + 2)), format_html_join("", "{}", ((part,) for part in parts))
    svg = format_html(
        '<svg class="river" role="group" aria-label="{}" width="{}" height="{}" viewBox="-1 0 {} {}">{}</svg>',
        river.name, *size, *size, drawn,
    )  # fmt: skip
    return format_html('<div class="plot" role="group" aria-label="{}" tabindex="0">{}</div>', river.name, svg)


def _columns(band: Band) -> range:
    return range(band.first, band.last + 1)


def _heights(river: River) -> dict[int, float]:
    """By band: to scale, but never less than its words and the links of its flows need."""
    sums: dict[int, float] = defaultdict(float)
    counts: dict[int, int] = defaultdict(int)
    for band in river.bands:
        for column in _columns(band):
            sums[column] += band.weight
            counts[column] += 1
    scale = max(_HIGH, 44 * max(counts.values())) / (max(sums.values()) or 1)
    links: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for flow in river.flows:
        links[flow.source][flow.at] += 1
    return {
        band.key: max(band.weight * scale, band.least, CHIP * max(links[band.key].values(), default=0))
        for band in river.bands
    }


def _tops(river: River, heights: Mapping[int, float]) -> dict[tuple[int, int], float]:
    """By band and column: its upper edge; each column stands in the middle."""
    columns: dict[int, list[Band]] = defaultdict(list)
    for band in sorted(river.bands, key=lambda band: band.order):
        for column in _columns(band):
            columns[column].append(band)
    whole = {c: sum(heights[b.key] for b in bands) + APART * (len(bands) - 1) for c, bands in columns.items()}
    tops = {}
    for column, bands in columns.items():
        y = TOP + (max(whole.values()) - whole[column]) / 2
        for band in bands:
            tops[band.key, column] = y
            y += heights[band.key] + APART
    return tops


def _ends(
    flows: Iterable[Flow], river: River, heights: Mapping[int, float], tops: Mapping[tuple[int, int], float],
    *, leaving: bool,
) -> dict[Flow, _End]:  # fmt: skip
    """Where each flow leaves its source, or enters its target: one under the other, in the order of the other ends."""
    bands = {band.key: band for band in river.bands}
    sides: dict[tuple[int, int], list[Flow]] = defaultdict(list)
    for flow in flows:
        sides[(flow.source, flow.at) if leaving else (flow.target, flow.at + 1)].append(flow)
    ends = {}
    for (key, column), found in sides.items():
        other = bands[key]
        lasts = other.last > column if leaving else other.first < column
        parts = [flow.share if leaving else None for flow in found]
        equal = 1 / (len(found) + lasts)
        shares = [equal if part is None or None in parts else part for part in parts]
        y = tops[key, column]
        for flow, share in sorted(
            zip(found, shares, strict=True), key=lambda pair: bands[pair[0].target if leaving else pair[0].source].order
        ):
            thick = max(share * heights[key], CHIP if leaving else 0)
            ends[flow] = _End(y, thick)
            y += thick
    return ends


def _px(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")


def _x(column: int) -> int:
    return column * (BAND + GAP)


def _border(place: int, label: str, height: float) -> SafeString:
    x = _x(place) + BAND + GAP // 2
    return format_html(
        '<line class="border" x1="{x}" x2="{x}" y1="24" y2="{y}"/><text class="day" x="{x}" y="14">{label}</text>',
        x=x, y=_px(height), label=label,
    )  # fmt: skip


def _curve(x: int, left: _End, right: _End) -> str:
    """Between the right edge of one column and the left edge of the next."""
    end, middle = x + GAP, x + GAP // 2
    up, down = (_px(left.y), _px(right.y)), (_px(left.y + left.thick), _px(right.y + right.thick))
    return (
        f"M{x} {up[0]}C{middle} {up[0]} {middle} {up[1]} {end} {up[1]}"
        f"V{down[1]}C{middle} {down[1]} {middle} {down[0]} {x} {down[0]}Z"
    )


def _lasting(
    band: Band, column: int, heights: Mapping[int, float], tops: Mapping[tuple[int, int], float]
) -> SafeString:
    height = heights[band.key]
    left, right = _End(tops[band.key, column], height), _End(tops[band.key, column + 1], height)
    return format_html('<path class="lasting" d="{}"/>', _curve(_x(column) + BAND, left, right))


def _ribbon(flow: Flow, left: _End, right: _End) -> SafeString:
    css = "flow" if flow.is_whole else "flow part"
    return format_html('<path class="{}" d="{}"/>', css, _curve(_x(flow.at) + BAND, left, right))


def _lines(words: Words) -> list[str]:
    return [*wrap(words.name, _LETTERS), words.note]


def _band(band: Band, column: int, heights: Mapping[int, float], tops: Mapping[tuple[int, int], float]) -> SafeString:
    words, x, y, height = band.words[column - band.first], _x(column), tops[band.key, column], heights[band.key]
    lines = _lines(words)
    first = y + (height - len(lines) * LINE) / 2 + LINE * 0.75
    texts = format_html_join(
        "",
        '<text class="{}" lang="vi" x="{}" y="{}">{}</text>',
        (
            ("note" if place == len(lines) - 1 else "name", x + 10, _px(first + place * LINE), line)
            for place, line in enumerate(lines)
        ),
    )
    return format_html(
        '<a href="{}" aria-label="{}"{}><rect class="{}" x="{}" y="{}" width="{}" height="{}"/>{}</a>',
        words.href, words.spoken, SafeString(' aria-current="true"') if band.is_here else "",
        "band here" if band.is_here else "band", x, _px(y), BAND, _px(height), texts,
    )  # fmt: skip


def _chip(flow: Flow, end: _End) -> SafeString:
    """The link of a flow, where it leaves its source."""
    x, y, width = _x(flow.at) + BAND + 5, end.y + end.thick / 2 - 12, round(len(flow.word) * _PER_LETTER) + 14
    return format_html(
        '<a href="{}" aria-label="{}"><rect class="chip-ground" x="{}" y="{}" width="{}" height="24"/>'
        '<text class="share" x="{}" y="{}">{}</text></a>',
        flow.href, flow.spoken, x, _px(y), width, x + 7, _px(y + 16), flow.word,
    )  # fmt: skip
