"""Taking back what was recorded by mistake: a reply, an answer, a report of completion, a cancellation."""

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.records.api import say_answers
from noivu.work.constants import FOREVER, Happening, Kind, Status
from noivu.work.models import Obligation, ObligationEvent
from noivu.work.reorganising import project_and_follow
from noivu.work.services.ledger import locked, set_aside, stands, told, update

_BY_THE_DOER = frozenset({Happening.STARTED, Happening.COMPLETED, Happening.REFUSED})
_DONE_ANEW = frozenset({Happening.ASSIGNED, Happening.DUE_SET, Happening.TRANSFERRED})
"""Not taken back but said anew: by assigning, correcting, transferring."""

_CLOSING = {
    Status.COMPLETED: (Happening.COMPLETED, Happening.CONFIRMED),
    Status.AWAITING: (Happening.COMPLETED,),
    Status.CANCELLED: (Happening.CANCELLED,),
}


@transaction.atomic
def withdraw(*, actor: Actor, obligation: Obligation, reason: str) -> Obligation:
    """Take back what made it stand as it does, else the last thing that happened, as if it had not been recorded.

    The log keeps it. Who may record it may take it back. A letter that completed it answers it no more.
    """
    require_reason(reason)
    fresh = locked(obligation)
    last = _decisive(fresh)
    if last is None or Happening(last.happening) in _DONE_ANEW:
        raise Refusal(
            what=Text(vi="Không có diễn biến nào để thu hồi.", en="There is nothing to take back."),
            do=Text(vi="Tải lại trang để xem diễn biến mới nhất.", en="Reload the page to see its latest events."),
            code="state",
        )
    access.require(actor, "work.do" if Happening(last.happening) in _BY_THE_DOER else "work.assign", fresh)
    letter = last.outgoing
    if letter is not None and fresh.document is not None and letter.in_reply_to_id == fresh.document_id:
        say_answers(actor=actor, document=letter, incoming=fresh.document, answers=False, reason=reason)
    else:
        _take_back(actor, fresh, last, reason)
    fresh.refresh_from_db()
    return fresh


def _decisive(fresh: Obligation) -> ObligationEvent | None:
    """The completion or the cancellation of what is closed, whatever is recorded of later days; what a reorganisation
    did, and what was counted anew, is undone with it."""
    closing = _CLOSING.get(stands(fresh, FOREVER).status, tuple(Happening))
    events = fresh.events.current().filter(
        happening__in=[happening.value for happening in closing], act=None, recount=None
    )
    return events.select_related("outgoing").order_by("on", "order", "pk").last()


def _take_back(actor: Actor, fresh: Obligation, last: ObligationEvent, reason: str) -> None:
    now = clock.now()
    before = {**told(stands(fresh, FOREVER)), "answer_symbol": fresh.answer_symbol, "result": fresh.result}
    set_aside(fresh, [last], now)
    if fresh.kind == Kind.RECOMMENDATION and last.happening == Happening.COMPLETED:
        update(fresh, {"result": ""})
    project_and_follow([fresh.pk], now)
    fresh.refresh_from_db(fields=["answer_symbol"])
    after = {**told(stands(fresh, FOREVER)), "answer_symbol": fresh.answer_symbol, "result": fresh.result}
    record(actor=actor, action="obligation.withdraw", thing=fresh, before=before, after=after, reason=reason)
