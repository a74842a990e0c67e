"""Reading notices: what a person was told, how a person is told, and how mail and worker stand."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, Subquery, Value
from django.db.models.functions import Coalesce

from noivu.accounts.api import user_id_of
from noivu.core import clock
from noivu.core.actors import Actor
from noivu.notices.constants import State
from noivu.notices.models import Delivery, JobRun, Lease, Notice, Preference

PAGE = 50
WORKER = "worker"


def reader_id(actor: Actor) -> int:
    """The key of the person who reads: whoever has notices is a user."""
    user_id = user_id_of(actor)
    if user_id is None:
        raise LookupError(f"{actor.id} is no user and has no notices")
    return user_id


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """What a person was told, the latest first. `older`: the key below which the next page begins."""

    notices: list[Notice]
    unseen: int
    older: int | None


def notices_for(actor: Actor, before: int | None = None) -> NoticesPage:
    """A page of one's own notices: two queries."""
    own = Notice.objects.shown_to(reader_id(actor))
    rows = own.order_by("-pk") if before is None else own.filter(pk__lt=before).order_by("-pk")
    found = list(rows[: PAGE + 1])
    older = found[PAGE - 1].pk if len(found) > PAGE else None
    return NoticesPage(found[:PAGE], own.unseen().count(), older)


def unseen_of_user(user_id: int) -> Coalesce:
    """How many notices a user has not read, as a column of the query that reads the user (`declare_carried`)."""
    unseen = Notice.objects.unseen().filter(user_id=user_id)
    return Coalesce(Subquery(unseen.order_by().values(every=Value(1)).annotate(count=Count("pk")).values("count")), 0)


def preference_of(actor: Actor) -> Preference:
    """How the actor is told; the values that hold without a choice, where none was made."""
    user_id = reader_id(actor)
    return Preference.objects.filter(user_id=user_id).first() or Preference(user_id=user_id)


@dataclass(frozen=True, slots=True)
class MailStanding:
    """How mail stands: what waits since when and why, what was refused, what may have been sent twice."""

    waiting: int
    since: datetime | None
    refused: int
    maybe_twice: int
    last_error: str


def mail_standing() -> MailStanding:
    """Two queries."""
    under_way = Q(state__in=[State.WAITING.value, State.SENDING.value])
    counted = Delivery.objects.aggregate(
        waiting=Count("pk", filter=under_way),
        since=Min("made_at", filter=under_way),
        refused=Count("pk", filter=Q(state=State.FAILED.value)),
        maybe_twice=Count("pk", filter=Q(maybe_sent=True)),
    )
    troubled = Delivery.objects.exclude(state=State.SENT.value).exclude(last_error="").order_by("-next_at").first()
    return MailStanding(**counted, last_error=troubled.last_error if troubled else "")


@dataclass(frozen=True, slots=True)
class WorkerStanding:
    """When the worker last did its round, and which jobs fail, with what the last failure said."""

    last_at: datetime | None
    failing: dict[str, str]


def worker_standing() -> WorkerStanding:
    """Two queries."""
    lease = Lease.objects.filter(name=WORKER).first()
    failing = JobRun.objects.filter(failures__gt=0).order_by("code")
    return WorkerStanding(lease.beat_at if lease else None, {run.code: run.last_error for run in failing})


def is_stale(standing: WorkerStanding, minutes: int) -> bool:
    """Whether no worker has done a round for so long."""
    at = standing.last_at
    return at is None or (clock.now() - at).total_seconds() > minutes * 60
