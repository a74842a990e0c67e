"""What can be done to an obligation from a page: one declaration for the buttons and the form behind each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.urls import reverse

from noivu.core import access, clock
from noivu.core.access import ASSIGNED
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.matters.api import Advance, LegalStage, advance, step_back
from noivu.office.act import RUNNING, Act, Perform, ShownAct
from noivu.office.forms import acts as forms
from noivu.office.queries.entering import helping_lines
from noivu.office.queries.officers import as_it_stands, named, written
from noivu.office.queries.replies import issued_replies
from noivu.work import api as services
from noivu.work.api import Done, Obligation, ObligationEvent, Reply, decider_of, waiting_request
from noivu.work.constants import RequestState, Status


def acts_for(actor: Actor, obligation: Obligation, status: Status, events: Iterable[ObligationEvent]) -> list[ShownAct]:
    """The acts that this actor may do to an obligation as it stands; the decisive one first."""
    happened = list(events)
    return [
        ShownAct(act.label, reverse("office:act", args=[obligation.pk, act.code]), act.key, act.is_main)
        for act in ACTS.values()
        if is_offered(act, obligation, status, happened) and may_do(actor, act, obligation)
    ]


def is_offered(act: Act, obligation: Obligation, status: Status, happened: Sequence[ObligationEvent]) -> bool:
    """Whether an act can be done to an obligation as it stands, whoever does it."""
    if not act.fits(obligation.kind) or status not in act.statuses:
        return False
    waits = waiting_request(event.as_event() for event in happened)
    return (act.requests is None or waits in act.requests) and bool(act.offered(obligation, happened))


def may_do(actor: Actor, act: Act, obligation: Obligation) -> bool:
    """Whether the actor may: to decide on it is for whoever assigned it."""
    return access.may(actor, act.verb, decider_of(obligation) if act.verb == "work.assign" else obligation)


def _reply(actor: Actor, obligation: Obligation, data: Mapping[str, Any], form: Any) -> None:
    registers = {obligation.unit_id, *obligation.given_to(ASSIGNED)}
    known = issued_replies(actor, registers, data["symbol"], data["on"])
    if known:
        services.complete_with_reply(actor=actor, obligation=obligation, reply=Reply.by(known[0]))
    elif data["on"] is None:
        form.require_day()
    else:
        services.complete_with_reply(actor=actor, obligation=obligation, reply=Reply(data["on"], data["symbol"]))


def _assign(actor: Actor, obligation: Obligation, data: Mapping[str, Any], form: Any) -> None:
    to = named(actor, data["unit"].pk, data["officer"], stands=as_it_stands(obligation))
    if obligation.document is not None:
        services.assign_document(actor=actor, document=obligation.document, to=to, on=data["on"], note=data["note"])
    else:
        services.assign(actor=actor, obligation=obligation, to=to, on=data["on"], note=data["note"])


def _name_helpers(actor: Actor, obligation: Obligation, data: Mapping[str, Any], form: Any) -> None:
    services.name_helpers(
        actor=actor, obligation=obligation, helping=form.helping, on=data["on"], reason=data["reason"]
    )


def _transfer(actor: Actor, obligation: Obligation, data: Mapping[str, Any], form: Any) -> None:
    to, reason = data["unit"].pk, data["reason"]
    services.transfer(actor=actor, obligation=obligation, unit_id=to, on=data["on"], reason=reason)


def _answer(actor: Actor, obligation: Obligation, data: Mapping[str, Any], form: Any) -> None:
    services.answer_recommendation(
        actor=actor,
        obligation=obligation,
        on=data["on"],
        symbol=data["symbol"],
        result=data.get("result", ""),
    )


def _resume(actor: Actor, obligation: Obligation, data: Mapping[str, Any], form: Any) -> None:
    shown, moved = (services.moved_due(obligation, day) for day in (clock.today(), data["on"]))
    if shown and moved and data["due_on"] == shown.due_on != moved.due_on:
        form.require_seen(moved.due_on)
    else:
        services.resume(actor=actor, obligation=obligation, **data)


def known_of(act: Act, obligation: Obligation) -> dict[str, Any]:
    """What the form of an act begins with."""
    if act.code == "assign":
        return {
            "unit": obligation.assigned_unit,
            "officer": written(obligation.assigned_to, obligation.assigned_officer),
        }
    if act.code == "helpers":
        return {"cooperating": "\n".join(helping_lines(obligation))}
    if act.code == "resume":
        moved = services.moved_due(obligation, clock.today())
        return {"due_on": moved.due_on if moved else None}
    return {}


def _advance(actor: Actor, obligation: Obligation, data: Mapping[str, Any], form: Any) -> None:
    to = Advance(**{**data, "stage": LegalStage(data["stage"])})
    advance(actor=actor, obligation=obligation, to=to)


def _plainly(verb: Callable[..., Any]) -> Perform:
    """A verb whose arguments are the fields of its form."""

    def perform(actor: Actor, obligation: Obligation, data: Mapping[str, Any], form: Any) -> None:
        verb(actor=actor, obligation=obligation, **data)

    return perform


_REPLY, _REPORT = frozenset({Done.BY_LETTER}), frozenset({Done.BY_REPORT})
_STAGES = frozenset({Done.BY_STAGE})
_NOT_BY_STAGES = frozenset(Done) - _STAGES
_OPEN = frozenset({Status.OPEN})
_ASKED: frozenset[RequestState | None] = frozenset({RequestState.ASKED})
_OFFERED: frozenset[RequestState | None] = frozenset({RequestState.OFFERED})
UNDO = Act(
    "undo",
    Text(vi="Hoàn tác việc vừa ghi", en="Undo what was just recorded"),
    Text(vi="Đã hoàn tác.", en="Undone."),
    forms.ReasonForm,
    _plainly(services.undo),
    verb="work.do",
    offered=services.to_undo,
)
ACTS: dict[str, Act] = {
    act.code: act
    for act in (
        Act(
            "reply",
            Text(vi="Ghi văn bản trả lời", en="Record the reply"),
            Text(vi="Đã ghi văn bản trả lời.", en="Reply recorded."),
            forms.ReplyForm,
            _reply,
            verb="work.do",
            ways=_REPLY,
            key="r",
            is_main=True,
        ),
        Act(
            "answer",
            Text(vi="Ghi văn bản trả lời, báo cáo", en="Record the answer"),
            Text(vi="Đã ghi văn bản trả lời.", en="Answer recorded."),
            forms.AnswerForm,
            _answer,
            verb="work.do",
            ways=frozenset({Done.BY_ANSWER}),
            key="r",
            is_main=True,
        ),
        Act(
            "advance",
            Text(vi="Chuyển bước", en="Next stage"),
            Text(vi="Đã ghi bước mới.", en="Stage recorded."),
            forms.AdvanceForm,
            _advance,
            verb="work.do",
            ways=_STAGES,
            statuses=RUNNING | {Status.COMPLETED},
            key="r",
            is_main=True,
        ),
        Act(
            "step-back",
            Text(vi="Thu hồi bước ghi nhầm", en="Take the last stage back"),
            Text(vi="Đã thu hồi bước.", en="Stage taken back."),
            forms.ReasonForm,
            _plainly(step_back),
            verb="work.do",
            ways=_STAGES,
            statuses=RUNNING | {Status.COMPLETED},
        ),
        Act(
            "complete",
            Text(vi="Báo cáo hoàn thành", en="Report completion"),
            Text(vi="Đã báo cáo hoàn thành.", en="Completion reported."),
            forms.DayAndNoteForm,
            _plainly(services.complete),
            verb="work.do",
            ways=_REPORT,
            key="r",
            is_main=True,
        ),
        Act(
            "confirm",
            Text(vi="Xác nhận hoàn thành", en="Confirm completion"),
            Text(vi="Đã xác nhận hoàn thành.", en="Completion confirmed."),
            forms.DayAndNoteForm,
            _plainly(services.confirm),
            ways=_REPORT,
            statuses=frozenset({Status.AWAITING}),
            is_main=True,
            key="r",
        ),
        Act(
            "start",
            Text(vi="Bắt đầu xử lý", en="Start"),
            Text(vi="Đã ghi ngày bắt đầu xử lý.", en="Start recorded."),
            forms.DayForm,
            _plainly(services.start),
            verb="work.do",
            statuses=frozenset({Status.OPEN}),
        ),
        Act(
            "assign",
            Text(vi="Phân công", en="Assign"),
            Text(vi="Đã phân công.", en="Assigned."),
            forms.AssignForm,
            _assign,
            verb="work.allot",
            key="g",
        ),
        Act(
            "helpers",
            Text(vi="Đơn vị phối hợp", en="Co-operating units"),
            Text(vi="Đã ghi đơn vị phối hợp.", en="Co-operating units recorded."),
            forms.HelpersForm,
            _name_helpers,
            ways=_REPLY,
        ),
        Act(
            "extend",
            Text(vi="Gia hạn", en="Extend"),
            Text(vi="Đã gia hạn.", en="Extended."),
            forms.ExtensionForm,
            _plainly(services.extend),
            key="h",
        ),
        Act(
            "ask-extension",
            Text(vi="Đề nghị gia hạn", en="Ask for an extension"),
            Text(vi="Đã gửi đề nghị gia hạn.", en="The extension is asked for."),
            forms.RequestForm,
            _plainly(services.ask_extension),
            verb="work.do",
            statuses=_OPEN,
            requests=frozenset({None}),
            key="h",
        ),
        Act(
            "accept-extension",
            Text(vi="Đồng ý gia hạn", en="Accept the extension"),
            Text(vi="Đã đồng ý gia hạn.", en="Extension accepted."),
            forms.DayAndWordsForm,
            _plainly(services.accept_extension),
            requests=_ASKED,
        ),
        Act(
            "refuse-extension",
            Text(vi="Không đồng ý gia hạn", en="Refuse the extension"),
            Text(vi="Đã trả lời không đồng ý gia hạn.", en="Extension refused."),
            forms.DayAndReasonForm,
            _plainly(services.refuse_extension),
            requests=_ASKED,
        ),
        Act(
            "offer-extension",
            Text(vi="Đề xuất hạn khác", en="Propose another date"),
            Text(vi="Đã đề xuất hạn khác.", en="Another date is proposed."),
            forms.OfferForm,
            _plainly(services.offer_extension),
            requests=_ASKED,
        ),
        Act(
            "accept-offer",
            Text(vi="Nhận hạn được đề xuất", en="Accept the proposed date"),
            Text(vi="Đã nhận hạn được đề xuất.", en="The proposed date is accepted."),
            forms.DayAndWordsForm,
            _plainly(services.accept_offer),
            verb="work.do",
            requests=_OFFERED,
        ),
        Act(
            "decline-offer",
            Text(vi="Không nhận hạn đề xuất", en="Decline the proposed date"),
            Text(vi="Đã trả lời không nhận hạn đề xuất.", en="The proposed date is declined."),
            forms.DayAndReasonForm,
            _plainly(services.decline_offer),
            verb="work.do",
            requests=_OFFERED,
        ),
        Act(
            "withdraw-request",
            Text(vi="Rút đề nghị gia hạn", en="Withdraw the request"),
            Text(vi="Đã rút đề nghị gia hạn.", en="The request is withdrawn."),
            forms.DayAndReasonForm,
            _plainly(services.withdraw_request),
            verb="work.do",
            requests=_ASKED | _OFFERED,
        ),
        Act(
            "suspend",
            Text(vi="Tạm dừng", en="Suspend"),
            Text(vi="Đã tạm dừng tính hạn.", en="The clock is stopped."),
            forms.DayAndReasonForm,
            _plainly(services.suspend),
            statuses=frozenset({Status.OPEN}),
            ways=_NOT_BY_STAGES,
        ),
        Act(
            "resume",
            Text(vi="Tiếp tục", en="Resume"),
            Text(vi="Đã tiếp tục tính hạn.", en="The clock runs again."),
            forms.ResumeForm,
            _resume,
            statuses=frozenset({Status.SUSPENDED}),
            ways=_NOT_BY_STAGES,
        ),
        Act(
            "return",
            Text(vi="Trả lại làm tiếp", en="Return for more work"),
            Text(vi="Đã trả lại làm tiếp.", en="Returned."),
            forms.DayAndReasonForm,
            _plainly(services.return_),
            ways=_REPORT,
            statuses=frozenset({Status.AWAITING, Status.COMPLETED}),
        ),
        Act(
            "refuse",
            Text(vi="Từ chối nhận", en="Decline"),
            Text(vi="Đã ghi việc từ chối.", en="Refusal recorded."),
            forms.DayAndReasonForm,
            _plainly(services.refuse),
            verb="work.do",
            ways=_REPORT,
            statuses=frozenset({Status.OPEN}),
        ),
        Act(
            "pass-back",
            Text(vi="Trả lại nơi chuyển", en="Pass back to who sent it"),
            Text(vi="Đã trả lại nơi chuyển.", en="Passed back."),
            forms.DeclineForm,
            _plainly(services.decline),
            verb="work.do",
            declines=True,
        ),
        Act(
            "turn-down",
            Text(vi="Từ chối giải quyết", en="Turn down"),
            Text(vi="Đã ghi việc từ chối.", en="Turned down."),
            forms.DayAndReasonForm,
            _plainly(partial(services.decline, passes_back=False)),
            verb="work.do",
            declines=True,
        ),
        Act(
            "cancel",
            Text(vi="Thôi yêu cầu thực hiện", en="Cancel"),
            Text(vi="Từ ngày đã ghi, mục này không còn phải thực hiện.", en="From that day it is owed no more."),
            forms.DayAndReasonForm,
            _plainly(services.cancel),
            statuses=RUNNING | {Status.AWAITING},
        ),
        Act(
            "transfer",
            Text(vi="Chuyển đơn vị", en="Transfer"),
            Text(vi="Đã chuyển sang đơn vị khác.", en="Transferred to another unit."),
            forms.TransferForm,
            _transfer,
            statuses=RUNNING | {Status.AWAITING},
        ),
        Act(
            "withdraw",
            Text(vi="Thu hồi việc ghi hoàn thành", en="Take the completion back"),
            Text(vi="Đã thu hồi.", en="Taken back."),
            forms.ReasonForm,
            _plainly(services.withdraw),
            verb="work.do",
            statuses=frozenset({Status.AWAITING, Status.COMPLETED}),
            ways=_NOT_BY_STAGES,
        ),
        UNDO,
        Act(
            "restore",
            Text(vi="Khôi phục", en="Restore"),
            Text(vi="Đã khôi phục.", en="Restored."),
            forms.ReasonForm,
            _plainly(services.withdraw),
            statuses=frozenset({Status.DECLINED, Status.CANCELLED}),
        ),
        Act(
            "remove",
            Text(vi="Gỡ mục ghi nhầm", en="Remove a mistaken entry"),
            Text(vi="Đã gỡ mục ghi nhầm.", en="Mistaken entry removed."),
            forms.ReasonForm,
            _plainly(services.remove_obligation),
            statuses=frozenset(Status),
        ),
    )
}
