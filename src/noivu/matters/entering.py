"""Legal texts entered and put right by hand: what the ledger holds of them, and their own facts."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import require_reason
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.matters.constants import LEGAL_TEXT, LegalStage
from noivu.matters.models import LegalText
from noivu.matters.services import Advance, advance
from noivu.records.api import require_text
from noivu.work.api import (
    Correction,
    Due,
    Obligation,
    TaskEntry,
    correct_obligation,
    create_task,
    require_as_read,
)

_REQUIRED = {
    "type": Text(vi="loại văn bản", en="type"),
    "authority": Text(vi="cơ quan ban hành", en="authority"),
}


@dataclass(frozen=True, slots=True)
class LegalFacts:
    """What is said of a text beside its obligation: its type, who issues it, whom it is submitted to, its subject."""

    type: str
    authority: str
    submitted_to: str = ""
    subject: str = ""

    def written(self) -> dict[str, str]:
        """As stored; type and authority must be there."""
        facts = {name: nfc(value) for name, value in _said_of(self).items()}
        require_text(facts, _REQUIRED)
        return facts


@dataclass(frozen=True, slots=True)
class LegalEntry:
    """A text comes onto the programme of its lead unit on a day; `due`: by when it is to be submitted or issued."""

    code: str
    title: str
    lead_unit_id: int
    registered_on: date
    facts: LegalFacts
    due: Due | None = None
    product: str = ""
    measure: str = ""
    note: str = ""


@transaction.atomic
def enter_legal_text(*, actor: Actor, entry: LegalEntry) -> Obligation:
    """Put a text on the programme: its lead unit owes it from then on."""
    facts = entry.facts.written()
    owed = create_task(
        actor=actor,
        entry=TaskEntry(
            kind=LEGAL_TEXT,
            code=entry.code,
            title=entry.title,
            assigner=facts["authority"],
            assigned_on=entry.registered_on,
            lead_unit_id=entry.lead_unit_id,
            due=entry.due,
            product=entry.product,
            measure=entry.measure,
            note=entry.note,
        ),
    )
    LegalText.objects.create(obligation=owed, **facts)
    record(actor=actor, action="legal_text.describe", thing=owed, before=None, after=facts)
    advance(actor=actor, obligation=owed, to=Advance(LegalStage.IN_PROGRAMME, entry.registered_on))
    return owed


@transaction.atomic
def correct_legal_text(
    *, actor: Actor, obligation: Obligation, correction: Correction, facts: LegalFacts, reason: str
) -> Obligation:
    """Put right what was entered about a text; what happened to it since stays."""
    access.require(actor, "work.assign", obligation)
    require_reason(reason)
    known = LegalText.objects.select_for_update().get(obligation=obligation)
    right = facts.written()
    before = _said_of(known)
    if correction.over is not None:
        require_as_read(_said_of(obligation.legal_text), before)
    if before != right:
        LegalText.objects.filter(pk=known.pk).update(**right)
        record(actor=actor, action="legal_text.describe", thing=obligation, before=before, after=right, reason=reason)
    return correct_obligation(actor=actor, obligation=obligation, correction=correction, reason=reason)


def _said_of(text: LegalFacts | LegalText) -> dict[str, str]:
    return {name: getattr(text, name) for name in ("type", "authority", "submitted_to", "subject")}
