"""How much of a unit went by a succession."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from noivu.audit.api import record
from noivu.core.access import require
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import supersede
from noivu.units.derivation import words_changed
from noivu.units.models import Succession, UnitMeasure
from noivu.units.policies import EDIT
from noivu.units.queries import facts_on


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
