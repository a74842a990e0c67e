"""What waits for one person: named by account, or by name within the person's unit, as imported registers do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from noivu.accounts.api import SignedInActor, StandIn, actor_id
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.querysets import Ways, numbers_of
from noivu.core.wording import Text
from noivu.figures.api import Standpoint
from noivu.office.queries.load import Part, rows_of
from noivu.office.queries.process import handling_unit
from noivu.office.queries.registers import Spans
from noivu.records.constants import URGENCIES, Urgency
from noivu.ui.tables import Order, Page, State, page_of
from noivu.units.api import Tree, heirs_on, reach_with_ended, revision, tree
from noivu.work.api import (
    AssignedByUnit,
    Day,
    DueLine,
    ExtensionRequest,
    Obligation,
    ObligationSpan,
    due_line,
    kind_of,
    obligation_kinds,
    pressing,
)
from noivu.work.constants import RequestState, Status

MINE, INSTEAD, OF_UNIT, TO_CONFIRM = "mine", "instead", "unit", "confirm"
_BY_DUE = Order("due_on", may_be_empty=True)
ORDERS = {"due_on": _BY_DUE}
MY_ORDERS = {**ORDERS, "urgency": Order("urgency_rank", then=_BY_DUE)}
_RANKED = tuple(reversed(Urgency))
"""The most urgent first; what bears no mark comes after them."""


@dataclass(frozen=True, slots=True)
class MyRow:
    """A line of what waits, and the name of the unit that handles it."""

    line: DueLine
    unit: str
    by_urgency: bool = False

    @property
    def head(self) -> Text:
        """Under which head it stands: how soon it is due, or how urgent it is where the list goes by that."""
        return self.urgency if self.by_urgency else self.when

    @property
    def kind(self) -> Text:
        return kind_of(self.line.kind).label

    @property
    def when(self) -> Text:
        """How soon it is due, as the day is planned."""
        due_on, today = self.line.standing.due_on, self.line.standing.on
        if due_on is None:
            return NO_DAY
        if due_on <= today:
            return TODAY if due_on == today else OVERDUE
        return THIS_WEEK if due_on <= today + timedelta(days=6 - today.weekday()) else LATER

    @property
    def urgency(self) -> Text:
        return next((mark for mark in self.line.marks if mark in URGENCIES.values()), NOT_URGENT)


NOT_URGENT = Text(vi="Không có độ khẩn", en="Without urgency")
OVERDUE, TODAY = Text(vi="Quá hạn", en="Overdue"), Text(vi="Hạn hôm nay", en="Due today")
THIS_WEEK, LATER = Text(vi="Trong tuần này", en="This week"), Text(vi="Sau tuần này", en="Later")
NO_DAY = Text(vi="Không có hạn", en="Without deadline")


@dataclass(frozen=True)
class MyWork:
    """A page of what waits; its parts counted."""

    page: Page[MyRow]
    counts: Mapping[str, int]
    day: Day


def my_work_page(actor: Actor, state: State) -> MyWork:
    """What is open and waits for the reader, or for the reader's unit, and what was reported as done and waits for the
    reader's word, by due date: two statements.

    To be named is the right to see it, whichever unit owes it; what is given to the unit is seen by those who may see
    the unit's work.
    """
    day = Day(clock.today())
    units = tree(day.on)
    asked = _parts_of if isinstance(actor, SignedInActor) else _parts_of.__wrapped__  # only those carry their grants
    parts = asked(actor, day.on, revision().token)
    counts = {INSTEAD: 0, **numbers_of(parts)}
    rows = parts[state.cut].rows() if state.cut in parts else ObligationSpan.objects.none()
    rows = rows.select_related("obligation", "obligation__document")
    by_urgency = state.sort == "urgency"
    if by_urgency:
        rows = rows.annotate(urgency_rank=_urgency_rank())
    page = page_of(rows, state, MY_ORDERS, count=counts.get(state.cut))
    shown = [_row(span, day, units, by_urgency) for span in page.rows]
    return MyWork(page.showing(shown), counts, day)


@lru_cache(maxsize=512)
def _parts_of(actor: Actor, day: date, structure: str) -> Mapping[str, Ways[ObligationSpan]]:
    """What finds each part: said once for a reader, whose grants are the actor's, for a day and a state of the units
    (`structure`). Saying it costs several times what it costs to answer."""
    owed = _owed_on(ObligationSpan.objects.all(), day)
    ways = {MINE: _of_person(actor, owed), OF_UNIT: _of_unit(actor, tree(day), owed)}
    if absent_of(actor):
        ways[INSTEAD] = _of_absent(actor, owed)
    if may_confirm(actor):
        ways[TO_CONFIRM] = _to_confirm(actor, day)
    return {name: Ways.of(ObligationSpan.objects.all(), found) for name, found in ways.items()}


def _urgency_rank() -> Case:
    """How urgent the document is, or what is owed without one."""
    ranks = (
        When(
            Q(obligation__document__urgency=mark.value) | Q(obligation__document=None, obligation__urgency=mark.value),
            then=Value(rank),
        )
        for rank, mark in enumerate(_RANKED)
    )
    return Case(*ranks, default=Value(len(_RANKED)))


def due_page(here: Standpoint, state: State) -> Page[MyRow]:
    """What is overdue or nearly due for a unit, by due date: two statements."""
    day = Day(here.question().reading.as_of)
    seen = access.scope(here.actor, "work.view", ObligationSpan.objects.all())
    page = page_of(pressing(seen.filter(unit__in=reach_with_ended(here.unit.id, here.last_day)), day), state, ORDERS)
    shown = [_row(span, day, here.units) for span in page.rows]
    return page.showing(shown)


def load_page(here: Standpoint, part: Part, asked: Mapping[str, str], state: State) -> Page[MyRow]:
    """The rows behind a number of the load, by due date: two statements."""
    day = Day(here.question().reading.as_of)
    page = page_of(rows_of(here, part, asked), state, ORDERS)
    return page.showing(_row(span, day, here.units) for span in page.rows)


def _row(span: ObligationSpan, day: Day, units: Tree, by_urgency: bool = False) -> MyRow:
    line = due_line(span, day)
    return MyRow(line, handling_unit(units, line), by_urgency)


def may_confirm(actor: Actor) -> bool:
    """Whether anything could wait for this reader's confirmation."""
    return access.may(actor, "work.assign")


