"""Obligations, and the sessions to which recommendations belong."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar, Self

from django.db import models

from noivu.core.access import ASSIGNED, HELPING
from noivu.core.secrecy import SECRECIES, Secrecy
from noivu.core.wording import Text
from noivu.records.api import IncomingDocument, OutgoingDocument
from noivu.records.constants import URGENCIES, Urgency
from noivu.units.api import UnitField
from noivu.units.constants import Fate
from noivu.work.constants import PRIORITIES, Kind
from noivu.work.kinds import kind_of


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions by whose they are, and by the days on which their recommendations are reported."""

    def usable_by(self, unit_ids: Collection[int]) -> Self:
        """Those that are of one of these units, or of all."""
        return self.filter(models.Q(unit__isnull=True) | models.Q(unit__in=unit_ids))

    def under_report(self, day: date) -> Self:
        """Sessions whose recommendations count in a report read on this day."""
        begun = models.Q(reported_from__isnull=True) | models.Q(reported_from__lte=day)
        not_ended = models.Q(reported_to__isnull=True) | models.Q(reported_to__gt=day)
        return self.filter(begun, not_ended)


class Session(models.Model):
    """A session of the National Assembly or a council, to which voters' recommendations belong (kỳ họp).

    Its recommendations count in the reports of every period whose last day lies in [`reported_from`, `reported_to`).
    A date left empty does not limit. It is of the unit that recorded it, and may be used by that unit and those below;
    without a unit (a session of the National Assembly) it is one for all. `code` is unique within either.
    """

    unit = UnitField(fate=Fate.STAYS, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    reported_from = models.DateField(null=True, blank=True)
    reported_to = models.DateField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()
    scope_path = "unit"

    class Meta:
        ordering = ["-starts_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="work_session_code_once_in_a_unit"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(unit__isnull=True), name="work_session_code_once_for_all"
            ),
            models.CheckConstraint(
                condition=models.Q(reported_from__isnull=True)
                | models.Q(reported_to__isnull=True)
                | models.Q(reported_to__gt=models.F("reported_from")),
                name="work_session_report_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_unit_id(self) -> int | None:
        return self.unit_id


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """Obligations in domain words."""

    def standing(self) -> Self:
        """Without those entered by mistake."""
        return self.filter(removed_at__isnull=True)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=str(kind))


def _where_named(field: str) -> models.Index:
    """An index of the rows that name something by a field which most leave empty. One of all rows says to a database
    that a value has as many rows as there are without any, and it would rather read the table."""
    return models.Index(fields=[field], condition=models.Q(**{f"{field}__isnull": False}), name=f"work_of_{field}")


class Obligation(models.Model):
    """Something owed: a reply to a document, an assigned task, an answer to voters (nghĩa vụ: văn bản phải trả lời,
    nhiệm vụ được giao, kiến nghị cử tri).

    It counts for `unit`: the unit whose register holds the document, the lead unit of a task, the unit that must answer
    a recommendation; when that unit ends it goes on at the successor, and `first_unit` keeps where it began, within
    which `code` is unique. `assigned_unit` and `assigned_to` say who does it, `cooperations` who helps. It arises on a
    day and then lives by its events: assigned, given a due date, extended, suspended, resumed, completed, confirmed,
    returned, cancelled, transferred. State and timeliness are never fields of it: they are read from
    `ObligationEvent` (truth) or `ObligationSpan` (the same, laid out by days); `reply_document` and `answer_symbol` are
    those of the event that completes it, and written with the spans. `sheet_said` (see `records.heard`) also keeps
    events and cooperating units as the last sheet said them, where a person said otherwise. An entry made by mistake
    is marked `removed_at` and stays.

    `type`, `authority` and `result` say what its kind says by them: `kinds.ObligationKind`, `matters.Family`.
    `urgency`, `priority` and `secrecy` are its marks, empty where it bears none. What is restricted is seen by those it
    was given to, who assigned it, and the heads and stewards of its units; figures count it for everyone. A reply
    owed to a restricted document is so too, and is seen by who keeps the register of that document besides.
    `assigner_unit` decides on it (extension, confirmation, suspension, cancellation); without one the heads of the unit
    that owes it do. A part of another one names its `parent`, and is not due later.
    """

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=80, blank=True)
    title = models.TextField(blank=True)
    unit = UnitField(fate=Fate.FOLLOWS, related_name="+")
    first_unit = UnitField(fate=Fate.STAYS, related_name="+", db_index=False)
    assigned_unit = UnitField(fate=Fate.FOLLOWS, null=True, blank=True, related_name="+")
    assigned_to = models.CharField(max_length=200, blank=True)
    assigned_officer = models.CharField(max_length=64, blank=True)
    assigner = models.CharField(max_length=300, blank=True)
    assigner_unit = UnitField(fate=Fate.STAYS, null=True, blank=True, related_name="+", db_index=False)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", db_index=False
    )
    arises_on = models.DateField()
    original_due_on = models.DateField(null=True, blank=True)
    confirmation_required = models.BooleanField(default=False)
    product = models.CharField(max_length=500, blank=True)
    measure = models.CharField(max_length=300, blank=True)
    field = models.CharField(max_length=200, blank=True)
    type = models.CharField(max_length=120, blank=True, default="", db_default="")
    authority = models.CharField(max_length=300, blank=True, default="", db_default="")
    urgency = models.CharField(max_length=12, blank=True, default="", db_default="")
    priority = models.CharField(max_length=12, blank=True, default="", db_default="")
    secrecy = models.CharField(max_length=12, blank=True, default="", db_default="")
    source_symbol = models.CharField(max_length=120, blank=True)
    document = models.ForeignKey(
        IncomingDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="obligations", db_index=False
    )
    reply_document = models.ForeignKey(
        OutgoingDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answer_symbol = models.CharField(max_length=120, blank=True)
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations", db_index=False
    )
    origin = models.CharField(max_length=300, blank=True)
    result = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    search_text = models.TextField(blank=True, editable=False)
    sheet_said = models.JSONField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = ObligationQuerySet.as_manager()
    scope_path = "unit"
    scope_ways: ClassVar[dict[str, str]] = {ASSIGNED: "assigned_unit", HELPING: "cooperations__unit"}
    scope_officer = "assigned_officer"
    scope_restricted = "pk"
    restricted_to = ("unit", "assigned_unit", "assigner_unit", "cooperations__unit")
    restricted_with = "document"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "first_unit", "code"],
                condition=~models.Q(code="") & models.Q(removed_at__isnull=True),
                name="work_obligation_code_once",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(document__isnull=False, removed_at__isnull=True),
                name="work_one_reply_for_a_document",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.REPLY.value, document__isnull=False, confirmation_required=False)
                | (~models.Q(kind=Kind.REPLY.value) & models.Q(document__isnull=True)),
                name="work_reply_is_owed_for_a_document",
            ),
        ]
        indexes = [
            models.Index(fields=["assigned_officer"], condition=~models.Q(assigned_officer=""), name="work_of_officer"),
            models.Index(fields=["id"], condition=models.Q(secrecy=Secrecy.RESTRICTED.value), name="work_restricted"),
            models.Index(
                fields=["assigned_unit", "assigned_to"],
                condition=models.Q(assigned_officer="", assigned_unit__isnull=False),
                name="work_of_name_in_unit",
            ),
            *map(_where_named, ("assigner_unit", "parent", "document", "reply_document", "session")),
        ]

    def __str__(self) -> str:
        return self.code or self.title or str(self.document)

    @property
    def scope_unit_id(self) -> int:
        return self.unit_id

    def given_to(self, way: str) -> tuple[int, ...]:
        """The units that do it, or that help, by one of `scope_ways`."""
        if way == HELPING:
            return tuple(self.cooperations.values_list("unit_id", flat=True)) if self.pk else ()
        return (self.assigned_unit_id,) if self.assigned_unit_id else ()

    @property
    def marks(self) -> list[Text]:
        """The marks that it bears: urgency, priority, secrecy."""
        urgency = [URGENCIES[Urgency(self.urgency)]] if self.urgency else []
        priority = [PRIORITIES[self.priority]] if self.priority else []
        return [*urgency, *priority, *([SECRECIES[Secrecy(self.secrecy)]] if self.secrecy else [])]

    @property
    def kind_label(self) -> str:
        return str(kind_of(self.kind).label)


class AssignedByUnit(Obligation):
    """The same, as those see it who assigned it: within reach by `assigner_unit`."""

    scope_path = "assigner_unit"

    class Meta:
        proxy = True


class Cooperation(models.Model):
    """A unit that helps with an obligation (đơn vị phối hợp). With a due date of its own it owes a `part` of it."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="cooperations")
    unit = UnitField(fate=Fate.STAYS, related_name="+")
    part = models.OneToOneField(
        Obligation, null=True, blank=True, on_delete=models.PROTECT, related_name="contribution"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["obligation", "unit"], name="work_cooperation_once")]
