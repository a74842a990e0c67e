"""Facts that begin on the day of a plan, each in its series."""

from noivu.law.api import Instrument
from noivu.units.api import NewFact, Ref, UnitCode, UnitKind, UnitLine, UnitMeasure, UnitName, kinds, name_columns
from noivu.units.constants import ORGANISATION_SCHEME, STATISTICAL_SCHEME, Family


def kind_fact(unit: Ref, kind: str, instrument: Instrument) -> NewFact:
    return NewFact(UnitKind, unit, (), {"kind": kind, "level": kinds[kind].level.value}, instrument)


def name_fact(unit: Ref, name: str, kind: str, instrument: Instrument, short: str | None = None) -> NewFact:
    full, short_name, folded = name_columns(name, kind, short)
    return NewFact(UnitName, unit, (), {"name": full, "short_name": short_name, "folded": folded}, instrument)


def code_fact(unit: Ref, code: str, family: Family, instrument: Instrument) -> NewFact:
    scheme = STATISTICAL_SCHEME if family is Family.ADMINISTRATIVE else ORGANISATION_SCHEME
    return NewFact(UnitCode, unit, (scheme,), {"scheme": scheme, "code": code}, instrument)


def line_fact(unit: Ref, line: str, other: Ref, position: int, instrument: Instrument) -> NewFact:
    return NewFact(UnitLine, unit, (line,), {"line": line, "other": other, "position": position}, instrument)


def measure_fact(unit: Ref, measure: str, value: int, instrument: Instrument, source: str = "") -> NewFact:
    return NewFact(UnitMeasure, unit, (measure,), {"measure": measure, "value": value}, instrument, source)
