"""A series of facts: what begins on a day ends what held before."""

from datetime import date
from typing import Any

from django.db.models import Q

from noivu.core import clock
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import Instrument, supersede
from noivu.units.models import Unit, UnitFact, UnitKind, UnitMeasure
from noivu.units.models.facts import SERIES
from noivu.units.queries import facts_on


def begin(
    model: type[UnitFact], *, unit: Unit, on: date, instrument: Instrument, series: dict[str, Any], **values: Any
) -> tuple[dict[str, Any] | None, UnitFact]:
    """Let a fact begin: it holds as long as what held on the day would have, else up to the next fact of its series.

    Returns (what held before, the new fact).

    A second act on the same day replaces what the first one said; both stay readable by knowledge time.
    """
    assert set(series) == set(SERIES[model])
    facts = model._default_manager.current().filter(unit=unit, **series)
    held = facts.filter(starts_on__lte=on).order_by("-starts_on").first()
    following = facts.filter(starts_on__gt=on).order_by("starts_on").first()
    before = _values(held) if held and held.holds_on(on) else None
    if held is not None and held.starts_on == on:
        supersede(held, instrument=instrument, **values)
        return before, held
    ends_on = following.starts_on if following else _end_of(unit, on, model)
    if held is not None and held.holds_on(on):
        ends_on = held.ends_on
        supersede(held, ends_on=on)
    if following is not None and not following.start_known:
        supersede(following, start_known=True)
    fact = model._default_manager.create(
        unit=unit, starts_on=on, ends_on=ends_on, instrument=instrument, recorded_at=clock.now(), **series, **values
    )
    return before, fact


def _end_of(unit: Unit, on: date, model: type[UnitFact]) -> date | None:
    """What is only now recorded of a unit that has ended, ends with it: where its kinds come to an end, or to a gap."""
    if model is not UnitMeasure:
        return None
    end: date | None = None
    kinds = UnitKind.objects.current().filter(Q(ends_on__gt=on) | Q(ends_on=None), unit=unit).order_by("starts_on")
    for starts_on, ends_on in kinds.values_list("starts_on", "ends_on"):
        if ends_on is None and (end is None or starts_on <= end):
            return None
        if end is not None and starts_on > end:
            break
        end = ends_on
    return end


def end(model: type[UnitFact], *, unit: Unit, on: date) -> int:
    """End all facts of a unit on a day; one that would only begin later is refused. Returns how many."""
    facts = list(model._default_manager.current().filter(unit=unit).exclude(ends_on__lte=on))
    later = [fact for fact in facts if fact.starts_on >= on]
    if later:
        refuse_later_facts(unit, later[0])
    for fact in facts:
        supersede(fact, ends_on=on)
    return len(facts)


def refuse_later_facts(unit: Unit, fact: UnitFact) -> None:
    raise Refusal(
        what=Text(
            vi=f"Đơn vị còn dữ kiện bắt đầu ngày {format_day(fact.starts_on)} ({fact}), sau ngày kết thúc.",
            en=f"The unit has a fact that begins on {format_day(fact.starts_on)} ({fact}), after its end.",
        ),
        do=Text(vi="Sửa dữ kiện đó trước.", en="Correct that fact first."),
        code="units.later_facts",
    )


def require_alive(unit: Unit, on: date) -> str:
    """Refuse an act on a unit on a day on which it does not exist. Returns its kind on that day."""
    fact = facts_on(UnitKind.objects.current().filter(unit=unit), on).order_by("-starts_on").last()
    if fact is None:
        raise Refusal(
            what=Text(
                vi=f"Đơn vị không tồn tại ngày {format_day(on)}.",
                en=f"The unit does not exist on {format_day(on)}.",
            ),
            do=Text(vi="Kiểm tra lại ngày hoặc đơn vị.", en="Check the day or the unit."),
            code="units.not_alive",
        )
    return fact.kind


def _values(fact: UnitFact) -> dict[str, Any]:
    kept = {"id", "recorded_at", "superseded_at", "version_of", "unit"}
    return {f.name: getattr(fact, f.attname) for f in fact._meta.concrete_fields if f.name not in kept}


def values_of(fact: UnitFact) -> dict[str, Any]:
    """The fields of a fact for the log."""
    return _values(fact)
