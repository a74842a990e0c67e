"""Changes of one fact of a unit, and corrections of what the register said."""

from datetime import date
from typing import Any

from django.db import transaction

from noivu.audit.api import record
from noivu.core.access import require
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.law.api import Instrument, supersede
from noivu.units.constants import ORGANISATION_SCHEME, STATISTICAL_SCHEME, Family, Line
from noivu.units.derivation import facts_changed, words_changed
from noivu.units.kinds import Kind, kinds
from noivu.units.lines import EVER, NEVER, Lines
from noivu.units.models import Unit, UnitCode, UnitFact, UnitKind, UnitLine, UnitMeasure, UnitName
from noivu.units.naming import name_columns
from noivu.units.policies import EDIT
from noivu.units.queries import facts_on
from noivu.units.services.series import begin, require_alive, values_of


@transaction.atomic
def rename_unit(
    *, actor: Actor, unit: Unit, name: str, on: date, instrument: Instrument, short_name: str | None = None
) -> UnitName:
    """Give a unit another name from a day on."""
    require(actor, EDIT, unit)
    kind = require_alive(unit, on)
    full, short, folded = name_columns(name, kind, short_name)
    before, fact = begin(
        UnitName, unit=unit, on=on, instrument=instrument, series={}, name=full, short_name=short, folded=folded
    )
    _changed(actor, "unit.rename", unit, before, fact)
    assert isinstance(fact, UnitName)
    return fact


@transaction.atomic
def reclassify_unit(
    *, actor: Actor, unit: Unit, kind: str, on: date, instrument: Instrument, name: str | None = None
) -> UnitKind:
    """Make a unit another kind from a day on (xã → phường); with `name`, rename it in the same act."""
    require(actor, EDIT, unit)
    require_alive(unit, on)
    known = known_kind(kind, unit.family)
    before, fact = begin(
        UnitKind, unit=unit, on=on, instrument=instrument, series={}, kind=kind, level=known.level.value
    )
    _changed(actor, "unit.reclassify", unit, before, fact)
    if name is not None:
        rename_unit(actor=actor, unit=unit, name=name, on=on, instrument=instrument)
    assert isinstance(fact, UnitKind)
    return fact


@transaction.atomic
def recode_unit(
    *, actor: Actor, unit: Unit, code: str, on: date, instrument: Instrument, scheme: str | None = None
) -> UnitCode:
    """Give a unit another code from a day on; a code that then means another unit is refused."""
    require(actor, EDIT, unit)
    require_alive(unit, on)
    used = scheme or own_scheme(unit.family)
    refuse_taken_code(used, code, on, unit)
    before, fact = begin(UnitCode, unit=unit, on=on, instrument=instrument, series={"scheme": used}, code=code)
    _changed(actor, "unit.recode", unit, before, fact)
    assert isinstance(fact, UnitCode)
    return fact


@transaction.atomic
def move_unit(
    *,
    actor: Actor,
    unit: Unit,
    line: str,
    to: Unit,
    on: date,
    instrument: Instrument,
    position: int = 0,
) -> UnitLine:
    """Put a unit under another in one of the three lines from a day on."""
    require(actor, EDIT, unit)
    require(actor, EDIT, to)
    require_alive(unit, on)
    require_alive(to, on)
    refuse_wrong_line(unit, line, to)
    before, fact = begin(
        UnitLine, unit=unit, on=on, instrument=instrument, series={"line": line}, other=to, position=position
    )
    _refuse_circle(unit, line, on)
    _changed(actor, "unit.move", unit, before, fact)
    assert isinstance(fact, UnitLine)
    return fact


@transaction.atomic
def measure_unit(
    *, actor: Actor, unit: Unit, measure: str, value: int, on: date, instrument: Instrument | None, source: str = ""
) -> UnitMeasure:
    """Record the area (hectares) or population (persons) of a unit from a day on, with its source. Without an
    instrument, that is cited by which the unit stands."""
    require(actor, EDIT, unit)
    require_alive(unit, on)
    paper = instrument or facts_on(UnitKind.objects.current().filter(unit=unit), on).latest("-starts_on").instrument
    before, fact = begin(
        UnitMeasure,
        unit=unit,
        on=on,
        instrument=paper,
        series={"measure": measure},
        value=value,
        source=source,
    )
    _changed(actor, "unit.measure", unit, before, fact)
    assert isinstance(fact, UnitMeasure)
    return fact


