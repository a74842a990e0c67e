"""What happened to obligations, and how they stood: the truth, and the same laid out for questions."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models

from noivu.core import clock
from noivu.core.access import ASSIGNED, HELPING
from noivu.core.dates import DateRange
from noivu.records.api import OutgoingDocument
from noivu.units.api import ReorganisationAct, UnitField
from noivu.units.constants import Fate
from noivu.work import conditions
from noivu.work.constants import FOREVER, HAPPENINGS, STAGES, STANDING, STATUSES, Happening, Stage, Status
from noivu.work.models.obligations import Obligation
from noivu.work.models.recounts import Recount
from noivu.work.timeline import Event, State


class ObligationEventQuerySet(models.QuerySet["ObligationEvent"]):
    """Events by what is known of them."""

    def current(self) -> Self:
        return self.filter(superseded_at__isnull=True)

    def known_at(self, instant: datetime | None) -> Self:
        if instant is None:
            return self.current()
        still = models.Q(superseded_at__isnull=True) | models.Q(superseded_at__gt=instant)
        return self.filter(still, recorded_at__lte=instant)


class ObligationEvent(models.Model):
    """Something that happened to an obligation on a day (diễn biến). The truth from which its state is read.

    Rows are added and never changed; a correction supersedes one and adds another. `due_on` goes with assigned, due_set
    and extended, `unit` with transferred and, like the name of the `officer`, with assigned. What was given by a person
    keeps who had it until then: `former_handler`, and `former_officer` by name and account. `rule` or `working_days`,
    with `counted_from`, keep how a due date was computed, and `trace` what was counted then (`law.trace_of`). `symbol`
    is that of what completed it, `outgoing` its document in the register. `from_sheet` marks what an import said: the
    next import of the same row may say otherwise, while what a person entered is not undone by a blank cell.
    `act` names the reorganisation by which it went to the successor of `former_unit`, which owed it, or of
    `former_handler`, to which it was given; succeeded says the latter alone. `recount` names the recounting that moved
    the due date from `former_due_on`; where that is not the due date any more, it moves nothing.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="events", db_index=False)
    happening = models.CharField(max_length=20, choices=[(h.value, t.vi) for h, t in HAPPENINGS.items()])
    on = models.DateField()
    order = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    unit = UnitField(fate=Fate.STAYS, null=True, blank=True, related_name="+", db_index=False)
    officer = models.CharField(max_length=200, blank=True, db_default="")
    reason = models.CharField(max_length=1000, blank=True)
    rule = models.CharField(max_length=100, blank=True)
    counted_from = models.DateField(null=True, blank=True)
    working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    trace = models.JSONField(null=True, editable=False)
    outgoing = models.ForeignKey(
        OutgoingDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    symbol = models.CharField(max_length=120, blank=True, default="", db_default="")
    from_sheet = models.BooleanField(default=False)
    act = models.ForeignKey(
        ReorganisationAct, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    former_unit = UnitField(fate=Fate.STAYS, null=True, blank=True, related_name="+", db_index=False)
    former_handler = UnitField(fate=Fate.STAYS, null=True, blank=True, related_name="+", db_index=False)
    former_officer = models.JSONField(null=True, editable=False)
    recount = models.ForeignKey(
        Recount, null=True, blank=True, on_delete=models.PROTECT, related_name="moves", db_index=False
    )
    former_due_on = models.DateField(null=True, blank=True)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=clock.now)
    superseded_at = models.DateTimeField(null=True)

    objects = ObligationEventQuerySet.as_manager()

    class Meta:
        ordering = ["on", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(superseded_at__isnull=True) | models.Q(superseded_at__gte=models.F("recorded_at")),
                name="work_event_superseded_after_recorded",
            ),
            models.CheckConstraint(
                condition=~models.Q(happening=Happening.TRANSFERRED.value) | models.Q(unit__isnull=False),
                name="work_transfer_names_a_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["obligation", "on"], name="work_event_of_obligation"),
            models.Index(fields=["act", "obligation"], condition=models.Q(act__isnull=False), name="work_event_of_act"),
            models.Index(
                fields=["recount", "obligation"],
                condition=models.Q(recount__isnull=False),
                name="work_event_of_recount",
            ),
            models.Index(
                fields=["outgoing"], condition=models.Q(outgoing__isnull=False), name="work_event_of_outgoing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.happening}"

    def as_event(self) -> Event:
        """The event as the pure timeline reads it."""
        return Event(
            Happening(self.happening),
            self.on,
            self.order,
            self.due_on,
            self.unit_id,
            self.outgoing_id,
            self.symbol,
            self.former_due_on,
        )


class SpanQuerySet(models.QuerySet["ObligationSpan"]):
    """Spans by what is known and by the day on which they hold."""

    def current(self) -> Self:
        return self.filter(superseded_at__isnull=True)

    def known_at(self, instant: datetime | None) -> Self:
        """What was known at an instant."""
        if instant is None:
            return self.current()
        still = models.Q(superseded_at__isnull=True) | models.Q(superseded_at__gt=instant)
        return self.filter(still, recorded_at__lte=instant)

    def known_parts(self, instant: datetime | None) -> list[Self]:
        """The same, as disjoint querysets that each keep to one index."""
        if instant is None:
            return [self.current()]
        return [
            self.current().filter(recorded_at__lte=instant),
            self.filter(superseded_at__gt=instant, recorded_at__lte=instant),
        ]

    def holding_on(self, day: date) -> Self:
        """Of each obligation that had arisen by then, the one stretch in which the day lies."""
        return self.filter(conditions.holding_on(day))

    def arising_in(self, days: DateRange) -> Self:
        return self.filter(arises_on__gte=days.starts_on, arises_on__lt=days.ends_on)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=str(kind))

    def owed_on(self, day: date) -> Self:
        """Still owed at the end of a day."""
        return self.owed_within(day, day)

    def owed_within(self, first: date, last: date) -> Self:
        """Stretches of being owed into which any day of these falls."""
        return self.filter(valid_from__lte=last, valid_to__gt=first, status__in=STANDING)


_CURRENT = models.Q(superseded_at__isnull=True)
_ARISING = ("arises_on", "valid_from", "valid_to", "status", "due_on", "completed_on", "superseded_at")
_STANDING = ("status", "valid_to", "valid_from", "due_on", "superseded_at")
"""What figures of a period, and of a backlog, ask of a span: an index that holds all of it answers without the table
(six times faster over 5 million obligations). SQLite asks also for the column of the condition."""


class ObligationSpan(models.Model):
    """A stretch of days in which an obligation stands the same: whose it is, its due date, its status.

    A projection of its events, written with them and never by hand. Among current rows exactly one span of an
    obligation holds on each day from `arises_on` on, so that "as of a day" is a filter and no join. `valid_to` is
    left out and is a far day while the stretch lasts. `recorded_at` and `superseded_at` say since and until when this
    was known.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="spans", db_index=False)
    kind = models.CharField(max_length=20)
    unit = UnitField(fate=Fate.STAYS, related_name="+", db_index=False)
    arises_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)
    due_on = models.DateField(null=True)
    status = models.CharField(max_length=10, choices=[(s.value, t.vi) for s, t in STATUSES.items()])
    stage = models.CharField(max_length=12, choices=[(s.value, t.vi) for s, t in STAGES.items()])
    completed_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    objects = SpanQuerySet.as_manager()
    scope_path = "unit"
    scope_ways: ClassVar[dict[str, str]] = {
        ASSIGNED: "obligation__assigned_unit",
        HELPING: "obligation__cooperations__unit",
    }
    scope_officer = "obligation__assigned_officer"
    scope_restricted = "obligation"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "valid_from"],
                condition=models.Q(superseded_at__isnull=True),
                name="work_one_span_begins_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["obligation", "valid_to"],
                condition=models.Q(superseded_at__isnull=True),
                name="work_one_span_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__gt=models.F("valid_from"), valid_from__gte=models.F("arises_on")),
                name="work_span_runs_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.COMPLETED.value, completed_on__isnull=False)
                | (~models.Q(status=Status.COMPLETED.value) & models.Q(completed_on__isnull=True)),
                name="work_completed_span_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", *_ARISING, "unit"], condition=_CURRENT, name="work_span_arising"),
            models.Index(fields=["kind", *_STANDING, "unit"], condition=_CURRENT, name="work_span_standing"),
            models.Index(fields=["unit", "kind", *_ARISING], condition=_CURRENT, name="work_span_arising_of_unit"),
            models.Index(fields=["unit", "kind", *_STANDING], condition=_CURRENT, name="work_span_standing_of_unit"),
            models.Index(
                fields=["superseded_at"], condition=models.Q(superseded_at__isnull=False), name="work_span_past"
            ),
            models.Index(fields=["unit", "kind", "recorded_at"], name="work_span_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} – {self.valid_to}: {self.status}"

    @property
    def scope_unit_id(self) -> int:
        return self.unit_id

    @property
    def state(self) -> State:
        """The state as the pure timeline speaks of it."""
        return State(self.unit_id, self.due_on, Status(self.status), Stage(self.stage), self.completed_on)
