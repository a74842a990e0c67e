"""Extensions asked for by the lead unit, and the assigner's answers (đề nghị gia hạn, trả lời đề nghị).

The lead asks while the work is open, for a later day, once at a time. The assigner accepts, refuses with a reason, or
proposes another day, which the lead accepts or declines. Only an acceptance moves the due date.
"""

from datetime import date
from typing import Any

from django.db import transaction

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.work.constants import UNANSWERED, Happening, RequestState, Status
from noivu.work.models import ExtensionRequest, Obligation
from noivu.work.policies import decider_of
from noivu.work.services.assignment import require_later
from noivu.work.services.ledger import Due, Happened, happen, locked

_DO, _ANSWER = "work.do", "work.assign"
_OPEN = (Status.OPEN,)
_RUNNING = (Status.OPEN, Status.SUSPENDED)


@transaction.atomic
def ask_extension(*, actor: Actor, obligation: Obligation, due_on: date, on: date, reason: str) -> Obligation:
    """The lead unit asks for a later day."""
    access.require(actor, "work.do", obligation)
    require_reason(reason)
    fresh = locked(obligation)
    waiting = _waiting(fresh)
    if waiting is not None:
        day = format_day(waiting.asked_on)
        raise Refusal(
            what=Text(
                vi=f"Đề nghị gia hạn ngày {day} chưa được trả lời xong.",
                en=f"The request of {day} is not answered yet.",
            ),
            do=Text(vi="Chờ trả lời, hoặc rút đề nghị đó trước.", en="Wait for the answer, or withdraw it first."),
            code="asked_already",
        )
    require_later(fresh, due_on, on, needs_one=True)
    asked = happen(
        actor=actor,
        obligation=fresh,
        action="extension.ask",
        happened=Happened(Happening.EXTENSION_ASKED, on, reason=reason, due=Due(on=due_on)),
        allowed=_OPEN,
    )
    ExtensionRequest.objects.create(obligation=fresh, state=RequestState.ASKED.value, asked_on=on, wanted_due_on=due_on)
    return asked


@transaction.atomic
def accept_extension(*, actor: Actor, obligation: Obligation, on: date, reason: str = "") -> Obligation:
    """The assigner accepts: the due date is the one that was asked for."""
    request = _required(actor, _ANSWER, obligation, RequestState.ASKED, on)
    return _extended(actor, obligation, request.wanted_due_on, on, reason, _ANSWER)


@transaction.atomic
def refuse_extension(*, actor: Actor, obligation: Obligation, on: date, reason: str) -> Obligation:
    """The assigner refuses, and says why: the due date stays."""
    require_reason(reason)
    _required(actor, _ANSWER, obligation, RequestState.ASKED, on)
    return _answered(actor, obligation, Happened(Happening.EXTENSION_REFUSED, on, reason=reason), _ANSWER)


@transaction.atomic
def offer_extension(*, actor: Actor, obligation: Obligation, due_on: date, on: date, reason: str) -> Obligation:
    """The assigner proposes another later day, and says why; the lead answers."""
    require_reason(reason)
    request = _required(actor, _ANSWER, obligation, RequestState.ASKED, on)
    if due_on == request.wanted_due_on:
        raise Refusal(
            what=Text(vi="Đây chính là hạn được đề nghị.", en="This is the day that was asked for."),
            do=Text(vi="Chọn Đồng ý gia hạn, hoặc nhập ngày khác.", en="Accept the request, or enter another day."),
            where="due_on",
            code="same_day",
        )
    require_later(locked(obligation), due_on, on, needs_one=True)
    happened = Happened(Happening.EXTENSION_OFFERED, on, reason=reason, due=Due(on=due_on))
    return _answered(actor, obligation, happened, _ANSWER)


@transaction.atomic
def accept_offer(*, actor: Actor, obligation: Obligation, on: date, reason: str = "") -> Obligation:
    """The lead takes the day that the assigner proposed: that is the due date."""
    request = _required(actor, _DO, obligation, RequestState.OFFERED, on)
    assert request.offered_due_on is not None  # of an offer, by constraint
    return _extended(actor, obligation, request.offered_due_on, on, reason, _DO)


@transaction.atomic
def decline_offer(*, actor: Actor, obligation: Obligation, on: date, reason: str) -> Obligation:
    """The lead does not take the proposed day: the due date stays."""
    require_reason(reason)
    _required(actor, _DO, obligation, RequestState.OFFERED, on)
    return _answered(actor, obligation, Happened(Happening.OFFER_DECLINED, on, reason=reason), _DO)


@transaction.atomic
def withdraw_request(*, actor: Actor, obligation: Obligation, on: date, reason: str) -> Obligation:
    """The lead asks no more."""
    require_reason(reason)
    _required(actor, _DO, obligation, None, on)
    return _answered(actor, obligation, Happened(Happening.REQUEST_WITHDRAWN, on, reason=reason), _DO)


def _extended(actor: Actor, obligation: Obligation, due_on: date, on: date, reason: str, verb: str) -> Obligation:
    require_later(locked(obligation), due_on, on)
    happened = Happened(Happening.EXTENDED, on, reason=reason, due=Due(on=due_on))
    return _answered(actor, obligation, happened, verb)


def _answered(actor: Actor, obligation: Obligation, happened: Happened, verb: str) -> Obligation:
    action = f"extension.{_ACTIONS[happened.happening]}"
    return happen(actor=actor, obligation=obligation, action=action, happened=happened, verb=verb, allowed=_RUNNING)


_ACTIONS = {
    Happening.EXTENDED: "accept",
    Happening.EXTENSION_REFUSED: "refuse",
    Happening.EXTENSION_OFFERED: "offer",
    Happening.OFFER_DECLINED: "decline",
    Happening.REQUEST_WITHDRAWN: "withdraw",
}


def _waiting(obligation: Obligation) -> ExtensionRequest | None:
    return ExtensionRequest.objects.filter(obligation=obligation, state__in=UNANSWERED).first()


def _required(
    actor: Actor, verb: str, obligation: Obligation, state: RequestState | None, on: date
) -> ExtensionRequest:
    """The request that waits, in this state where one is named; refused when there is none, or before it was made."""
    access.require(actor, verb, decider_of(obligation) if verb == _ANSWER else obligation)
    request = _waiting(locked(obligation))
    if request is None or (state is not None and request.state != state):
        raise Refusal(
            what=Text(vi="Không có đề nghị gia hạn nào chờ việc này.", en="No request waits for this."),
            do=Text(vi="Tải lại trang để xem diễn biến mới nhất.", en="Reload the page to see its latest events."),
            code="no_request",
        )
    since: Any = request.answered_on or request.asked_on
    if on < since:
        raise Refusal(
            what=Text(
                vi=f"Ngày {format_day(on)} sớm hơn ngày đề nghị {format_day(since)}.",
                en=f"{format_day(on)} is before the day of the request, {format_day(since)}.",
            ),
            do=Text(vi="Nhập ngày đó hoặc ngày sau.", en="Enter that day or a later one."),
            where="on",
            code="order",
        )
    return request
