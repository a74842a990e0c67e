"""What a list says of units that are there already, beside what the register says or once said of them."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from noivu.core import clock
from noivu.law.api import Instrument, supersede
from noivu.units.models import UnitCode, UnitFact, UnitKind, UnitLine, UnitMeasure, UnitName
from noivu.units.models.facts import SERIES

COLUMNS: dict[type[UnitFact], tuple[str, ...]] = {
    UnitKind: ("kind", "level"),
    UnitName: ("name", "short_name", "folded"),
    UnitCode: ("scheme", "code"),
    UnitLine: ("line", "other", "position"),
    UnitMeasure: ("measure", "value"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when facts hold, and by which instrument."""

    starts_on: date
    ends_on: date | None
    instrument: Instrument
    start_known: bool = True
    source: str = ""


_Told = tuple[type[UnitFact], uuid.UUID, Span, tuple[Any, ...]]


class Changes:
    """Facts that the register has never said of units that are there: written where nothing else is recorded.

    A state that the register once held and that a person has since corrected is known, and not written again. One that
    the register contradicts for the same days is counted as differing, and left to people.
    """

    def __init__(self, ids: dict[uuid.UUID, int]) -> None:
        self.ids = ids
        self.differing = 0
        self._missing: list[_Told] = []
        self._said: dict[type[UnitFact], set[tuple[Any, ...]]] = {}

    def compare(self, model: type[UnitFact], uid: uuid.UUID, span: Span, values: tuple[Any, ...]) -> None:
        """Keep in mind what the register has never said."""
        if model not in self._said:
            rows = model._default_manager.values_list("unit_id", "starts_on", "ends_on", *COLUMNS[model])
            self._said[model] = set(rows)
        state = (self.ids[uid], span.starts_on, span.ends_on, *self._stored(values))
        if state not in self._said[model]:
            self._missing.append((model, uid, span, values))

    def _stored(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self.ids[value] if isinstance(value, uuid.UUID) else value for value in values)

    def write(self) -> list[uuid.UUID]:
        """End what ends, then begin what begins. Returns the unit of each fact written."""
        ended = [self._end(*told) for told in self._missing]
        begun = [done or self._begin(*told) for done, told in zip(ended, self._missing, strict=True)]
        self.differing = begun.count(False)
        return [uid for done, (_, uid, _, _) in zip(begun, self._missing, strict=True) if done]

    def _columns(self, model: type[UnitFact], values: tuple[Any, ...]) -> dict[str, Any]:
        names = ("other_id" if name == "other" else name for name in COLUMNS[model])
        return dict(zip(names, self._stored(values), strict=True))

    def _end(self, model: type[UnitFact], uid: uuid.UUID, span: Span, values: tuple[Any, ...]) -> bool:
        columns = self._columns(model, values)
        facts = model._default_manager.current().filter(unit_id=self.ids[uid], starts_on=span.starts_on, **columns)
        fact = facts.filter(ends_on=None).first()
        if fact is None or span.ends_on is None:
            return False
        supersede(fact, ends_on=span.ends_on)
        return True

    def _begin(self, model: type[UnitFact], uid: uuid.UUID, span: Span, values: tuple[Any, ...]) -> bool:
        columns = self._columns(model, values)
        series = {name: columns[name] for name in SERIES[model]}
        recorded = model._default_manager.current().filter(unit_id=self.ids[uid], **series)
        overlapping = recorded.exclude(ends_on__lte=span.starts_on)
        if span.ends_on is not None:
            overlapping = overlapping.filter(starts_on__lt=span.ends_on)
        if overlapping.exists():
            return False
        model._default_manager.create(
            unit_id=self.ids[uid],
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            instrument=span.instrument,
            start_known=span.start_known,
            source=span.source,
            recorded_at=clock.now(),
            **columns,
        )
        return True
