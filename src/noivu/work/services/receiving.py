"""A document arrives, needs a reply, and is given to somebody: verbs that write in the register and in the ledger."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.records.api import IncomingDocument, IncomingEntry, hand_on, register_incoming
from noivu.work.constants import Kind, Status
from noivu.work.models import Obligation
from noivu.work.services.assignment import Assignee, assign
from noivu.work.services.ledger import Due, locked, stands
from noivu.work.services.replies import require_reply


@transaction.atomic
def receive(
    *, actor: Actor, entry: IncomingEntry, reply_required: bool = False, due: Due | None = None
) -> IncomingDocument:
    """Register a document that arrived, and say at once whether a reply is owed and by when."""
    document = register_incoming(actor=actor, entry=entry)
    if reply_required:
        require_reply(actor=actor, document=document, due=due)
    return document


@transaction.atomic
def assign_document(
    *, actor: Actor, document: IncomingDocument, to: Assignee, on: date, note: str = ""
) -> IncomingDocument:
    """Give a document to a unit and an officer; the reply that is owed for it, while it runs, goes with it."""
    owed = Obligation.objects.standing().of_kind(Kind.REPLY).filter(document=document).first()
    if owed is not None and stands(locked(owed), on).status in (Status.OPEN, Status.SUSPENDED):
        assign(actor=actor, obligation=owed, to=to, on=on, note=note)
    return hand_on(actor=actor, document=document, unit_id=to.unit_id, name=to.name, officer=to.officer, reason=note)


@transaction.atomic
def assign_documents(
    *, actor: Actor, documents: Sequence[IncomingDocument], to: Assignee, on: date, note: str = ""
) -> int:
    """Give several documents to the same unit and officer: all of them or none. Returns how many."""
    if not documents:
        raise Refusal(
            what=Text(vi="Chưa chọn văn bản nào.", en="No document is chosen."),
            do=Text(vi="Đánh dấu văn bản trong sổ rồi chọn Phân công.", en="Tick documents, then choose Assign."),
            code="nothing_chosen",
        )
    for document in documents:
        assign_document(actor=actor, document=document, to=to, on=on, note=note)
    return len(documents)
