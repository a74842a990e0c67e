"""One search over everything that rooms make findable."""

from dataclasses import dataclass

from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.ui.search import Found, searchables_for

SHOWN = 8
LEAST_LETTERS = 2


@dataclass(frozen=True)
class FoundKind:
    """What was found of one kind; `more_href` leads to the kind's register with the same words."""

    label: Text
    things: tuple[Found, ...]
    more_href: str

    @property
    def has_more(self) -> bool:
        return len(self.things) == SHOWN and bool(self.more_href)


def search_everywhere(actor: Actor, words: str) -> list[FoundKind]:
    """What the actor may see of each kind, best first; nothing for less than two letters."""
    if len(words) < LEAST_LETTERS:
        return []
    found = []
    for kind in searchables_for(actor):
        things = tuple(kind.find(actor, words, SHOWN))
        if things:
            found.append(FoundKind(kind.label, things, kind.more_href(words) if kind.more_href else ""))
    return found
