"""What is still owed follows the calendar and the rules: an opinion that has not come is due when it now counts."""

from datetime import date
from typing import Any

from django.dispatch import receiver

from noivu.audit.api import record
from noivu.core import clock
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import CountingChange, Deadline, Followed, counting_changed, deadline, supersede, trace_of
from noivu.opinions.constants import Standing
from noivu.opinions.models import OpinionRequest
from noivu.work.api import obligation_address


@receiver(counting_changed, sender=CountingChange)
def count_anew(change: CountingChange, **_: Any) -> Followed | None:
    """Opinions not given yet, and not taken as given by silence."""
    rows = OpinionRequest.objects.current().filter(answered_on__isnull=True).exclude(rule="")
    if not change.dry_run:
        rows = rows.select_for_update(of=("self",))
    today = clock.today()
    moves = [
        (one, counted)
        for one in rows.select_related("obligation").order_by("pk")
        if one.standing_on(today) is not Standing.SILENT and (counted := _moved(one, change)) is not None
    ]
    if not change.dry_run:
        for one, counted in moves:
            _move(one, counted, change)
    if not moves:
        return None
    words = Text(
        vi="{n} ý kiến chưa trả lời dời hạn.",
        en="{n} opinion not given yet gets another due date||{n} opinions not given yet get another due date.",
    )
    first = moves[0][0].obligation
    address = obligation_address(first.kind, first.pk, None)
    return Followed(f"o{len(moves)}", words.format(n=len(moves)), address, len(moves))


def _moved(one: OpinionRequest, change: CountingChange) -> Deadline | None:
    """As it counts now, where what changed lies on its way and gives another day."""
    if not _concerns(one.sent_on, one.due_on, one.rule, change):
        return None
    try:
        counted = deadline(one.sent_on, rule=one.rule)
    except Refusal:
        return None  # the rule has no value on that day any more: the date stays
    return counted if counted.due_on != one.due_on else None


def _concerns(start: date, due: date, rule: str, change: CountingChange) -> bool:
    if change.rules & {rule, f"deadline.{rule}"}:
        return True
    return not (change.days or change.rules) or any(start <= day <= due for day in change.days)


def _move(one: OpinionRequest, counted: Deadline, change: CountingChange) -> None:
    before = {"agency": one.agency, "opinion_due_on": one.due_on.isoformat()}
    supersede(one, due_on=counted.due_on, trace=trace_of(counted), silence_consents=counted.consents)
    after = {"agency": one.agency, "opinion_due_on": one.due_on.isoformat()}
    record(
        actor=change.actor,
        action="opinion.recount",
        thing=one.obligation,
        before=before,
        after=after,
        reason=change.reason,
    )
