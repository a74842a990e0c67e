"""Makers of obligations for the tests of this room and of those above."""

from datetime import date
from typing import Any

from noivu.core.actors import SYSTEM
from noivu.records.testing import arrives
from noivu.units.api import Unit
from noivu.work.models import Obligation
from noivu.work.services import (
    Due,
    RecommendationEntry,
    Reply,
    TaskEntry,
    complete_with_reply,
    create_task,
    record_recommendation,
    require_reply,
)


def owes_reply(unit: Unit, arrived_on: date, due_on: date | None = None, **fields: Any) -> Obligation:
    """A reply owed to a document that arrived on a day."""
    document = arrives(unit, arrived_on, **fields)
    return require_reply(actor=SYSTEM, document=document, due=Due(on=due_on) if due_on else None)


def replies(obligation: Obligation, on: date, symbol: str = "100/BNV-VP") -> Obligation:
    """The reply went out on a day, under a typed symbol."""
    return complete_with_reply(actor=SYSTEM, obligation=obligation, reply=Reply(on, symbol))


def gets_task(unit: Unit, on: date, due_on: date | None = None, **fields: Any) -> Obligation:
    """A task assigned to a unit on a day, under a code of its own unless one is given."""
    code = f"NV-{Obligation.objects.count() + 1:04}"
    known = {"code": code, "title": "Hoàn thiện hồ sơ trình Chính phủ", "assigner": "Bộ trưởng", **fields}
    due = Due(on=due_on) if due_on else None
    entry = TaskEntry(assigned_on=on, lead_unit_id=unit.pk, due=due, **known)
    return create_task(actor=SYSTEM, entry=entry)


def gets_recommendation(unit: Unit, on: date, due_on: date | None = None, **fields: Any) -> Obligation:
    """A recommendation that a unit must answer."""
    code = f"KN-{Obligation.objects.count() + 1:04}"
    known = {"code": code, "origin": "Đoàn đại biểu Quốc hội tỉnh", "content": "Đề nghị sửa quy định", **fields}
    due = Due(on=due_on) if due_on else None
    entry = RecommendationEntry(unit_id=unit.pk, received_on=on, due=due, **known)
    return record_recommendation(actor=SYSTEM, entry=entry)
