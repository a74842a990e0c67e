"""What the page shows that says why a figure moved."""

from dataclasses import dataclass, replace

from noivu.core.indicators import Indicator, RecordLine
from noivu.core.numbers import format_change
from noivu.core.periods import Period
from noivu.core.wording import Text
from noivu.figures.bridging import CAUSES, Bridge, Cause, bridge, bridge_records
from noivu.figures.pages import address, why_address
from noivu.figures.registry import DECLARED
from noivu.figures.standpoint import Standpoint

SHOWN_LINES = 200


@dataclass(frozen=True)
class Part:
    """A cause: how much of the change it makes, by how many records."""

    label: Text
    meaning: Text
    change: Text
    records: int
    href: str
    is_open: bool


@dataclass(frozen=True)
class Why:
    """Two values of a figure, the causes of their difference, and the records of one of them."""

    found: Indicator
    first: Period
    second: Period
    values: tuple[int, int]
    change: Text
    parts: tuple[Part, ...]
    opened: Text | None
    lines: tuple[tuple[RecordLine, Text], ...]
    more: int
    figure_href: str
    first_href: str


def why(standpoint: Standpoint, code: str, before: Period, cause: Cause | None) -> Why:
    """One statement for the causes; two more for the records of the one that is open."""
    second = replace(standpoint.question(), as_of=None, indicators=(code,))
    found = bridge(code, replace(second, period=before), second)
    lines = bridge_records(found, cause, actor=standpoint.actor) if cause else []
    return Why(
        found=DECLARED.counted(code),
        first=before,
        second=standpoint.period,
        values=found.values,
        change=_signed(found.change),
        parts=tuple(_part(found, each, standpoint, cause) for each in Cause if found.by_cause[each]),
        opened=CAUSES[cause][0] if cause else None,
        lines=tuple((line, _signed(change)) for line, change in lines[:SHOWN_LINES]),
        more=max(len(lines) - SHOWN_LINES, 0),
        figure_href=address(standpoint, code),
        first_href=address(standpoint, code, period=before.code),
    )


def _part(found: Bridge, cause: Cause, standpoint: Standpoint, opened: Cause | None) -> Part:
    label, meaning = CAUSES[cause]
    href = why_address(standpoint, found.indicator.code, before=found.first.period.code, cause=cause.value)
    change = _signed(found.part(cause))
    return Part(label, meaning, change, len(found.by_cause[cause]), f"{href}#records", cause == opened)


def _signed(change: int) -> Text:
    return Text(vi=format_change(change, "vi"), en=format_change(change, "en"))
