"""What is open under an account goes to another officer: all of it when its own leaves (bàn giao khi thôi việc), or
what is chosen while that officer stays in service (chuyển đơn vị, nghỉ dài ngày)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from noivu.accounts.api import OpenWork, Successor, colleagues, declare_open_work
from noivu.audit.api import declare_action, record_bulk
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.records.api import IncomingDocument, give_on
from noivu.work.constants import STANDING, Happening, Status
from noivu.work.models import Obligation, ObligationEvent, ObligationSpan
from noivu.work.projection import project
from noivu.work.services.ledger import Happened, update, write_event

declare_action("obligation.hand_over", Text(vi="Bàn giao việc đang mở", en="Open work handed over"))
_ALL = 10_000
"""More people than a unit has."""
_RUNNING = (Status.OPEN.value, Status.SUSPENDED.value)


def open_under(account: str) -> int:
    """How much is owed under an account: open, suspended, or waiting for confirmation."""
    return _standing(account).count()


@transaction.atomic
def hand_over_open(actor: Actor, account: str, to: Successor, reason: str) -> int:
    """Give all that is owed under an account, and the documents it is owed for, to another officer of the same unit.

    The right to do so is that of taking the officer out of service, and is asked there. Returns how much it was.
    """
    return _give(actor, _standing(account), to, reason, can_go_back=False)


def held_by(actor: Actor, account: str, unit_id: int) -> QuerySet[ObligationSpan]:
    """What an officer of a unit holds today and the reader may give on, by due date."""
    held = _standing(account).filter(
        Q(obligation__assigned_unit=unit_id) | Q(obligation__assigned_unit__isnull=True, unit=unit_id)
    )
    held = access.scope(actor, "work.allot", held, given=True).select_related("obligation", "obligation__document")
    return held.order_by("due_on", "pk")


@transaction.atomic
def hand_over_held(
    *, actor: Actor, account: str, unit_id: int, keys: Collection[int], to: Successor, reason: str
) -> int:
    """Give these of what an officer of a unit holds to another officer of it, who stays in service. Returns how many.

    All of them or none: where one is no more held under the account, or is out of reach, nothing is given. On the same
    day each may be given back by itself (`undo`); later, by handing over what came this way (`received_by`).
    """
    require_reason(reason)
    if to.account not in {one.account for one in colleagues(unit_id, limit=_ALL)} - {account}:
        raise Refusal(
            what=Text(vi="Người nhận không phải người khác của đơn vị này.", en="Not another officer of this unit."),
            do=Text(vi="Chọn một người đang dùng tài khoản của đơn vị.", en="Choose an active user of the unit."),
            where="to",
            code="other_unit",
        )
    held = held_by(actor, account, unit_id).filter(obligation__in=keys)
    if not keys or held.count() != len(set(keys)):
        raise Refusal(
            what=Text(vi="Danh sách việc bàn giao đã đổi.", en="What is to be handed over has changed."),
            why=Text(vi="Chưa bàn giao việc nào.", en="Nothing was handed over."),
            do=Text(vi="Tải lại trang, xem lại danh sách.", en="Reload the page and look at the list again."),
            code="changed_meanwhile",
        )
    return _give(actor, held, to, reason, can_go_back=True)


@dataclass(frozen=True, slots=True)
class Received:
    """What came to an officer at one moment from another, and is still held: for handing it back."""

    at: datetime
    giver: str
    keys: frozenset[int]


def received_by(spans: Collection[ObligationSpan]) -> list[Received]:
    """Of what somebody holds, that which came from somebody else, the latest first. One statement."""
    events = ObligationEvent.objects.current().filter(
        obligation__in=[span.obligation_id for span in spans], happening=Happening.ASSIGNED.value
    )
    last = {event.obligation_id: event for event in events.order_by("on", "order", "pk")}
    holders = {span.obligation_id: span.obligation.assigned_to for span in spans}
    came: defaultdict[tuple[datetime, str], set[int]] = defaultdict(set)
    for key, event in last.items():
        giver = event.former_officer[0] if event.former_officer else ""
        if giver and event.officer == holders[key]:
            came[event.recorded_at, giver].add(key)
    return [Received(at, giver, frozenset(keys)) for (at, giver), keys in sorted(came.items(), reverse=True)]


def _give(actor: Actor, spans: Iterable[ObligationSpan], to: Successor, reason: str, *, can_go_back: bool) -> int:
    """Each gets its event; the log gets one entry over all of them."""
    now, today = clock.now(), clock.today()
    statuses = {span.obligation_id: span.status for span in spans}
    owed = list(Obligation.objects.select_for_update().filter(pk__in=statuses).order_by("pk"))
    if not owed:
        return 0
    documents = {one.document_id: one.assigned_officer for one in owed if one.document_id is not None}
    for obligation in owed:
        if statuses[obligation.pk] in _RUNNING:
            unit_id, had = obligation.assigned_unit_id, (obligation.assigned_to, obligation.assigned_officer)
            given = Happened(Happening.ASSIGNED, today, reason=reason, unit_id=unit_id, officer=to.name)
            if can_go_back:
                given = replace(given, former_handler_id=unit_id, former_officer=had)
            write_event(obligation, given, actor, now)
        update(obligation, {"assigned_to": to.name, "assigned_officer": to.account})
    project([obligation.pk for obligation in owed], now)
    handled = IncomingDocument.objects.current().filter(pk__in=documents)
    give_on((one for one in handled if one.assigned_officer == documents[one.pk]), to.name, to.account, now)
    after = {"assigned_to": to.name, "assigned_officer": to.account}
    rows = (("work.obligation", obligation.pk, after) for obligation in owed)
    label = f"Bàn giao {len(owed)} việc cho {to.name}"
    record_bulk(actor=actor, action="obligation.hand_over", label=label, rows=rows, reason=reason)
    return len(owed)


def _standing(account: str) -> QuerySet[ObligationSpan]:
    spans = ObligationSpan.objects.current().holding_on(clock.today()).filter(status__in=STANDING)
    return spans.filter(obligation__in=Obligation.objects.standing().filter(assigned_officer=account))


declare_open_work(OpenWork("work.obligations", open_under, hand_over_open))
