"""Documents of the register that answer: what they complete, and what is owed again without them.

A letter answers the document it names, and every other reply that was completed by it: one letter may answer several.
"""

from datetime import datetime

from noivu.audit.api import record
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.records.api import IncomingDocument, OutgoingDocument, symbol_key
from noivu.work.constants import FOREVER, Happening, Status
from noivu.work.models import Obligation, ObligationEvent
from noivu.work.reorganising import project_and_follow
from noivu.work.services.ledger import Happened, follow_request, lived, stands, told, write_event
from noivu.work.timeline import completing


def say_letter(
    obligation: Obligation,
    letter: OutgoingDocument | None,
    actor: Actor,
    now: datetime,
    said: ObligationEvent | None = None,
) -> None:
    """The letter completes a locked obligation on its day; without one, what it had `said` is taken back.

    What is said already is not said again, and the log has an entry only where something comes of it.
    """
    on = max(letter.issued_on, obligation.arises_on) if letter else None
    if (said and (said.on, said.symbol)) == (letter and (on, letter.symbol)):
        return
    before = _told(obligation)
    if said is not None:
        ObligationEvent.objects.filter(pk=said.pk).update(superseded_at=now)
    if letter is not None and on is not None:
        done = Happened(Happening.COMPLETED, on, outgoing_id=letter.pk, symbol=letter.symbol)
        write_event(obligation, done, actor, now)
        follow_request(obligation, done, actor, now)
    project_and_follow([obligation.pk], now)
    obligation.refresh_from_db(fields=["reply_document", "answer_symbol"])
    after = _told(obligation)
    if after != before:
        action = "complete" if after["status"] == Status.COMPLETED.value else "withdraw"
        record(actor=actor, action=f"obligation.{action}", thing=obligation, before=before, after=after)


def require_unanswered(obligation: Obligation, symbol: str, letter: OutgoingDocument | None = None) -> None:
    """Refuse a second reply. The letter whose symbol was typed as the reply, before it was registered, is no second."""
    done = completing(*lived(obligation))
    if done is None or (letter is not None and done.outgoing_id == letter.pk):
        return
    if done.outgoing_id is None and symbol_key(done.symbol) == symbol_key(symbol):
        return
    first, day = done.symbol, format_day(done.on)
    raise Refusal(
        what=Text(
            vi=f"Văn bản đến này đã được trả lời bằng {first} ngày {day}.",
            en=f"This document was answered by {first} on {day}.",
        ),
        do=Text(
            vi=f"Văn bản bổ sung, đính chính: để trống ô trả lời văn bản đến và nêu {first} trong trích yếu. "
            "Nếu văn bản trả lời trước ghi nhầm, thu hồi việc ghi đó trước.",
            en=f"If this one supplements it, leave the answered document blank and name {first} in the summary. "
            "If the first was recorded by mistake, take that back first.",
        ),
        where="answers_number",
        code="answered",
    )


def _told(obligation: Obligation) -> dict[str, object]:
    answer = {"answer_symbol": obligation.answer_symbol, "reply_document_id": obligation.reply_document_id}
    return {**told(stands(obligation, FOREVER)), **answer}


def answer_by_letters(obligation: Obligation, document: IncomingDocument, actor: Actor, now: datetime) -> None:
    """A reply that turns out to be owed is completed by the letters that answer the document already."""
    letters = OutgoingDocument.objects.current().numbered().filter(in_reply_to=document)
    for letter in letters.order_by("issued_on", "pk"):
        say_letter(obligation, letter, actor, now)
