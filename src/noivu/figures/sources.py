"""How fresh the registers are from which figures are counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery, Value

from noivu.core.indicators import Source
from noivu.core.wording import Text
from noivu.figures.ground import UNITS, Ground
from noivu.figures.questions import Question
from noivu.figures.registry import DECLARED, Declarations


@dataclass(frozen=True)
class Freshness:
    """A register and when anything in it was last recorded for the unit asked about; None: nothing yet."""

    code: str
    label: Text
    last_recorded_at: datetime | None


def freshness(
    question: Question, *, ground: Ground = UNITS, declared: Declarations = DECLARED
) -> tuple[Freshness, ...]:
    """When each register that feeds the question's figures was last written to, for its unit: one statement."""
    sources = _feeding(question, declared)
    if not sources:
        return ()
    [reach] = ground.reaches([question])
    read = dict.fromkeys(code for source in sources for code in source.made_of or (source.code,))
    first, *others = [_last_recorded(declared.sources[code], reach) for code in read]
    found = dict(first.union(*others, all=True) if others else first)
    return tuple(Freshness(source.code, source.label, _latest(source, found)) for source in sources)


def _latest(source: Source, found: dict[str, datetime | None]) -> datetime | None:
    known = (found.get(code) for code in source.made_of or (source.code,))
    return max((instant for instant in known if instant is not None), default=None)


def _feeding(question: Question, declared: Declarations) -> list[Source]:
    codes = declared.codes if question.indicators is None else question.indicators
    bases = (declared.bases[declared.indicators[code].base] for code in declared.parts_of(codes))
    wanted: Iterable[str] = dict.fromkeys(base.source for base in bases)
    return [source for code in wanted if (source := declared.sources.get(code)) is not None]


def _last_recorded(source: Source, reach: Any) -> QuerySet[Any, Any]:
    rows = source.model._default_manager.filter(**dict(source.only)).order_by()
    if not isinstance(reach, QuerySet):
        return _tagged(source, rows.filter(**{f"{source.unit}__in": reach}), source.instant)
    (unit,) = reach.query.values_select
    of_unit = rows.filter(**{source.unit: OuterRef(unit)}).order_by(f"-{source.instant}")
    # The last of each unit is found by index; the last of all would be sought among all rows.
    return _tagged(source, reach.annotate(latest=Subquery(of_unit.values(source.instant)[:1])), "latest")


def _tagged(source: Source, rows: QuerySet[Any, Any], instant: str) -> QuerySet[Any, Any]:
    tagged = rows.annotate(source_code=Value(source.code)).values("source_code")
    last: QuerySet[Any, Any] = tagged.annotate(last=Max(instant)).values_list("source_code", "last")
    return last
