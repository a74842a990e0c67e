"""Verbs on stated figures. Counted figures have none: they change when their records do."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.periods import CALENDAR, Period, Window
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.constants import Statement
from noivu.figures.models import StatedFigure
from noivu.figures.policies import STATE
from noivu.figures.registry import DECLARED
from noivu.law.api import retract, supersede


@dataclass(frozen=True)
class Place:
    """What a stated figure speaks of: one indicator of one unit in one period."""

    unit_id: int
    indicator: str
    period: Period
    window: Window = CALENDAR

    @property
    def scope_unit_id(self) -> int:
        """Whose figure it is: the unit that access is judged by."""
        return self.unit_id


@transaction.atomic
def state_figure(*, actor: Actor, place: Place, kind: Statement, value: Decimal, source: str) -> StatedFigure:
    """State a figure of a unit, or correct the one already stated; `source` says who published or typed it, where."""
    access.require(actor, STATE, place)
    DECLARED.find(place.indicator)
    _refuse_unfit(place.indicator, value, source)
    known = _current(place, kind)
    if known is None:
        stated = StatedFigure.objects.create(
            unit_id=place.unit_id,
            indicator=place.indicator,
            period=place.period.code,
            window=place.window.code,
            kind=kind.value,
            value=value,
            source=source.strip(),
            stated_by=actor.id,
            stated_by_name=actor.name,
        )
        record(actor=actor, action="figure.state", thing=stated, after=_told(stated))
        return stated
    before = _told(known)
    supersede(known, clock.now(), value=value, source=source.strip(), stated_by=actor.id, stated_by_name=actor.name)
    record(actor=actor, action="figure.correct", thing=known, before=before, after=_told(known))
    return known


@transaction.atomic
def withdraw_figure(*, actor: Actor, stated: StatedFigure, reason: str) -> None:
    """Take back a stated figure: what it said stays readable as of before."""
    access.require(actor, STATE, stated)
    if not reason.strip():
        raise Refusal(
            what=Text(vi="Chưa nêu lý do rút số liệu.", en="The reason for withdrawing is missing."),
            do=Text(vi="Nhập lý do.", en="Give the reason."),
            where="reason",
        )
    before = _told(stated)
    retract(stated, clock.now())
    record(actor=actor, action="figure.withdraw", thing=stated, before=before, after=None, reason=reason)


def _current(place: Place, kind: Statement) -> StatedFigure | None:
    found: StatedFigure | None = (
        StatedFigure.objects.current()
        .filter(
            unit_id=place.unit_id,
            indicator=place.indicator,
            period=place.period.code,
            window=place.window.code,
            kind=kind.value,
        )
        .first()
    )
    return found


def _refuse_unfit(indicator: str, value: Decimal, source: str) -> None:
    if not source.strip():
        raise Refusal(
            what=Text(vi="Chưa nêu nguồn của số liệu.", en="The source of the figure is missing."),
            why=Text(
                vi="Số liệu khai báo đứng cạnh số liệu đếm từ bản ghi, nên phải nói rõ lấy từ đâu.",
                en="A stated figure stands beside the counted one, so it must say where it comes from.",
            ),
            do=Text(vi="Nhập tên văn bản hoặc người lập.", en="Name the document or the person."),
            where="source",
        )
    if indicator in DECLARED.indicators and value != value.to_integral_value():
        raise Refusal(
            what=Text(vi=f"{indicator} là số đếm, phải là số nguyên.", en=f"{indicator} is a count: a whole number."),
            do=Text(vi="Nhập số nguyên, ví dụ 287.", en="Enter a whole number, e.g. 287."),
            where="value",
        )


def _told(stated: StatedFigure) -> dict[str, str | int]:
    return {
        "unit": stated.unit_id,
        "indicator": stated.indicator,
        "period": stated.period,
        "window": stated.window,
        "kind": stated.kind,
        "value": f"{stated.value:f}",
        "source": stated.source,
    }
