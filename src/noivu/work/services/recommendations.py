"""Voters' recommendations (kiến nghị cử tri)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.secrecy import require_lawful_secrecy
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.records.api import require_text, search_text
from noivu.work.constants import Happening, Kind, Result, Status
from noivu.work.kinds import kind_of
from noivu.work.models import Obligation
from noivu.work.services.creation import create
from noivu.work.services.ledger import Due, Happened, happen
from noivu.work.services.sessions import require_usable_session


@dataclass(frozen=True, slots=True)
class RecommendationEntry:
    """A recommendation to be answered by a unit. Without `assigner_unit_id` that unit decides on it itself."""

    code: str
    unit_id: int
    origin: str
    content: str
    received_on: date
    session_id: int | None = None
    field: str = ""
    due: Due | None = None
    assigned_unit_id: int | None = None
    assigner_unit_id: int | None = None
    parent_id: int | None = None
    assigned_to: str = ""
    assigned_officer: str = ""
    note: str = ""
    urgency: str = ""
    priority: str = ""
    secrecy: str = ""


REQUIRED_OF_RECOMMENDATION = {
    "code": Text(vi="mã kiến nghị", en="code"),
    "origin": Text(vi="nơi chuyển kiến nghị", en="origin"),
    "title": Text(vi="nội dung kiến nghị", en="content"),
}


@transaction.atomic
def record_recommendation(*, actor: Actor, entry: RecommendationEntry) -> Obligation:
    """Record a recommendation that a unit must answer."""
    texts = {
        "code": nfc(entry.code),
        "origin": nfc(entry.origin),
        "title": nfc(entry.content),
        "field": nfc(entry.field),
        "assigned_to": nfc(entry.assigned_to),
        "assigned_officer": entry.assigned_officer,
        "note": nfc(entry.note),
        **{name: getattr(entry, name) for name in ("urgency", "priority", "secrecy")},
    }
    require_text(texts, REQUIRED_OF_RECOMMENDATION)
    require_lawful_secrecy(entry.secrecy)
    owed = create(
        actor=actor,
        action="obligation.record",
        verb="work.edit",
        fields={
            **texts,
            "kind": Kind.RECOMMENDATION.value,
            "unit_id": entry.unit_id,
            "assigned_unit_id": entry.assigned_unit_id,
            "assigner_unit_id": entry.assigner_unit_id,
            "parent_id": entry.parent_id,
            "arises_on": entry.received_on,
            "session_id": entry.session_id,
            "search_text": search_text(texts[name] for name in kind_of(Kind.RECOMMENDATION).searched),
        },
        due=entry.due,
    )
    require_usable_session(owed)
    return owed


@transaction.atomic
def decline(
    *,
    actor: Actor,
    obligation: Obligation,
    on: date,
    reason: str,
    symbol: str = "",
    rule: str = "",
    passes_back: bool = True,
) -> Obligation:
    """Pass back to who sent it what was wrongly addressed, or turn it down. Nobody here owes it any more, and it stays
    counted as such. `rule`: by when it was to go back, counted from the day it came; kept beside what happened."""
    require_reason(reason)
    if not kind_of(obligation.kind).may_be_declined:
        raise Refusal(
            what=Text(vi="Loại việc này không trả lại nơi chuyển.", en="This kind is not passed back."),
            do=Text(vi="Từ chối nhận, để đơn vị giao quyết định.", en="Decline it; who assigned it decides."),
            code="kind",
        )
    due = Due(rule=rule) if rule else None
    happening = Happening.PASSED_BACK if passes_back else Happening.TURNED_DOWN
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.decline",
        happened=Happened(happening, on, reason=reason, due=due, due_from=obligation.arises_on, symbol=nfc(symbol)),
        allowed=(Status.OPEN, Status.SUSPENDED),
    )


@transaction.atomic
def answer_recommendation(
    *, actor: Actor, obligation: Obligation, on: date, symbol: str, result: Result | str = ""
) -> Obligation:
    """Record what answers a recommendation, a question, a finding, or the report that was due: its symbol, its day, and
    how the matter stands by it, where its kind tells results apart."""
    if result not in dict(kind_of(obligation.kind).results or (("", None),)):
        raise Refusal(
            what=Text(vi=f"Loại việc này không có kết quả “{result}”.", en=f"This kind knows no result “{result}”."),
            do=Text(vi="Chọn một kết quả trong danh sách.", en="Choose one of the list."),
            where="result",
            code="result",
        )
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.complete",
        happened=Happened(Happening.COMPLETED, on, symbol=nfc(symbol)),
        changes={"result": str(result)},
        allowed=(Status.OPEN, Status.SUSPENDED),
    )
