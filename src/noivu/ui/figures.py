"""Figures that explain themselves: a whole with its parts, drawn to scale and checked."""

from dataclasses import dataclass

from noivu.core.numbers import format_integer
from noivu.core.wording import Text
from noivu.ui.shapes import TIMELINESS, Shape

_BARS = {"done": "done", "time": "time", "near": "near", "late": "late", "done-late": "near"}
_GAP = 60  # hundredths of a per cent between two parts


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole; `timeliness` gives its shape and colour, `href` the records behind it."""

    label: Text
    value: int
    timeliness: str = "none"
    href: str = ""

    @property
    def shape(self) -> Shape:
        return TIMELINESS[self.timeliness]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part as a stretch of the bar, in per cent of its length."""

    css: str
    start: str
    length: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Whole = sum of parts. A broken one is said in red, with the way to mend it (`mend`, `mend_href`)."""

    whole: int
    label: Text
    parts: tuple[Part, ...]
    href: str = ""
    mend: Text | None = None
    mend_href: str = ""

    @property
    def total(self) -> int:
        return sum(part.value for part in self.parts)

    @property
    def holds(self) -> bool:
        return self.whole == self.total

    @property
    def sum_words(self) -> str:
        """287 = 170 + 117 + 0, or 287 ≠ 170 + 116 + 0."""
        parts = " + ".join(format_integer(part.value) for part in self.parts)
        return f"{format_integer(self.whole)} {'=' if self.holds else '≠'} {parts}"

    @property
    def segments(self) -> list[Segment]:
        """The bar to scale; a broken balance is drawn against the larger of its two sides."""
        scale = max(self.whole, self.total)
        shown = [part for part in self.parts if part.value > 0]
        start = 0
        segments: list[Segment] = []
        for place, part in enumerate(shown):
            length = part.value * 10_000 // scale
            gap = _GAP if place < len(shown) - 1 and length > 2 * _GAP else 0
            segments.append(Segment(_BARS.get(part.timeliness, "none"), _percent(start), _percent(length - gap)))
            start += length
        return segments


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}%"
