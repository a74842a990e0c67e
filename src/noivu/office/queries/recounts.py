"""A recounting of due dates as its page shows it: three statements."""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, Exists, OuterRef, QuerySet, Subquery, Value

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.office.obligation_tables import KEPT, MOVED, PAST
from noivu.office.queries.process import handling_unit
from noivu.office.queries.registers import Spans
from noivu.ui.tables import Order, Page, State, page_of
from noivu.units.api import tree
from noivu.work.api import (
    Day,
    DueLine,
    ObligationEvent,
    ObligationSpan,
    Recount,
    due_line,
    kind_of,
    parts_past_their_whole,
    standing,
)
from noivu.work.constants import FOREVER

Moves = QuerySet[ObligationEvent]
_NO_DAY = Value(None, output_field=DateField())
ORDERS = {"due_on": Order("due_on", may_be_empty=True)}


@dataclass(frozen=True, slots=True)
class RecountedRow:
    """A line of what moved: from which day to which; both empty where it stayed. `whole_due_on`: when that is due of
    which it is a part, where that is earlier."""

    line: DueLine
    unit: str
    former_due_on: date | None
    moved_to: date | None
    whole_due_on: date | None

    @property
    def kind(self) -> Text:
        return kind_of(self.line.kind).label


@dataclass(frozen=True)
class RecountedPage:
    """A page of a recounting."""

    recount: Recount
    page: Page[RecountedRow]
    day: Day


def recounted_page(actor: Actor, recount_id: int, state: State) -> RecountedPage | None:
    """What a recounting moved, or left as people had entered it, of what the reader may see; None if there is none."""
    recount = Recount.objects.filter(pk=recount_id).first()
    if recount is None:
        return None
    day = Day(clock.today())
    moves = ObligationEvent.objects.filter(obligation=OuterRef("obligation"), recount=recount)
    parts = {MOVED: _moved, KEPT: _kept, PAST: _past}
    rows = access.scope(actor, "work.view", parts[state.cut](recount, moves), given=True)
    rows = rows.annotate(
        former=Subquery(moves.values("former_due_on")[:1]), moved_to=Subquery(moves.values("due_on")[:1])
    )
    page = page_of(rows.select_related("obligation", "obligation__document"), state, ORDERS)
    units = tree(day.on)
    shown = []
    for span in page.rows:
        line = due_line(span, day)
        shown.append(RecountedRow(line, handling_unit(units, line), span.former, span.moved_to, span.whole_due_on))
    return RecountedPage(recount, page.showing(shown), day)


def latest_recounts(most: int) -> list[Recount]:
    """The last recountings, the newest first. One statement."""
    return list(Recount.objects.all()[:most])


def _moved(recount: Recount, moves: Moves) -> Spans:
    """Their last stretches: an obligation is listed as it stands now, also when it was closed since."""
    return ObligationSpan.objects.current().filter(Exists(moves), valid_to=FOREVER).annotate(whole_due_on=_NO_DAY)


def _past(recount: Recount, moves: Moves) -> Spans:
    """What someone has to decide: the part or its whole moved, and the part is due later now. Decided, it is gone."""
    of_whole = ObligationEvent.objects.filter(obligation=OuterRef("obligation__parent"), recount=recount)
    return parts_past_their_whole().filter(Exists(moves) | Exists(of_whole))


def _kept(recount: Recount, moves: Moves) -> Spans:
    """What is open and runs through the changed days by a date that nobody counted."""
    days = [date.fromisoformat(day) for day in recount.days]
    counted = ObligationEvent.objects.current().filter(obligation=OuterRef("obligation"), counted_from__isnull=False)
    through = standing().filter(~Exists(counted)).annotate(whole_due_on=_NO_DAY)
    return through.filter(due_on__gte=min(days), arises_on__lte=max(days)) if days else through
