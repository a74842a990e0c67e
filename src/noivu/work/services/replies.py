"""Replies owed to incoming documents (văn bản phải trả lời)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.records.api import IncomingDocument, OutgoingDocument, say_answers
from noivu.work.constants import FOREVER, Happening, Kind, Status
from noivu.work.models import Obligation
from noivu.work.services.creation import create
from noivu.work.services.ledger import Due, Happened, happen, locked, require_status, stands
from noivu.work.services.letters import answer_by_letters, require_unanswered, say_letter


@dataclass(frozen=True, slots=True)
class Reply:
    """What answers a document: one of the register, or a symbol and day as typed."""

    on: date
    symbol: str
    document: OutgoingDocument | None = None

    @classmethod
    def by(cls, document: OutgoingDocument) -> "Reply":
        return cls(document.issued_on, document.symbol, document)


@transaction.atomic
def require_reply(*, actor: Actor, document: IncomingDocument, due: Due | None = None) -> Obligation:
    """A document needs a reply from the day it arrived, by a day given or counted by rule; without one: no deadline.

    Where a letter of the register answers it already, it is completed by that.
    """
    if not document.is_current or document.cancelled:
        raise Refusal(
            what=Text(vi="Văn bản đã hủy số hoặc đã gỡ.", en="The document was cancelled or removed."), code="removed"
        )
    _require_none_owed(document)
    obligation = create(
        actor=actor,
        action="obligation.require_reply",
        verb="work.edit",
        fields={
            "kind": Kind.REPLY.value,
            "document_id": document.pk,
            "unit_id": document.unit_id,
            "assigned_unit_id": document.assigned_unit_id,
            "assigned_to": document.assigned_to,
            "assigned_officer": document.assigned_officer,
            "arises_on": document.arrived_on,
        },
        due=due,
    )
    answer_by_letters(obligation, document, actor, clock.now())
    return obligation


def _require_none_owed(document: IncomingDocument) -> None:
    IncomingDocument.objects.select_for_update().filter(pk=document.pk).first()  # two at once: the second one waits
    owed = Obligation.objects.standing().filter(document=document).first()
    if owed is None:
        return
    is_cancelled = stands(owed, FOREVER).status is Status.CANCELLED
    restore = Text(vi="Mục đó đã thôi yêu cầu: mở và chọn Khôi phục.", en="It was cancelled: open it, choose Restore.")
    extend = Text(vi="Mở mục đó để gia hạn hoặc phân công.", en="Open that entry to extend or assign it.")
    raise Refusal(
        what=Text(vi="Văn bản này đã ghi là phải trả lời.", en="A reply to this document is already required."),
        do=restore if is_cancelled else extend,
        code="taken",
    )


@transaction.atomic
def complete_with_reply(*, actor: Actor, obligation: Obligation, reply: Reply) -> Obligation:
    """The document was answered: by one of our register, or by a symbol and day as typed."""
    if not reply.symbol.strip():
        raise Refusal(
            what=Text(vi="Thiếu số, ký hiệu văn bản trả lời.", en="The symbol of the reply is missing."),
            do=Text(vi="Ghi số, ký hiệu văn bản trả lời.", en="Give the symbol of the reply."),
            where="symbol",
            code="required",
        )
    if reply.document is not None:
        return _link(actor, obligation, reply.document)
    access.require(actor, "work.do", obligation)
    require_unanswered(locked(obligation), reply.symbol)
    return happen(
        actor=actor,
        obligation=obligation,
        action="obligation.complete",
        happened=Happened(Happening.COMPLETED, reply.on, symbol=nfc(reply.symbol)),
        allowed=(Status.OPEN, Status.SUSPENDED),
    )


def _link(actor: Actor, obligation: Obligation, document: OutgoingDocument) -> Obligation:
    """Say of the outgoing document what it answers; the completion follows from that. One that names a document
    already answers this one too."""
    access.require(actor, "work.do", obligation)
    fresh = locked(obligation)
    require_unanswered(fresh, document.symbol, document)
    require_status(stands(fresh, document.issued_on), Happening.COMPLETED, Status.OPEN, Status.SUSPENDED)
    assert fresh.document is not None
    if document.in_reply_to_id is None:
        say_answers(actor=actor, document=document, incoming=fresh.document)
    else:
        say_letter(fresh, document, actor, clock.now())
    obligation.refresh_from_db()
    return obligation
