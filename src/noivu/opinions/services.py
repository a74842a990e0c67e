"""Opinions are asked, given, taken up, and taken back where recorded by mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal, require_reason
from noivu.core.text import fold, nfc
from noivu.core.wording import Text
from noivu.law.api import retract, supersede, trace_of
from noivu.opinions.constants import RULES, Answer, Uptake
from noivu.opinions.models import OpinionRequest
from noivu.opinions.policies import may_answer
from noivu.opinions.queries import agency_called, answering_letter, sent_letter
from noivu.records.api import require_not_to_come, require_text
from noivu.units.api import tree
from noivu.work.api import Due, Obligation, locked


@dataclass(frozen=True, slots=True)
class Asking:
    """Several agencies are asked at once: each by the code or name of a unit of ours, or by its name."""

    agencies: Sequence[str]
    sent_on: date
    due: Due
    round: int = 1
    letter_symbol: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an agency says, on which day, in which words, by which letter."""

    answer: Answer
    on: date
    words: str = ""
    symbol: str = ""


@transaction.atomic
def ask_opinions(*, actor: Actor, obligation: Obligation, asking: Asking) -> list[OpinionRequest]:
    """Ask agencies about a text: one entry in the log for each."""
    access.require(actor, "work.do", obligation)
    require_not_to_come(asking.sent_on, "sent_on")
    held = locked(obligation)
    due = _due(held, asking)
    symbol, units = nfc(asking.letter_symbol), tree(asking.sent_on)
    letter = sent_letter(actor, held.unit_id, symbol, asking.sent_on) if symbol else None
    common: dict[str, Any] = {
        "obligation": held, "asking_unit_id": held.unit_id, "round": asking.round, "sent_on": asking.sent_on,
        "letter_symbol": symbol, "letter": letter, "actor_id": actor.id, "actor_name": actor.name, **due,
    }  # fmt: skip
    found = [agency_called(typed, units) for typed in map(nfc, asking.agencies) if typed]
    _require_new(held, asking.round, [name for name, _ in found])
    made = [
        OpinionRequest.objects.create(agency=name, agency_key=fold(name), unit_id=unit_id, **common)
        for name, unit_id in found
    ]
    for one in made:
        record(actor=actor, action="opinion.ask", thing=held, before=None, after=_told(one), reason=asking.reason)
    return made


@transaction.atomic
def answer_opinion(*, actor: Actor, request: OpinionRequest, answered: Answered) -> OpinionRequest:
    """The agency answers; after its silence too, which is then a late answer."""
    held = _held(request)
    if not may_answer(actor, held):
        access.require(actor, "work.do", held.obligation)
    require_not_to_come(answered.on, "on")
    if held.answered_on is not None:
        raise Refusal(
            what=Text(
                vi=f"{held.agency} đã cho ý kiến ngày {format_day(held.answered_on)}.",
                en=f"{held.agency} gave its opinion on {format_day(held.answered_on)}.",
            ),
            do=Text(vi="Nếu ghi nhầm, thu hồi ý kiến đó trước.", en="If that is a mistake, take it back first."),
            code="answered",
        )
    if answered.on < held.sent_on:
        raise _before_sending(held, answered.on)
    words = nfc(answered.words)
    if answered.answer is not Answer.AGREES:
        require_text({"words": words}, {"words": Text(vi="nội dung ý kiến", en="words of the opinion")})
    symbol = nfc(answered.symbol)
    letter = answering_letter(actor, held.obligation, symbol, answered.on) if symbol else None
    said = {"answer": answered.answer.value, "answered_on": answered.on, "words": words, "answer_symbol": symbol}
    return _changed(actor, held, "opinion.answer", {**said, "answer_letter": letter})


@transaction.atomic
def take_up(*, actor: Actor, request: OpinionRequest, uptake: Uptake, words: str = "") -> OpinionRequest:
    """The unit that leads the text takes the opinion over, or explains why not."""
    held = _held(request)
    access.require(actor, "work.do", held.obligation)
    if not held.answer:
        raise Refusal(
            what=Text(vi=f"{held.agency} chưa cho ý kiến.", en=f"{held.agency} has given no opinion yet."),
            do=Text(vi="Ghi ý kiến trước.", en="Record the opinion first."),
            code="state",
        )
    if uptake is Uptake.EXPLAINED:
        require_text({"words": nfc(words)}, {"words": Text(vi="nội dung giải trình", en="explanation")})
    return _changed(actor, held, "opinion.take_up", {"uptake": uptake.value, "uptake_words": nfc(words)})