def _to_confirm(actor: Actor, day: date) -> list[Spans]:
    """Reported as done, or with a request for an extension, where the reader decides: what the reader's units assigned,
    and what they owe without an assigner. What waits is little and found first, whatever the reach. Of every kind:
    said, because the indexes begin with it."""
    standing = ObligationSpan.objects.current().holding_on(day).filter(kind__in=obligation_kinds.codes).order_by()
    asked = ExtensionRequest.objects.filter(state=RequestState.ASKED.value).values("obligation")
    running = standing.filter(status__in=(Status.OPEN.value, Status.SUSPENDED.value), obligation__in=asked)
    reported = standing.filter(status=Status.AWAITING.value)
    waiting = ObligationSpan.objects.filter(pk__in=reported.values("pk").union(running.values("pk"), all=True))
    theirs = AssignedByUnit.objects.filter(pk__in=waiting.values("obligation")).exclude(assigner_unit=None)
    return [
        access.scope(actor, "work.assign", waiting).filter(obligation__assigner_unit=None),
        waiting.filter(obligation__in=access.scope(actor, "work.assign", theirs).values("pk")),
    ]


def _for(condition: Q) -> Q:
    """Spans of the obligations that meet a condition: these are few and found by index, their spans by them."""
    return Q(obligation__in=Obligation.objects.filter(condition).order_by().values("pk"))


def _owed_on(spans: Spans, day: date) -> Spans:
    return spans.filter(superseded_at__isnull=True, valid_from__lte=day, valid_to__gt=day, status=Status.OPEN.value)


def _of_person(actor: Actor, owed: Spans) -> list[Spans]:
    """Given to the account, or to the name within the unit where no account is named: as `waiting_of_user` counts."""
    ways = [_of_account(actor.id)]
    home_id = actor.home_unit_id if isinstance(actor, SignedInActor) else None
    if home_id is not None and actor.name:
        ways.append(Q(assigned_unit_id=home_id, assigned_to=actor.name, assigned_officer=""))
    return [owed.filter(_for(way)) for way in ways]


def _of_account(account: str) -> Q:
    """Given to the account; the second half is what the index of accounts is limited to."""
    return Q(assigned_officer=account) & ~Q(assigned_officer="")


def absent_of(actor: Actor) -> tuple[StandIn, ...]:
    """Those absent for whom the actor stands in today."""
    return actor.stands_in_for if isinstance(actor, SignedInActor) else ()


def _of_absent(actor: Actor, owed: Spans) -> list[Spans]:
    """Given to the accounts for which the actor stands in today."""
    accounts = [absent.account for absent in absent_of(actor)]
    return [owed.filter(_for(Q(assigned_officer__in=accounts) & ~Q(assigned_officer="")))]


def _of_unit(actor: Actor, units: Tree, owed: Spans) -> list[Spans]:
    """Given to the actor's unit (or to one that ended and left it this), or owed by it and given to none: these are
    found among what it owes, of every kind because the index begins with it."""
    home = units.by_code.get(actor.unit_code)
    if home is None or not access.may(actor, "work.view", access.OfUnit(home.id)):
        return []
    own = [home.id, *(ended for ended, heir in heirs_on(clock.today()).items() if heir == home.id)]
    unassigned = owed.filter(kind__in=obligation_kinds.codes, unit__in=own, obligation__assigned_unit=None)
    ways = [owed.filter(_for(Q(assigned_unit__in=own))), unassigned]
    if not access.may(actor, "work.assign", access.OfUnit(home.id)):  # who leads the unit sees all that is its own
        return [access.open_to(actor, way) for way in ways]
    return ways


def waiting_of_user(user_id: int) -> CombinedExpression:
    """How much waits for a user, as a column of the query that reads the user (`accounts.api.declare_carried`).

    Every page asks it: by account and by name are counted apart, each from its index. No obligation is both.
    """
    named = Q(
        assigned_unit_id=OuterRef(OuterRef("home_unit_id")),
        assigned_to=OuterRef(OuterRef("full_name")),
        assigned_officer="",
    )
    return _waiting(_of_account(actor_id(user_id))) + _waiting(named)


def _waiting(condition: Q) -> Coalesce:
    mine = _owed_on(ObligationSpan.objects.all(), clock.today()).filter(_for(condition))
    counted = mine.order_by().values(every=Value(1)).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)
