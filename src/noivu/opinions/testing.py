"""A legal text of the small sector, and agencies asked about it, for tests of this room and of those above."""

from datetime import date
from typing import Any

from noivu.core.actors import SYSTEM, Actor
from noivu.opinions.models import OpinionRequest
from noivu.opinions.services import Asking, ask_opinions
from noivu.work.api import Due, Obligation


def asked(
    text: Obligation, *agencies: str, sent_on: date, rule: str = "", due_on: date | None = None, **more: Any
) -> list[OpinionRequest]:
    """Agencies are asked about a text, by a rule or until a day."""
    actor: Actor = more.pop("actor", SYSTEM)
    due = Due(rule=rule) if rule else Due(on=due_on)
    return ask_opinions(actor=actor, obligation=text, asking=Asking(agencies, sent_on, due, **more))
