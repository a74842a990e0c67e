"""Taking back what was recorded by mistake: a reply, an answer, a report of completion, a cancellation."""

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.records.api import say_answers
from noivu.work.constants import FOREVER, REQUESTING, Happening, RequestState, Status
from noivu.work.kinds import kind_of
from noivu.work.models import Obligation, ObligationEvent
from noivu.work.policies import right_to
from noivu.work.reorganising import project_and_follow
from noivu.work.services.ledger import locked, require_still_within_family, set_aside, stands, told, update
from noivu.work.timeline import waiting_request

_DONE_ANEW = frozenset({Happening.ASSIGNED, Happening.DUE_SET, Happening.TRANSFERRED})
"""Not taken back but said anew: by assigning, correcting, transferring."""

_OF_REQUESTS = frozenset(REQUESTING) - {Happening.EXTENDED}
"""A request has verbs of its own."""

_CLOSING = {
    Status.COMPLETED: (Happening.COMPLETED, Happening.CONFIRMED),
    Status.AWAITING: (Happening.COMPLETED,),
    Status.DECLINED: (Happening.PASSED_BACK, Happening.TURNED_DOWN),
    Status.CANCELLED: (Happening.CANCELLED,),
}


@transaction.atomic
def withdraw(
    *,
    actor: Actor,
    obligation: Obligation,
    reason: str,
    only: ObligationEvent | None = None,
    over: Obligation | None = None,
) -> Obligation:
    """Take back what made it stand as it does, else the last thing that happened, as if it had not been recorded;
    `only` names another one.

    The log keeps it. Who may record it may take it back. A letter that completed it answers it no more. Parts
    cancelled with it are owed again. `over`: the whole, where the right over it is the right over this part.
    """
    require_reason(reason)
    fresh = locked(obligation)
    last = only or _decisive(fresh)
    if last is None or Happening(last.happening) in _DONE_ANEW:
        raise Refusal(
            what=Text(vi="Không có diễn biến nào để thu hồi.", en="There is nothing to take back."),
            do=Text(vi="Tải lại trang để xem diễn biến mới nhất.", en="Reload the page to see its latest events."),
            code="state",
        )
    access.require(actor, *right_to(Happening(last.happening), over or fresh))
    letter = last.outgoing
    if letter is not None and fresh.document is not None and letter.in_reply_to_id == fresh.document_id:
        say_answers(actor=actor, document=letter, incoming=fresh.document, answers=False, reason=reason)
    else:
        _take_back(actor, fresh, last, reason)
        if last.happening == Happening.CANCELLED:
            _owe_parts_again(actor, fresh, last, reason)
    fresh.refresh_from_db()
    return fresh


def _owe_parts_again(actor: Actor, whole: Obligation, cancelled: ObligationEvent, reason: str) -> None:
    for one in whole.cooperations.filter(part__removed_at=None).select_related("part"):
        if one.part is None or stands(one.part, FOREVER).status is not Status.CANCELLED:
            continue
        last = _decisive(one.part)
        act = (max(cancelled.on, one.part.arises_on), cancelled.reason, cancelled.actor_id)
        if last is not None and (last.on, last.reason, last.actor_id) == act:
            withdraw(actor=actor, obligation=one.part, reason=reason, only=last, over=whole)


def _decisive(fresh: Obligation) -> ObligationEvent | None:
    """The completion or the cancellation of what is closed, whatever is recorded of later days; what a reorganisation
    did, and what was counted anew, is undone with it."""
    others = tuple(happening for happening in Happening if happening not in _OF_REQUESTS)
    closing = _CLOSING.get(stands(fresh, FOREVER).status, others)
    events = fresh.events.current().filter(
        happening__in=[happening.value for happening in closing], act=None, recount=None
    )
    return events.select_related("outgoing").order_by("on", "order", "pk").last()


def _reopen_request(fresh: Obligation) -> None:
    """A request that the event answered waits again."""
    state = waiting_request(event.as_event() for event in fresh.events.current())
    request = fresh.requests.order_by("pk").last()
    if state is None or request is None:
        return
    request.state = state.value
    request.answered_on = request.answered_on if state is RequestState.OFFERED else None
    request.save(update_fields=["state", "answered_on"])


def _take_back(actor: Actor, fresh: Obligation, last: ObligationEvent, reason: str) -> None:
    now = clock.now()
    before, stood = _said(fresh), stands(fresh, FOREVER)
    set_aside(fresh, [last], now)
    if kind_of(fresh.kind).results and last.happening == Happening.COMPLETED:
        update(fresh, {"result": ""})
    _reopen_request(fresh)
    project_and_follow([fresh.pk], now)
    require_still_within_family(fresh, stood)
    fresh.refresh_from_db(fields=["answer_symbol"])
    after = _said(fresh)
    record(actor=actor, action="obligation.withdraw", thing=fresh, before=before, after=after, reason=reason)


def _said(fresh: Obligation) -> dict[str, object]:
    answer = {name: getattr(fresh, name) for name in ("answer_symbol", "reply_document_id", "result")}
    return {**told(stands(fresh, FOREVER)), **answer}
