"""What the pages of figures show."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from noivu.core.indicators import Breakdown, Indicator, Rate, RecordLine
from noivu.core.numbers import format_change, format_decimal, format_percent, half_up
from noivu.core.periods import Period
from noivu.core.wording import Text, both
from noivu.figures.across import contributions
from noivu.figures.asking import ask
from noivu.figures.drilling import MONTH, Part, Records, breakdown, counts_records, records
from noivu.figures.ground import Exactness, exactness
from noivu.figures.questions import Answer, Balance, NotApportioned, Question
from noivu.figures.registry import DECLARED
from noivu.figures.sources import Freshness, freshness
from noivu.figures.standpoint import Standpoint
from noivu.figures.stated import Stated, stated_beside
from noivu.ui import figures as drawn
from noivu.ui.charts import Point, Trend
from noivu.units.api import Tree, labels

TREND_PERIODS, SHOWN_PARTS, SHOWN_MONTHS, SHOWN_RECORDS = 12, 6, 12, 8
NO_VALUE = Text(vi="Chưa phân công", en="Not assigned")
NOT_SAID = Text(vi="Không ghi", en="Not said")
ENDED = Text(vi="Đơn vị đã kết thúc", en="A unit that has ended")
Value = int | Decimal | None


def address(standpoint: Standpoint, code: str, **more: str) -> str:
    """The page of a figure, seen from the same standpoint."""
    return f"{reverse('figures:figure', args=[code])}?{urlencode({**standpoint.address, **more})}"


class _Compared:
    """A value beside that of the period before, as a page writes them."""

    value: Value
    previous: Value
    is_rate: bool

    @property
    def shown(self) -> Value | str:
        return self._written(self.value)

    @property
    def shown_before(self) -> Value | str:
        return self._written(self.previous)

    @property
    def change(self) -> Text:
        return change_words(self.value, self.previous, is_rate=self.is_rate)

    def _written(self, value: Value) -> Value | str:
        return format_percent(value) if self.is_rate and isinstance(value, Decimal) else value


@dataclass(frozen=True)
class Line(_Compared):
    """A figure in the list of all: now, in the period before, and what is stated beside it."""

    code: str
    label: Text
    value: Value
    previous: Value
    href: str
    is_rate: bool
    balance: drawn.Balance | None
    stated: tuple[Stated, ...]
    is_estimated: bool


@dataclass(frozen=True)
class Group:
    """The figures of one register."""

    label: Text
    fresh: Freshness | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Left:
    """A unit whose counts could not be apportioned in the structure that the page is read in: how many of a figure
    (None: of several), and to which units they went."""

    name: str
    count: int | None
    successors: str


def left_of(answer: Answer, units: Tree) -> tuple[Left, ...]:
    """What an answer leaves unapportioned, in words."""
    if not answer.not_apportioned:
        return ()
    named = labels({each.unit_id for each in answer.not_apportioned}, answer.question.tree_day)
    nodes = units.nodes
    return tuple(
        Left(
            named[each.unit_id].name,
            next(iter(each.values.values())) if len(each.values) == 1 else None,
            ", ".join(nodes[unit].name for unit in each.successors if unit in nodes),
        )
        for each in answer.not_apportioned
    )


@dataclass(frozen=True)
class Listing:
    """Every figure of a unit in a period, by register."""

    groups: tuple[Group, ...]
    exactness: Exactness
    left: tuple[Left, ...]


def listing(standpoint: Standpoint) -> Listing:
    """Three queries: all figures of two periods, what is stated, how fresh the registers are."""
    question = standpoint.question()
    now, before = ask([question, standpoint.question(period=standpoint.period.previous)])
    stated = () if standpoint.structure else stated_beside([now])[0]
    fresh = {source.code: source for source in freshness(question)}
    gathered: dict[str, list[Line]] = {}
    for code in DECLARED.codes:
        found = DECLARED.find(code)
        line = Line(
            code=code,
            label=found.label,
            value=now.shown(code),
            previous=before.shown(code),
            href=address(standpoint, code),
            is_rate=isinstance(found, Rate),
            balance=next((balance_of(b, standpoint) for b in now.identities if b.whole[0] == code), None),
            stated=tuple(each for each in stated if each.indicator == code),
            is_estimated=code in now.estimated,
        )
        gathered.setdefault(_source_of(found), []).append(line)
    groups = (
        Group(DECLARED.sources[code].label if code in DECLARED.sources else both(code), fresh.get(code), tuple(lines))
        for code, lines in gathered.items()
    )
    return Listing(tuple(groups), exactness(question), left_of(now, standpoint.units))


def _source_of(found: Indicator | Rate) -> str:
    counted = DECLARED.counted(found.part) if isinstance(found, Rate) else found
    return DECLARED.bases[counted.base].source


@dataclass(frozen=True)
class Share:
    """A part of a figure in its breakdown; `width` in per cent of the largest."""

    label: Text | str
    count: int
    width: str


@dataclass(frozen=True)
class Figure(_Compared):
    """A figure with what it means, what it is made of, and the records behind it."""

    code: str
    found: Indicator | Rate
    value: Value
    is_rate: bool
    balances: tuple[drawn.Balance, ...]
    previous: Value
    previous_href: str
    previous_period: Period
    why_href: str
    trend: Trend
    ways: tuple[Breakdown, ...]
    way: Breakdown | None
    shares: tuple[Share, ...]
    records: Records | None
    fresh: Freshness | None
    stated: tuple[Stated, ...]
    exactness: Exactness
    href: str
    parts: tuple[tuple[Text, str], ...]
    is_estimated: bool
    shared: tuple[tuple[str, Text], ...]
    left: tuple[Left, ...]

    @property
    def measured_in(self) -> Text:
        return Text(vi="", en="") if isinstance(self.found, Rate) else self.found.measured_in

    @property
    def lines(self) -> tuple[RecordLine, ...]:
        return self.records.lines if self.records else ()


def figure(
    standpoint: Standpoint, code: str, *, by: str = "", page: int = 1, page_length: int = SHOWN_RECORDS, beside: bool
) -> Figure:
    """A figure and its evidence, four queries: figures of twelve periods, a breakdown, records, and one more.

    That one is what is stated beside it where `beside` is asked, else how fresh its register is.
    """
    found = DECLARED.find(code)
    answers = ask(_questions(standpoint, code))
    now = answers[0]
    is_rate = isinstance(found, Rate)
    counted = found if isinstance(found, Indicator) else None
    way = _way(counted, by)
    own = standpoint.question(indicators=(code,))
    is_estimated = code in now.estimated
    return Figure(
        code=code,
        found=found,
        value=now.shown(code),
        is_rate=is_rate,
        balances=tuple(balance_of(b, standpoint) for b in now.identities if code in _members(b)),
        previous=answers[1].shown(code),
        previous_href=address(standpoint, code, period=standpoint.period.previous.code),
        previous_period=standpoint.period.previous,
        why_href="" if is_rate or standpoint.structure else why_address(standpoint, code),
        trend=_trend(found, code, answers),
        ways=counted.breakdowns if counted else (),
        way=way,
        shares=_shares(breakdown(code, own, way.code), way, standpoint) if way and not is_estimated else (),
        records=_records(counted, standpoint, now, page, page_length) if counted else None,
        fresh=None if beside else next(iter(freshness(own)), None),
        stated=_stated(now, code) if beside else (),
        exactness=exactness(own),
        href=address(standpoint, code),
        parts=tuple((DECLARED.find(part).label, address(standpoint, part)) for part in (found.part, found.whole))
        if isinstance(found, Rate)
        else (),
        is_estimated=is_estimated,
        shared=_shared(own) if is_estimated else (),
        left=left_of(replace(now, not_apportioned=_left_only(now, code)), standpoint.units),
    )


def _stated(now: Answer, code: str) -> tuple[Stated, ...]:
    """What is stated speaks of a unit in its own time."""
    return () if now.question.structure else tuple(s for s in stated_beside([now])[0] if s.indicator == code)


def _shared(question: Question) -> tuple[tuple[str, Text], ...]:
    """The units behind an estimated figure, and how much of what each counted is taken here."""
    shared = contributions(question)
    named = labels({each.unit_id for each in shared}, question.tree_day)
    return tuple((named[each.unit_id].name, _per_cent(each.share)) for each in shared)


def _per_cent(share: Fraction) -> Text:
    value = half_up(share * 100, 1)
    return Text(vi=format_percent(value, "vi"), en=format_percent(value, "en"))


def _left_only(now: Answer, code: str) -> tuple[NotApportioned, ...]:
    """Of what was not apportioned, the count of one figure."""
    return tuple(replace(n, values={code: n.values[code]}) for n in now.not_apportioned if n.values.get(code))


def why_address(standpoint: Standpoint, code: str, **more: str) -> str:
    """The page that says why a figure moved, seen from the same standpoint."""
    named = {name: value for name, value in standpoint.address.items() if name not in ("structure", "as_of")}
    return f"{reverse('figures:why', args=[code])}?{urlencode({**named, **more})}"


def _questions(standpoint: Standpoint, code: str) -> list[Question]:
    """The figure with those it is held against, and the figure alone in the periods before."""
    kin = DECLARED.with_kin(code) if code in DECLARED.indicators else (code,)
    first = standpoint.question(indicators=kin)
    periods = 2 if standpoint.structure else TREND_PERIODS
    earlier = [standpoint.period.shifted(-back) for back in range(1, periods)]
    return [first, *(replace(first, period=period, as_of=None, indicators=(code,)) for period in earlier)]


def _members(balance: Balance) -> tuple[str, ...]:
    return balance.whole[0], *(code for code, _ in balance.parts)


def _trend(found: Indicator | Rate, code: str, answers: list[Answer]) -> Trend:
    points = [Point(answer.question.period.short_label, answer.shown(code)) for answer in reversed(answers)]
    return Trend(found.label, tuple(points), is_rate=isinstance(found, Rate))


def _way(counted: Indicator | None, by: str) -> Breakdown | None:
    ways = counted.breakdowns if counted else ()
    return next((way for way in ways if way.code == by), ways[0] if ways else None)


def _shares(parts: tuple[Part, ...], way: Breakdown, standpoint: Standpoint) -> tuple[Share, ...]:
    most = SHOWN_MONTHS if way.kind == MONTH else SHOWN_PARTS
    shown, rest = parts[:most], parts[most:]
    largest = max((part.count for part in parts), default=0) or 1
    shares = [Share(_named(part, way, standpoint), part.count, f"{part.count * 100 // largest}%") for part in shown]
    if rest:
        left = sum(part.count for part in rest)
        label = Text(vi="{n} phần còn lại", en="{n} other||{n} others").format(n=len(rest))
        shares.append(Share(label, left, f"{min(left * 100 // largest, 100)}%"))
    return tuple(shares)


def _named(part: Part, way: Breakdown, standpoint: Standpoint) -> Text | str:
    if part.value is None or part.value == "":
        return NO_VALUE if way.kind == "unit" else NOT_SAID
    if way.kind == "unit":
        node = standpoint.units.node(int(part.value))
        return node.short_name or node.name if node else ENDED
    if way.kind == MONTH:
        return Period.of_month(part.value.year, part.value.month).short_label
    words: dict[Any, Text] = dict(way.words)
    return words.get(part.value, str(part.value))


def _records(counted: Indicator, standpoint: Standpoint, now: Answer, page: int, page_length: int) -> Records:
    return records(
        counted.code,
        standpoint.question(),
        actor=standpoint.actor,
        page=page,
        page_length=page_length,
        counted=now.values[counted.code] if counts_records(counted) and not now.question.structure else None,
    )


def balance_of(balance: Balance, standpoint: Standpoint) -> drawn.Balance:
    """An identity as the design system draws it; every part opens to its own records."""
    code, whole = balance.whole
    parts = (
        drawn.Part(
            DECLARED.indicators[part].label, value, DECLARED.indicators[part].timeliness, address(standpoint, part)
        )
        for part, value in balance.parts
    )
    return drawn.Balance(whole, DECLARED.indicators[code].label, tuple(parts), address(standpoint, code))


def change_words(value: Value, previous: Value, *, is_rate: bool) -> Text:
    """+217, or for rates +1,2 điểm: the difference as a list shows it."""
    if value is None or previous is None:
        return both("–")
    if not is_rate:
        return Text(vi=format_change(int(value - previous), "vi"), en=format_change(int(value - previous), "en"))
    difference = Decimal(value) - Decimal(previous)
    sign = "+" if difference > 0 else ""
    return Text(
        vi=f"{sign}{format_decimal(difference, 'vi')} điểm", en=f"{sign}{format_decimal(difference, 'en')} points"
    )


def list_address(standpoint: Standpoint) -> str:
    """The list of all figures, seen from the same standpoint."""
    return f"{reverse('figures:figures')}?{urlencode(standpoint.address)}"


def map_address(standpoint: Standpoint, code: str = "") -> str:
    """The map of a figure in all provinces, read as from this standpoint."""
    named = {"indicator": code, **{name: value for name, value in standpoint.address.items() if name != "unit"}}
    return f"{reverse('figures:map')}?{urlencode({name: value for name, value in named.items() if value})}"
