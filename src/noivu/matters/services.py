"""A legal text comes to a stage: what that says, and what follows from it in the ledger.

The lead unit owes a text until it is submitted, or issued where that is its own authority's. Returned, it is owed
again; postponed, the clock stands still until work goes on.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal, require_reason
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.matters.constants import FOLLOWING, LEGAL_STAGES, LEGAL_TEXT, LegalStage
from noivu.matters.models import LegalStep
from noivu.records.api import require_not_to_come
from noivu.work.api import (
    Happening,
    Life,
    Obligation,
    Status,
    complete,
    resume,
    return_,
    state_on,
    suspend,
    withdraw,
)

_DONE = frozenset({LegalStage.SUBMITTED, LegalStage.ISSUED})
_NEED_REASON = frozenset({LegalStage.RETURNED, LegalStage.POSTPONED})


@dataclass(frozen=True, slots=True)
class Advance:
    """To which stage, on which day; whom it goes `to`, its `symbol` once issued, `until` when opinions are asked.

    Submitted, it goes to whom the programme says, unless `to` names another.
    """

    stage: LegalStage
    on: date
    to: str = ""
    symbol: str = ""
    until: date | None = None
    reason: str = ""


def steps_of(obligation: Obligation) -> list[LegalStep]:
    """The way of a legal text, in order, each with the text: one statement."""
    steps = LegalStep.objects.current().filter(obligation=obligation).select_related("obligation__legal_text")
    return list(steps.order_by("on", "order", "id"))


def stages_after(obligation: Obligation) -> list[LegalStage]:
    """The stages that may follow on where a text stands, in their order."""
    last = LegalStep.objects.current().filter(obligation=obligation).order_by("on", "order", "id").last()
    following = FOLLOWING[LegalStage(last.stage) if last else None]
    return [stage for stage in LEGAL_STAGES if stage in following]


@transaction.atomic
def advance(*, actor: Actor, obligation: Obligation, to: Advance) -> LegalStep:
    """The text comes to a stage. One entry in the log says so, and one what follows of it in the ledger."""
    access.require(actor, "work.do", obligation)
    held = _held(obligation)
    require_not_to_come(to.on, "on")
    if to.stage is LegalStage.SUBMITTED and not to.to.strip():
        to = replace(to, to=held.legal_text.submitted_to)
    steps = steps_of(held)
    last = steps[-1] if steps else None
    _require_order(held, last, to)
    _require_whole(to)
    _say_in_the_ledger(actor, held, to)
    step = LegalStep.objects.create(
        obligation=held,
        stage=to.stage.value,
        on=to.on,
        order=last.order + 1 if last is not None and last.on == to.on else 0,
        to=nfc(to.to),
        symbol=nfc(to.symbol),
        until=to.until,
        reason=to.reason,
        actor_id=actor.id,
        actor_name=actor.name,
    )
    before = {"legal_stage": last.stage} if last else None
    record(actor=actor, action="legal_text.advance", thing=held, before=before, after=_told(step), reason=to.reason)
    return step


@transaction.atomic
def step_back(*, actor: Actor, obligation: Obligation, reason: str) -> None:
    """The last stage was recorded by mistake: it is taken back, and what came of it in the ledger."""
    access.require(actor, "work.do", obligation)
    require_reason(reason)
    held = _held(obligation)
    steps = steps_of(held)
    if len(steps) < 2 or LegalStage(steps[-1].stage) in _NEED_REASON:
        raise Refusal(
            what=Text(vi="Không có bước nào thu hồi được.", en="There is no stage that can be taken back."),
            do=Text(
                vi="Sau khi trả lại hoặc hoãn, ghi bước tiếp theo.",
                en="After a return or a postponement, record the next stage.",
            ),
            code="state",
        )
    last, before = steps[-1], steps[-2]
    last.superseded_at = clock.now()
    last.save(update_fields=["superseded_at"])
    if LegalStage(last.stage) in _DONE and LegalStage(before.stage) is not LegalStage.SUBMITTED:
        withdraw(actor=actor, obligation=held, reason=reason)
    _let_it_wait_again(actor, held, before, last, reason)
    after = {"legal_stage": before.stage}
    record(actor=actor, action="legal_text.step_back", thing=held, before=_told(last), after=after, reason=reason)


def _let_it_wait_again(actor: Actor, held: Obligation, before: LegalStep, last: LegalStep, reason: str) -> None:
    """The clock that the stage set going stands still, as it did until then."""
    said = nfc(last.reason) or LEGAL_STAGES[LegalStage(last.stage)].vi
    resumed = held.events.current().filter(happening=Happening.RESUMED.value, on=last.on, reason=said)
    event = resumed.filter(recorded_at__gt=before.recorded_at).order_by("order", "pk").last()
    if event is not None:
        withdraw(actor=actor, obligation=held, reason=reason, only=event)


def _held(obligation: Obligation) -> Obligation:
    return Obligation.objects.standing().select_for_update().get(pk=obligation.pk, kind=LEGAL_TEXT)


def _told(step: LegalStep) -> dict[str, str]:
    until = step.until.isoformat() if step.until else ""
    told = {"legal_stage": step.stage, "on": step.on.isoformat(), "to": step.to, "symbol": step.symbol, "until": until}
    return {name: value for name, value in told.items() if value}


def _require_order(held: Obligation, last: LegalStep | None, to: Advance) -> None:
    reached = LegalStage(last.stage) if last else None
    if to.stage not in FOLLOWING[reached]:
        stands = LEGAL_STAGES[reached] if reached else Text(vi="chưa ghi bước nào", en="no stage yet")
        raise Refusal(
            what=Text(vi="Không thể chuyển sang “{to}”: đang ở “{at}”.", en="“{to}” does not follow on “{at}”.").format(
                to=LEGAL_STAGES[to.stage], at=stands
            ),
            do=Text(vi="Chọn bước khác.", en="Choose another stage."),
            where="stage",
            code="state",
        )
    earliest = last.on if last else held.arises_on
    if to.on < earliest:
        raise Refusal(
            what=Text(
                vi=f"Ngày {format_day(to.on)} sớm hơn bước trước, ngày {format_day(earliest)}.",
                en=f"{format_day(to.on)} is before the stage before it, {format_day(earliest)}.",
            ),
            do=Text(vi="Nhập ngày từ đó trở đi.", en="Enter that day or a later one."),
            where="on",
            code="order",
        )


def _require_whole(to: Advance) -> None:
    if to.stage in _NEED_REASON:
        require_reason(to.reason)
    if to.stage is LegalStage.ISSUED and not to.symbol.strip():
        raise Refusal(
            what=Text(vi="Thiếu số, ký hiệu văn bản ban hành.", en="The symbol of the issued text is missing."),
            where="symbol",
            code="required",
        )
    if to.stage is LegalStage.SUBMITTED and not to.to.strip():
        raise Refusal(
            what=Text(vi="Thiếu nơi trình.", en="Whom it is submitted to is missing."), where="to", code="required"
        )
    if to.until is not None and (to.stage is not LegalStage.CONSULTATION or to.until < to.on):
        raise Refusal(
            what=Text(
                vi="Hạn góp ý chỉ ghi khi lấy ý kiến, và không sớm hơn ngày lấy ý kiến.",
                en="A day for opinions goes with a consultation, and is not before it.",
            ),
            where="until",
            code="order",
        )


def _say_in_the_ledger(actor: Actor, held: Obligation, to: Advance) -> None:
    """What the stage means for what is owed."""
    status = _status(held, to.on)
    reason = nfc(to.reason) or LEGAL_STAGES[to.stage].vi
    if to.stage in _NEED_REASON and status is Status.COMPLETED:
        return_(actor=actor, obligation=held, on=to.on, reason=reason)
        status = Status.OPEN
    if to.stage is LegalStage.POSTPONED:
        if status is Status.OPEN:
            suspend(actor=actor, obligation=held, on=to.on, reason=reason)
        return
    if status is Status.SUSPENDED:
        resume(actor=actor, obligation=held, on=to.on, reason=reason)
        status = Status.OPEN
    if to.stage in _DONE and status is Status.OPEN:
        complete(actor=actor, obligation=held, on=to.on, note=reason)


def _status(held: Obligation, day: date) -> Status | None:
    life = Life(held.first_unit_id, held.arises_on, held.confirmation_required)
    state = state_on(life, [event.as_event() for event in held.events.current()], day)
    return state.status if state else None
