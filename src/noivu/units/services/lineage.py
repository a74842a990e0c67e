"""Recording that units came from others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from noivu.audit.api import record_bulk
from noivu.core.access import require
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import Instrument
from noivu.units.constants import Share
from noivu.units.derivation import facts_changed, words_changed
from noivu.units.models import Reorganisation, Succession, Unit
from noivu.units.policies import EDIT


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
