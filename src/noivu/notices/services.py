"""What a person does with the own notices: read them, and choose how to be told."""

from dataclasses import dataclass

from django.db import transaction

from noivu.audit.api import record
from noivu.core import clock
from noivu.core.actors import Actor
from noivu.notices.models import Notice, Preference
from noivu.notices.queries import reader_id


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be told: by which channel, from which hour of the day, in one mail a day or one each."""

    channel: str
    hour: int
    digest: bool


def mark_seen(*, actor: Actor, notice_ids: list[int] | None = None) -> int:
    """Own notices are read, all or some; how many were not before. That one has read is no change of a register."""
    own = Notice.objects.filter(user_id=reader_id(actor), seen_at__isnull=True)
    if notice_ids is not None:
        own = own.filter(pk__in=notice_ids)
    return int(own.update(seen_at=clock.now()))


@transaction.atomic
def prefer(*, actor: Actor, wish: Wish) -> Preference:
    """Choose how oneself is told; what was made before goes the way it was made for."""
    known, _ = Preference.objects.select_for_update().get_or_create(user_id=reader_id(actor))
    before = {"channel": known.channel, "hour": known.hour, "digest": known.digest}
    after = {"channel": wish.channel, "hour": wish.hour, "digest": wish.digest}
    for name, value in after.items():
        setattr(known, name, value)
    known.full_clean()
    known.save()
    if before != after:
        record(actor=actor, action="notices.prefer", thing=known, before=before, after=after)
    return known
