"""One task or recommendation as its page shows it: four statements, three when opened in its row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from noivu.audit.api import HistoryLine, history, told_to
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.office.queries.process import Step, WhyDue, events_of, name_of_once, steps_of, why_due
from noivu.office.queries.sources import Source, source_of
from noivu.units.api import tree
from noivu.work.api import (
    Day,
    Obligation,
    ObligationEvent,
    ObligationLine,
    ObligationSpan,
    obligation_address,
    obligation_line,
)
from noivu.work.constants import Status

_COMES = Text(vi="Hạn", en="Due")


@dataclass(frozen=True, slots=True)
class Helper:
    """A unit that helps, and the part that it owes by a day of its own."""

    name: str
    part: ObligationLine | None = None


@dataclass(frozen=True)
class ObligationPaper:
    """An obligation with names for its units, what happened, what the log says of it, and how it stands today."""

    obligation: Obligation
    line: ObligationLine
    unit: str
    assigned_unit: str
    assigner_unit: str
    helping: Sequence[Helper]
    events: Sequence[ObligationEvent]
    history: Sequence[HistoryLine]
    day: date
    parts: Sequence[ObligationLine] = ()
    source: Source | None = None

    @property
    def given_to(self) -> str:
        """The unit and the officer who do it; empty where that is the unit that owes it, and no officer is named."""
        officer = self.obligation.assigned_to
        if self.assigned_unit in ("", self.unit):
            return officer
        return f"{self.assigned_unit} ({officer})" if officer else self.assigned_unit

    @property
    def whole_href(self) -> str:
        """The page of that of which it is a part."""
        whole = self.obligation.parent
        return obligation_address(whole.kind, whole.pk, whole.document_id) if whole else ""

    @property
    def why(self) -> WhyDue | None:
        return why_due(self.events, self.day)

    @property
    def steps(self) -> Sequence[Step]:
        """What happened; last, while it is open, the due date that comes."""
        standing = self.line.standing
        steps = steps_of(self.events)
        is_open = standing.state.status is Status.OPEN and standing.due_on is not None
        return [*steps, Step(standing.due_on, _COMES, is_next=True)] if is_open and standing.due_on else steps


def obligation_paper(
    actor: Actor, obligation_id: int, kind: str, *, with_history: bool = False
) -> ObligationPaper | None:
    """The obligation as it stands today; None where the reader may not see one of this kind."""
    day = Day(clock.today())
    spans = ObligationSpan.objects.current().of_kind(kind).holding_on(day.on)
    part = Obligation.objects.standing().filter(parent=OuterRef("obligation"))
    seen = access.scope(actor, "work.view", spans, given=True).annotate(has_parts=Exists(part))
    beside = ("obligation__parent", "obligation__session", "obligation__came_from__document")
    span = seen.filter(obligation_id=obligation_id).select_related(*beside).first()
    if span is None:
        return None
    obligation, units = span.obligation, tree(day.on)
    helping = list(obligation.cooperations.order_by("pk").values_list("unit_id", "part_id"))
    parts = {part.id: part for part in (_parts(actor, obligation.pk, day) if span.has_parts else ())}
    source = source_of(actor, obligation)
    shown = (obligation, source.document) if source else (obligation,)
    return ObligationPaper(
        obligation=obligation,
        line=obligation_line(span, day),
        unit=str(name_of_once(units, span.unit_id, obligation.arises_on)),
        assigned_unit=str(name_of_once(units, obligation.assigned_unit_id, obligation.arises_on)),
        assigner_unit=str(name_of_once(units, obligation.assigner_unit_id, obligation.arises_on)),
        helping=[
            Helper(str(name_of_once(units, unit_id, obligation.arises_on)), parts.pop(part_id, None))
            for unit_id, part_id in helping
        ],
        events=events_of(obligation.pk),
        history=told_to(actor, history(obligation), *shown) if with_history else (),
        day=day.on,
        parts=list(parts.values()),
        source=source,
    )


def _parts(actor: Actor, obligation_id: int, day: Day) -> Sequence[ObligationLine]:
    """The parts of what is owed, as they stand, by due date: whoever sees the whole sees that it has them."""
    spans = ObligationSpan.objects.current().holding_on(day.on).filter(obligation__parent_id=obligation_id)
    rows = spans.select_related("obligation", "obligation__session").order_by("due_on", "pk")
    return [obligation_line(span, day) for span in access.open_to(actor, rows)]
