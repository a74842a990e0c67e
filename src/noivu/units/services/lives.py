"""The beginning and the end of units."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from noivu.audit.api import record
from noivu.core.access import require
from noivu.core.actors import Actor
from noivu.law.api import Instrument
from noivu.units.derivation import facts_changed
from noivu.units.models import Unit, UnitCode, UnitKind, UnitLine, UnitName
from noivu.units.models.facts import FACTS
from noivu.units.naming import name_columns
from noivu.units.policies import EDIT
from noivu.units.services.facts import known_kind, own_scheme, refuse_taken_code, refuse_wrong_line
from noivu.units.services.series import end, require_alive


@dataclass(frozen=True, slots=True)
class LineTo:
    """A line to another unit, with the place among those that stand under it."""

    line: str
    unit: Unit
    position: int = 0


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What a unit is at its beginning. `start_known` False: it existed before, since when is not recorded."""

    kind: str
    name: str
    code: str
    short_name: str | None = None
    lines: Sequence[LineTo] = ()
    start_known: bool = True
    uid: uuid.UUID | None = None


@transaction.atomic
def establish_unit(*, actor: Actor, family: str, new: NewUnit, on: date, instrument: Instrument) -> Unit:
    """Begin a unit on a day, with its kind, name, code and lines."""
    require(actor, EDIT, new.lines[0].unit if new.lines else None)
    known = known_kind(new.kind, family)
    scheme = own_scheme(family)
    refuse_taken_code(scheme, new.code, on, None)
    unit = Unit.objects.create(uid=new.uid or uuid.uuid4(), family=family)
    since = {"unit": unit, "starts_on": on, "instrument": instrument, "start_known": new.start_known}
    full, short, folded = name_columns(new.name, new.kind, new.short_name)
    UnitKind.objects.create(kind=new.kind, level=known.level.value, **since)
    UnitName.objects.create(name=full, short_name=short, folded=folded, **since)
    UnitCode.objects.create(scheme=scheme, code=new.code, **since)
    for line in new.lines:
        refuse_wrong_line(unit, line.line, line.unit)
        require_alive(line.unit, on)
        UnitLine.objects.create(line=line.line, other=line.unit, position=line.position, **since)
    record(
        actor=actor,
        action="unit.establish",
        thing=unit,
        after={
            "kind": new.kind,
            "name": full,
            "code": new.code,
            "on": on,
            "lines": {line.line: line.unit.pk for line in new.lines},
        },
        instrument=str(instrument),
    )
    facts_changed(unit.pk)
    return unit


@transaction.atomic
def end_unit(*, actor: Actor, unit: Unit, on: date, instrument: Instrument) -> None:
    """End a unit on a day: all its facts end. Units that stand under it must be moved or ended with it."""
    require(actor, EDIT, unit)
    require_alive(unit, on)
    ended = sum(end(model, unit=unit, on=on) for model in FACTS)
    record(
        actor=actor,
        action="unit.end",
        thing=unit,
        before={"facts": ended},
        after={"ends_on": on},
        instrument=str(instrument),
    )
    facts_changed(unit.pk)