@transaction.atomic
def take_back(*, actor: Actor, request: OpinionRequest, reason: str) -> None:
    """The last thing recorded of a request was a mistake: the opinion, or where there is none the request itself."""
    held = _held(request)
    access.require(actor, "work.do", held.obligation)
    require_reason(reason)
    if held.answer:
        nothing = {"answer": "", "answered_on": None, "words": "", "answer_symbol": "", "answer_letter": None}
        _changed(actor, held, "opinion.take_back", {**nothing, "uptake": "", "uptake_words": ""}, reason)
        return
    before = _told(held)
    retract(held)
    record(actor=actor, action="opinion.take_back", thing=held.obligation, before=before, after=None, reason=reason)


def _held(request: OpinionRequest) -> OpinionRequest:
    """The request as it stands, held until the transaction ends."""
    rows = OpinionRequest.objects.current().select_for_update(of=("self",)).select_related("obligation")
    held = rows.filter(pk=request.pk).first()
    if held is None:
        raise Refusal(
            what=Text(vi="Yêu cầu này đã được thu hồi.", en="This request was taken back."),
            do=Text(vi="Tải lại trang của văn bản.", en="Reload the page of the text."),
            code="taken_back",
        )
    return held


def _changed(
    actor: Actor, held: OpinionRequest, action: str, changes: dict[str, Any], reason: str = ""
) -> OpinionRequest:
    before = _told(held)
    supersede(held, **changes, actor_id=actor.id, actor_name=actor.name)
    record(actor=actor, action=action, thing=held.obligation, before=before, after=_told(held), reason=reason)
    return held


def _due(held: Obligation, asking: Asking) -> dict[str, Any]:
    """By when, how it was counted, and what silence means by that rule."""
    if asking.due.rule and asking.due.rule not in RULES:
        raise Refusal(
            what=Text(vi="Quy định này không dùng cho việc lấy ý kiến.", en="This rule is not one for opinions."),
            where="rule",
            code="rule",
        )
    counted = asking.due.deadline_from(asking.sent_on)
    due_on = counted.due_on if counted else asking.due.on
    if asking.sent_on < held.arises_on:
        day = format_day(held.arises_on)
        raise Refusal(
            what=Text(
                vi=f"Ngày gửi sớm hơn ngày {day}, ngày văn bản vào chương trình.",
                en=f"The day of sending is before {day}, when the text came onto the programme.",
            ),
            do=Text(vi="Nhập ngày từ đó trở đi.", en="Enter that day or a later one."),
            where="sent_on",
            code="order",
        )
    if due_on is None or due_on < asking.sent_on:
        raise Refusal(
            what=Text(vi="Hạn cho ý kiến trống hoặc sớm hơn ngày gửi.", en="The due date is empty or before sending."),
            do=Text(vi="Chọn quy định, hoặc nhập ngày.", en="Choose a rule, or enter a day."),
            where="due_on",
            code="order",
        )
    if counted is None:
        return {"due_on": due_on}
    told = {"rule": asking.due.rule, "silence_consents": counted.consents, "trace": trace_of(counted)}
    return {"due_on": due_on, **told}


def _require_new(held: Obligation, number: int, names: Sequence[str]) -> None:
    if not names:
        raise Refusal(
            what=Text(vi="Chưa nêu cơ quan nào.", en="No agency is named."), where="agencies", code="required"
        )
    keys = [fold(name) for name in names]
    asked = set(OpinionRequest.objects.of_texts([held.pk]).filter(round=number).values_list("agency_key", flat=True))
    twice = [name for place, name in enumerate(names) if keys[place] in asked or keys[place] in keys[:place]]
    if twice:
        listed = ", ".join(twice)
        raise Refusal(
            what=Text(vi=f"Đã hỏi trong lần {number}: {listed}.", en=f"Asked in round {number} already: {listed}."),
            do=Text(vi="Bỏ tên đó, hoặc ghi lần lấy ý kiến khác.", en="Leave it out, or name another round."),
            where="agencies",
            code="asked",
        )


def _before_sending(held: OpinionRequest, on: date) -> Refusal:
    return Refusal(
        what=Text(
            vi=f"Ngày {format_day(on)} sớm hơn ngày gửi {format_day(held.sent_on)}.",
            en=f"{format_day(on)} is before the day of sending, {format_day(held.sent_on)}.",
        ),
        do=Text(vi="Nhập ngày từ ngày gửi trở đi.", en="Enter that day or a later one."),
        where="on",
        code="order",
    )


def _told(one: OpinionRequest) -> dict[str, Any]:
    told = {
        "agency": one.agency, "round": one.round, "sent_on": one.sent_on.isoformat(),
        "opinion_due_on": one.due_on.isoformat(), "letter_symbol": one.letter_symbol, "answer": one.answer,
        "opinion_on": one.answered_on.isoformat() if one.answered_on else "", "words": one.words,
        "opinion_symbol": one.answer_symbol, "uptake": one.uptake, "uptake_words": one.uptake_words,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}
