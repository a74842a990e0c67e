"""The registry of navigation: rooms declare entries in their `panels.py`; the masthead shows what one may open."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.registry import Registry
from noivu.core.wording import Text

Waiting = Callable[[HttpRequest], int]


@dataclass(frozen=True)
class Entry:
    """A word of the navigation.

    `url` is a URL name. `verb` None: every signed-in person sees it. `waiting` counts work that waits for the reader.
    It is asked on every page: it must answer from what the request already knows or from one indexed query.
    `paths` are further path prefixes under which the entry is the present one.
    """

    code: str
    label: Text
    url: str
    order: int
    verb: str | None = None
    waiting: Waiting | None = None
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonLink:
    """A line of the menu under the reader's name. `waiting` as with an `Entry`: the menu's own head shows the sum."""

    code: str
    label: Text
    url: str
    verb: str | None = None
    waiting: Waiting | None = None


@dataclass(frozen=True)
class ShownEntry:
    """An entry as the masthead draws it for one request."""

    label: Text
    href: str
    is_current: bool = False
    waiting: int = 0


@dataclass(frozen=True)
class Navigation:
    """What the masthead offers; tests bring their own."""

    entries: Registry[Entry] = field(default_factory=lambda: Registry("navigation", key=lambda e: e.code))
    links: Registry[PersonLink] = field(default_factory=lambda: Registry("person links", key=lambda e: e.code))

    def shown(self, request: HttpRequest, actor: Actor) -> list[ShownEntry]:
        """The entries this actor may open, in order, with the present one marked: the longest path that fits."""
        allowed = sorted((e for e in self.entries if _may(actor, e.verb)), key=lambda e: e.order)
        hrefs = {entry.code: reverse(entry.url) for entry in allowed}
        current = self._current(allowed, hrefs, request.path)
        return [
            ShownEntry(
                label=entry.label,
                href=hrefs[entry.code],
                is_current=entry.code == current,
                waiting=entry.waiting(request) if entry.waiting else 0,
            )
            for entry in allowed
        ]

    def links_for(self, request: HttpRequest, actor: Actor) -> list[ShownEntry]:
        allowed = [link for link in self.links if _may(actor, link.verb)]
        return [
            ShownEntry(link.label, reverse(link.url), waiting=link.waiting(request) if link.waiting else 0)
            for link in allowed
        ]

    @staticmethod
    def _current(entries: list[Entry], hrefs: dict[str, str], path: str) -> str | None:
        fits = [
            (len(prefix), entry.code)
            for entry in entries
            for prefix in (hrefs[entry.code], *entry.paths)
            if path == prefix or (prefix != "/" and path.startswith(prefix))
        ]
        return max(fits)[1] if fits else None


navigation = Navigation()


def declare_entry(*entries: Entry) -> None:
    """Put entries into the navigation; called in `<room>/panels.py`."""
    navigation.entries.declare_all(entries)


def declare_person_link(*links: PersonLink) -> None:
    """Put lines into the menu under the reader's name; called in `<room>/panels.py`."""
    navigation.links.declare_all(links)


def _may(actor: Actor, verb: str | None) -> bool:
    return verb is None or access.may(actor, verb)
