"""The registry of searchable things: rooms say how theirs are found; the search page asks each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.registry import Registry
from noivu.core.wording import Text


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: what it is called, a second line, its page; `also` are other things to open: label, page."""

    label: str
    href: str
    note: Text | str = ""
    also: tuple[tuple[str, str], ...] = ()


Find = Callable[[Actor, str, int], Sequence[Found]]


@dataclass(frozen=True)
class Searchable:
    """A kind of thing. `find(actor, words, limit)` gives what the actor may see, best first, in one query.

    `words` are as typed; fold them. `more_href` (optional) leads to the kind's register with the same words.
    """

    code: str
    label: Text
    find: Find
    order: int
    verb: str | None = None
    more_href: Callable[[str], str] | None = None


searchables: Registry[Searchable] = Registry("searchable things", key=lambda kind: kind.code)


def declare_searchable(*kinds: Searchable) -> None:
    """Make kinds of things findable; called in `<room>/panels.py`."""
    searchables.declare_all(kinds)


def searchables_for(actor: Actor, registry: Registry[Searchable] = searchables) -> list[Searchable]:
    """The kinds this actor may search, in order."""
    allowed = [kind for kind in registry if kind.verb is None or access.may(actor, kind.verb)]
    return sorted(allowed, key=lambda kind: kind.order)
