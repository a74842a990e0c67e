"""The page on which an event is typed: its form, the units chosen and offered, the rows of a split."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from noivu.planning.event_forms import FORMS, PLACES, Content, EventForm, NewUnitForm
from noivu.planning.fields import MOST_TARGETS, SHARES, UnitsField
from noivu.planning.models import PlanDraft
from noivu.planning.picking import Candidate, Offer, offer, place_of, places
from noivu.planning.plan import EventKind
from noivu.planning.reading import read_plan
from noivu.planning.telling import Names
from noivu.units.api import Family, Node, kinds, tree

_SPARE_ROWS = 2


@dataclass(frozen=True, slots=True)
class ChosenRow:
    """A unit that was chosen, with how much of it goes over as typed; `known` is what the register says of it."""

    code: str
    name: str
    typed: Mapping[str, str]
    known: Candidate | None


@dataclass(frozen=True)
class Picked:
    """The part of the page where units are chosen."""

    chosen: Sequence[ChosenRow]
    offer: Offer
    place: str
    places: Sequence[Node]
    words: str
    lies: str
    has_shares: bool


@dataclass(frozen=True)
class Drawn:
    """What the page draws itself: units to choose, or rows of units among which one is split."""

    picked: Picked | None = None
    rows: Sequence[tuple[int, Mapping[str, str]]] = ()
    shares: Sequence[tuple[str, Any]] = SHARES

    @property
    def lies(self) -> Sequence[tuple[str, Any]]:
        """The sorts of area by which standards differ."""
        return PLACES

    @property
    def kinds(self) -> list[Any]:
        return [kind for kind in kinds if kind.family is Family.ADMINISTRATIVE]


class EventDrawing:
    """An event of a plan on its way to the page: a new one, or the one of a number as it is written."""

    def __init__(
        self, draft: PlanDraft, kind: EventKind, number: int | None = None, written: Content | None = None
    ) -> None:
        self.draft, self.kind, self.number, self.written = draft, kind, number, written
        self.plan = read_plan(draft.text, unfinished=True)

    @cached_property
    def names(self) -> Names:
        return Names(self.plan, tree(self.plan.on))

    @cached_property
    def place(self) -> str:
        """The province of whoever draws the plan up."""
        return place_of(self.draft.unit_id, self.plan.on)

    def form(self, sent: Any, *, place: str, again: bool) -> EventForm:
        """The form: as written, as sent, or as sent but not judged yet. `place`: the province whose list is open."""
        made = FORMS[self.kind]
        first: dict[str, Any] = {"version": self.draft.version}
        if self.number is None and issubclass(made, NewUnitForm):
            first["territory"] = place or self.place
        given: dict[str, Any] = {
            "what": self.kind,
            "on": self.plan.on,
            "known": self.names.new,
            "written": self.written,
        }
        if not again:
            return made(sent or None, initial=first, **given)
        typed = made(sent, **given)
        filled = {bound.name: bound.data for bound in typed}
        filled["territory"] = filled.get("territory") or first.get("territory", "")
        return made(initial=filled, **given)

    def drawn(self, form: EventForm, asked: Any) -> Drawn:
        """What stands beside the plain fields. `asked`: where units are looked for, and by which words."""
        if "sources" in form.fields:
            return Drawn(picked=self._picked(form, asked))
        if "targets" in form.fields:
            return Drawn(rows=list(enumerate(_rows(form["targets"].value(), asked), start=1)))
        return Drawn()

    def _picked(self, form: EventForm, asked: Any) -> Picked:
        entries = {entry["unit"]: entry for entry in form["sources"].value() or ()}
        place = str(asked.get("in", self.place))
        words = str(asked.get("find", ""))[:100]
        lies = str(asked.get("lies", ""))
        lies = lies if lies in dict(PLACES) else ""
        found = offer(self.plan.on, place, list(entries), words, lies)
        known = {one.code: one for one in found.chosen}
        return Picked(
            chosen=[ChosenRow(code, self._name(code), entry, known.get(code)) for code, entry in entries.items()],
            offer=found,
            place=place,
            places=places(self.plan.on),
            words=words,
            lies=lies,
            has_shares=not isinstance(form.fields["sources"], UnitsField),
        )

    def _name(self, code: str) -> str:
        node = tree(self.plan.on).by_code.get(code)
        return node.name if node else self.names.new.get(code, code)


def _rows(entries: Sequence[Mapping[str, str]] | None, asked: Any) -> list[Mapping[str, str]]:
    """The rows of a split, with some to spare."""
    filled = list(entries or ())
    spare = max(_SPARE_ROWS if "again" in asked or not filled else 1, 2 - len(filled))
    return [*filled, *({} for _ in range(spare))][:MOST_TARGETS]
