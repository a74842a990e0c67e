"""Tasks (nhiệm vụ được giao)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as of_dataclass
from datetime import date

from django.db import transaction

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.secrecy import require_lawful_secrecy
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.records.api import require_text, search_text
from noivu.units.api import tree
from noivu.work.constants import Kind
from noivu.work.kinds import kind_of
from noivu.work.models import Obligation
from noivu.work.services.contributions import let_help
from noivu.work.services.creation import create
from noivu.work.services.ledger import Due


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """A task, or one of another `kind` that is given as tasks are: one lead unit, any number of cooperating ones, a
    product that proves completion.

    `assigner_unit_id` None: the unit for which the actor acts. `cooperating_due`: by when a co-operating unit is to do
    its part, not later than the whole.
    """

    code: str
    title: str
    assigner: str
    assigned_on: date
    lead_unit_id: int
    cooperating_unit_ids: Sequence[int] = ()
    cooperating_due: Mapping[int, date] = of_dataclass(default_factory=dict)
    due: Due | None = None
    confirmation_required: bool = False
    product: str = ""
    measure: str = ""
    field: str = ""
    source_symbol: str = ""
    assigned_to: str = ""
    assigned_officer: str = ""
    note: str = ""
    assigner_unit_id: int | None = None
    parent_id: int | None = None
    kind: str = Kind.TASK
    type: str = ""
    authority: str = ""
    urgency: str = ""
    priority: str = ""
    secrecy: str = ""


REQUIRED_OF_TASK = {
    "code": Text(vi="mã nhiệm vụ", en="code"),
    "title": Text(vi="nội dung nhiệm vụ", en="title"),
    "assigner": Text(vi="người giao", en="assigner"),
}
_TEXTS = [
    "code",
    "title",
    "assigner",
    "product",
    "measure",
    "field",
    "type",
    "authority",
    "urgency",
    "priority",
    "secrecy",
    "source_symbol",
    "assigned_to",
    "assigned_officer",
    "note",
]


def _unit_of(actor: Actor) -> int | None:
    """The unit for which the actor acts today, where the actor may assign work there; the machine acts for none."""
    node = tree(clock.today()).by_code.get(actor.unit_code)
    return node.id if node and access.may(actor, "work.assign", access.OfUnit(node.id)) else None


@transaction.atomic
def create_task(*, actor: Actor, entry: TaskEntry) -> Obligation:
    """Assign it to its lead unit. One task has one lead unit."""
    texts = {name: nfc(getattr(entry, name)) for name in _TEXTS}
    require_text(texts, REQUIRED_OF_TASK)
    require_lawful_secrecy(entry.secrecy)
    task = create(
        actor=actor,
        action="obligation.create",
        verb="work.assign",
        fields={
            **texts,
            "kind": str(entry.kind),
            "unit_id": entry.lead_unit_id,
            "assigner_unit_id": entry.assigner_unit_id or _unit_of(actor),
            "parent_id": entry.parent_id,
            "assigned_unit_id": entry.lead_unit_id,
            "arises_on": entry.assigned_on,
            "confirmation_required": entry.confirmation_required,
            "search_text": search_text(texts[name] for name in kind_of(entry.kind).searched),
        },
        due=entry.due,
    )
    helping = {unit_id: entry.cooperating_due.get(unit_id) for unit_id in entry.cooperating_unit_ids}
    let_help(actor=actor, whole=task, helping=helping, on=entry.assigned_on)
    return task
