"""One obligation to act on."""

from collections.abc import Callable, Sequence
from datetime import date

from django.http import Http404

from noivu.core import access
from noivu.core.actors import Actor
from noivu.office.queries.process import events_of
from noivu.work.api import Life, Obligation, ObligationEvent, State, state_on


def obligation_for(obligation_id: int, allowed: Callable[[Obligation], bool]) -> Obligation:
    """An obligation to which the reader may do it; else the answer does not tell that it exists."""
    found = Obligation.objects.standing().filter(pk=obligation_id).select_related("document").first()
    if found is None or not allowed(found):
        raise Http404
    return found


def obligations_chosen(actor: Actor, keys: Sequence[int]) -> list[Obligation]:
    """Those of the chosen that the actor may give on, by their due dates; replies are given with their documents."""
    rows = Obligation.objects.standing().filter(pk__in=keys, document=None)
    return list(access.scope(actor, "work.allot", rows, given=True).order_by("original_due_on", "pk"))


def standing_of(obligation: Obligation, day: date) -> tuple[State | None, list[ObligationEvent]]:
    """How it stands at the end of a day (None before it arose), and the events that say so. One query."""
    life = Life(obligation.first_unit_id, obligation.arises_on, obligation.confirmation_required)
    happened = list(events_of(obligation.pk))
    return state_on(life, [event.as_event() for event in happened], day), happened
