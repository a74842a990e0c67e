"""An act: its button, its form, what it does, and for whom and when it is offered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.office.forms.seen import ActForm
from noivu.work.api import Done, Obligation, ObligationEvent, kind_of
from noivu.work.constants import RequestState, Status

Perform = Callable[[Actor, Obligation, Mapping[str, Any], Any], None]
RUNNING = frozenset({Status.OPEN, Status.SUSPENDED})


@dataclass(frozen=True)
class Act:
    """An act: its button, its form, what it does, who may, and in which states of which kinds it is offered:
    those that are completed in one of its `ways`.

    `perform(actor, obligation, data, form)` may put an error into the form instead of acting. `key` is its letter.
    """

    code: str
    label: Text
    done: Text
    form: type[ActForm]
    perform: Perform
    verb: str = "work.assign"
    ways: frozenset[Done] = frozenset(Done)
    statuses: frozenset[Status] = RUNNING
    key: str = ""
    is_main: bool = False
    requests: frozenset[RequestState | None] | None = None
    """In which states of a request for an extension it is offered (None among them: while none waits)."""
    offered: Callable[[Obligation, Sequence[ObligationEvent]], object] = lambda _obligation, _events: True
    """Whether what happened lets it be offered."""
    declines: bool = False
    """It is for kinds that may be passed back or turned down."""

    def fits(self, kind: str) -> bool:
        """Whether it can be done to this kind of obligation at all."""
        known = kind_of(kind)
        return known.done in self.ways and (known.may_be_declined or not self.declines)


@dataclass(frozen=True, slots=True)
class ShownAct:
    """A button."""

    label: Text
    href: str
    key: str
    is_main: bool
