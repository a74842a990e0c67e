"""Recording that units came from others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from noivu.audit.api import record, record_bulk
from noivu.core.access import require
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import Instrument, supersede
from noivu.units.constants import Share
from noivu.units.derivation import facts_changed, words_changed
from noivu.units.models import Reorganisation, Succession, Unit, UnitMeasure
from noivu.units.policies import EDIT
from noivu.units.queries import facts_on


@dataclass(frozen=True, slots=True)
class SuccessionTo:
    """A unit, or a part of it, going into another. Population and area of the part: None where unknown."""

    predecessor: Unit
    successor: Unit
    share: str = Share.WHOLE.value
    population: int | None = None
    area_hectares: int | None = None
    villages: str = ""
    clause: str = ""


@transaction.atomic
def record_reorganisation(
    *,
    actor: Actor,
    on: date,
    kind: str,
    title: str,
    instrument: Instrument,
    successions: Sequence[SuccessionTo] = (),
) -> Reorganisation:
    """Record an event with the successions it made. A unit that goes whole into one cannot also go elsewhere."""
    for succession in successions:
        require(actor, EDIT, succession.predecessor)
        require(actor, EDIT, succession.successor)
    _refuse_whole_and_more(successions)
    position = Reorganisation.objects.current().filter(takes_effect_on=on).count()
    event = Reorganisation.objects.create(
        takes_effect_on=on, position=position, kind=kind, title=title, instrument=instrument
    )
    rows = [
        Succession.objects.create(
            reorganisation=event,
            predecessor=s.predecessor,
            successor=s.successor,
            share=s.share,
            population=s.population,
            area_hectares=s.area_hectares,
            villages=s.villages,
            clause=s.clause,
        )
        for s in successions
    ]
    record_bulk(
        actor=actor,
        action="unit.reorganise",
        label=title,
        rows=[
            (
                "units.succession",
                row.pk,
                {"predecessor": row.predecessor_id, "successor": row.successor_id, "share": row.share},
            )
            for row in rows
        ],
        instrument=str(instrument),
    )
    if successions:
        facts_changed(*(s.predecessor.pk for s in successions))
    else:
        words_changed()
    return event


@transaction.atomic
def state_share(*, actor: Actor, succession: Succession, **changes: Any) -> None:
    """State, or correct, how much of a unit went by a succession: population, area, villages, clause. What was said
    before stays readable by knowledge time. The parts of a unit may not exceed what it was the day before."""
    require(actor, EDIT, succession.predecessor)
    require(actor, EDIT, succession.successor)
    before = {name: getattr(succession, name) for name in changes}
    supersede(succession, **changes)
    for column, measure in (("population", UnitMeasure.POPULATION), ("area_hectares", UnitMeasure.AREA)):
        _refuse_more_than_all(succession, column, measure)
    record(actor=actor, action="unit.share", thing=succession.predecessor, before=before, after=changes)
    words_changed()


def _refuse_more_than_all(succession: Succession, column: str, measure: str) -> None:
    old, event = succession.predecessor_id, succession.reorganisation
    eve = event.takes_effect_on - timedelta(days=1)
    facts = facts_on(UnitMeasure.objects.current().filter(unit_id=old, measure=measure), eve)
    whole = facts.order_by("starts_on").values_list("value", flat=True).first()
    kin = Succession.objects.current().filter(predecessor_id=old, reorganisation__takes_effect_on=event.takes_effect_on)
    parts = sum(part or 0 for part in kin.values_list(column, flat=True))
    if whole is not None and getattr(succession, column) is not None and parts > whole:
        unit = "ha" if measure == UnitMeasure.AREA else Text(vi="người", en="persons")
        raise Refusal(
            what=Text(
                vi=f"Các phần cộng lại {parts}, lớn hơn cả đơn vị trước sắp xếp ({whole}); tính theo {{unit}}.",
                en=f"The parts sum to {parts}, more than all of the unit before ({whole}); in {{unit}}.",
            ).format(unit=unit),
            do=Text(vi="Kiểm tra từng phần và số của cả đơn vị.", en="Check each part, and the unit's own figure."),
            code="units.parts_exceed_whole",
        )


def _refuse_whole_and_more(successions: Sequence[SuccessionTo]) -> None:
    gone: dict[int, list[str]] = {}
    for succession in successions:
        gone.setdefault(succession.predecessor.pk, []).append(succession.share)
    for shares in gone.values():
        if Share.WHOLE.value in shares and len(shares) > 1:
            raise Refusal(
                what=Text(
                    vi="Một đơn vị đã nhập toàn bộ thì không còn phần nào cho đơn vị khác.",
                    en="A unit that went whole into one has no part left for another.",
                ),
                do=Text(vi="Ghi các phần là “một phần”.", en="Record its parts as parts."),
                code="units.whole_and_more",
            )
