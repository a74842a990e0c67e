"""What a form of entering or correcting begins with."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.matters.api import first_due, next_code
from noivu.office.queries.officers import written
from noivu.units.api import Node, find_unit, tree
from noivu.work.api import Obligation, ObligationSpan
from noivu.work.constants import FOREVER, STANDING

_COPIED = (
    "code", "title", "assigner", "source_symbol", "assigned_to", "product", "measure", "confirmation_required",
    "field", "note", "origin", "arises_on", "type", "authority", "urgency",
    "priority", "secrecy", "assigner_unit",
)  # fmt: skip


def first_words(actor: Actor, kind: str) -> Mapping[str, Any]:
    """Of a new entry: today, the reader's own unit, the next code of its register."""
    today = clock.today()
    unit = find_unit(actor.unit_code, today) if actor.unit_code else None
    code = next_code(kind, unit.pk, today) if unit else ""
    return {"arises_on": today, "lead": unit, "unit": unit, "code": code}


def obligation_to_correct(actor: Actor, obligation_id: int, kind: str, verb: str) -> Obligation | None:
    """One of this kind that the reader may correct; None where there is none."""
    rows = access.scope(actor, verb, Obligation.objects.standing().of_kind(kind))
    return rows.select_related("session", "parent", "assigner_unit").filter(pk=obligation_id).first()


def words_of(obligation: Obligation) -> dict[str, Any]:
    """What stands in the register about it, as the fields of its form; the first due date with how it was counted."""
    words = {name: getattr(obligation, name) for name in _COPIED}
    words["assigned_to"] = written(obligation.assigned_to, obligation.assigned_officer)
    words["parent"] = obligation.parent.code if obligation.parent else ""
    words["session"] = str(obligation.session_id or "")
    words["cooperating"] = "\n".join(helping_lines(obligation))
    return {**words, **first_due(obligation)}


def helping_lines(obligation: Obligation) -> list[str]:
    """The units that help, as they are typed, each with its due date where it has one."""
    units = tree(obligation.arises_on)
    of_part = ObligationSpan.objects.current().filter(
        obligation=OuterRef("part"), valid_to=FOREVER, status__in=STANDING
    )
    rows = obligation.cooperations.annotate(due_on=Subquery(of_part.values("due_on")[:1])).order_by("pk")
    return [_line(units.node(unit_id), due_on) for unit_id, due_on in rows.values_list("unit_id", "due_on")]


def _line(node: Node | None, due_on: date | None) -> str:
    if node is None:
        return ""
    named = f"{node.code} · {node.name}"
    return f"{named}: {format_day(due_on)}" if due_on else named
