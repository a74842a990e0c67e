"""What is open under an account goes to another officer when its own leaves (bàn giao khi thôi việc)."""

from django.db import transaction
from django.db.models import QuerySet

from noivu.accounts.api import OpenWork, Successor, declare_open_work
from noivu.audit.api import declare_action, record_bulk
from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.records.api import IncomingDocument, give_on
from noivu.work.constants import STANDING, Happening, Status
from noivu.work.models import Obligation, ObligationSpan
from noivu.work.projection import project
from noivu.work.services.ledger import Happened, update, write_event

declare_action("obligation.hand_over", Text(vi="Bàn giao việc đang mở", en="Open work handed over"))
_RUNNING = (Status.OPEN.value, Status.SUSPENDED.value)


def open_under(account: str) -> int:
    """How much is owed under an account: open, suspended, or waiting for confirmation."""
    return _standing(account).count()


@transaction.atomic
def hand_over_open(actor: Actor, account: str, to: Successor, reason: str) -> int:
    """Give all that is owed under an account, and the documents it is owed for, to another officer of the same unit.

    Each gets its event; the log gets one entry over all of them. The right to do so is that of taking the officer out
    of service, and is asked there. Returns how much it was.
    """
    now, today = clock.now(), clock.today()
    spans = {span.obligation_id: span for span in _standing(account)}
    owed = list(Obligation.objects.select_for_update().filter(pk__in=spans).order_by("pk"))
    if not owed:
        return 0
    for obligation in owed:
        if spans[obligation.pk].status in _RUNNING:
            unit_id = obligation.assigned_unit_id
            given = Happened(Happening.ASSIGNED, today, reason=reason, unit_id=unit_id, officer=to.name)
            write_event(obligation, given, actor, now)
        update(obligation, {"assigned_to": to.name, "assigned_officer": to.account})
    project([obligation.pk for obligation in owed], now)
    documents = IncomingDocument.objects.current().filter(
        pk__in=[obligation.document_id for obligation in owed], assigned_officer=account
    )
    give_on(documents, to.name, to.account, now)
    after = {"assigned_to": to.name, "assigned_officer": to.account}
    rows = (("work.obligation", obligation.pk, after) for obligation in owed)
    label = f"Bàn giao {len(owed)} việc cho {to.name}"
    record_bulk(actor=actor, action="obligation.hand_over", label=label, rows=rows, reason=reason)
    return len(owed)


def _standing(account: str) -> QuerySet[ObligationSpan]:
    spans = ObligationSpan.objects.current().holding_on(clock.today()).filter(status__in=STANDING)
    return spans.filter(obligation__in=Obligation.objects.standing().filter(assigned_officer=account))


declare_open_work(OpenWork("work.obligations", open_under, hand_over_open))