@transaction.atomic
def correct_fact(*, actor: Actor, fact: UnitFact, reason: str, **changes: Any) -> None:
    """Correct what the register says of a unit: the old state stays readable by knowledge time."""
    require(actor, EDIT, fact.unit)
    require_reason(reason)
    before = values_of(fact)
    supersede(fact, **changes)
    if isinstance(fact, UnitLine):
        refuse_wrong_line(fact.unit, fact.line, fact.other)
        _refuse_circle(fact.unit, fact.line, fact.starts_on)
    record(actor=actor, action="unit.correct", thing=fact.unit, before=before, after=values_of(fact), reason=reason)
    _tell(fact)


def _tell(fact: UnitFact) -> None:
    if isinstance(fact, UnitKind | UnitLine):
        facts_changed(fact.unit_id)
    else:
        words_changed()


def _changed(actor: Actor, action: str, unit: Unit, before: dict[str, Any] | None, fact: UnitFact) -> None:
    record(
        actor=actor,
        action=action,
        thing=unit,
        before=before,
        after=values_of(fact),
        instrument=str(fact.instrument),
    )
    _tell(fact)


def own_scheme(family: str) -> str:
    """The scheme in which a family has its codes."""
    return STATISTICAL_SCHEME if family == Family.ADMINISTRATIVE.value else ORGANISATION_SCHEME


def known_kind(kind: str, family: str) -> Kind:
    """The declared kind, of the right family, or a refusal."""
    known = kinds.get(kind)
    if known is None or known.family.value != family:
        raise Refusal(
            what=Text(
                vi=f"“{kind}” không phải loại hình của đơn vị này.", en=f"“{kind}” is not a kind of such a unit."
            ),
            do=Text(
                vi="Chọn một trong: " + ", ".join(k.code for k in kinds if k.family.value == family),
                en="Choose one of: " + ", ".join(k.code for k in kinds if k.family.value == family),
            ),
            code="units.kind",
        )
    return known


def refuse_taken_code(scheme: str, code: str, on: date, unit: Unit | None) -> None:
    """Refuse a code that means another unit on a day."""
    others = UnitCode.objects.current().in_force(on).filter(scheme=scheme, code=code)
    if others.exclude(unit=unit).exists():
        raise Refusal(
            what=Text(vi=f"Mã {code} đang là của đơn vị khác.", en=f"Code {code} belongs to another unit."),
            do=Text(vi="Nhập mã khác hoặc ngày khác.", en="Enter another code or another day."),
            code="units.code_taken",
        )


def refuse_wrong_line(unit: Unit, line: str, to: Unit) -> None:
    """Refuse a line that makes no sense between the two families."""
    administrative = Family.ADMINISTRATIVE.value
    if line == Line.TERRITORY:
        sensible = to.family == administrative
    else:
        sensible = unit.family != administrative and to.family != administrative
    if unit.pk == to.pk or not sensible:
        raise Refusal(
            what=Text(vi="Quan hệ này không lập được giữa hai đơn vị.", en="This line cannot join the two units."),
            why=Text(
                vi="Địa bàn là đơn vị hành chính; cấp trên và hướng dẫn là cơ quan, tổ chức.",
                en="A territory is an administrative unit; superiors and guides are organisations.",
            ),
            code="units.line",
        )


def _refuse_circle(unit: Unit, line: str, on: date) -> None:
    lines = Lines()
    start = max(EVER, on.toordinal())
    stack, seen = [unit.pk], set()
    while stack:
        for above in lines.up(stack.pop(), line, start, NEVER):
            if above.other == unit.pk:
                raise Refusal(
                    what=Text(vi="Đơn vị sẽ nằm dưới chính nó.", en="The unit would stand below itself."),
                    do=Text(vi="Chọn đơn vị trên khác.", en="Choose another unit above it."),
                    code="units.circle",
                )
            if above.other not in seen:
                seen.add(above.other)
                stack.append(above.other)
