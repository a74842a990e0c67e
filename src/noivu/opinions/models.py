"""Requests for opinions on legal texts."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from noivu.core.dates import DateRange
from noivu.law.api import Recorded, RecordedQuerySet, WhyDate, read_trace
from noivu.opinions.constants import ANSWERS, UPTAKES, Answer, Standing, Uptake
from noivu.records.api import IncomingDocument, OutgoingDocument
from noivu.units.api import UnitField
from noivu.units.constants import Fate
from noivu.work.api import Obligation


def standing_as(standing: Standing, day: date) -> Q:
    """Of requests sent by a day: those that stand so at its end. Each stands in exactly one way."""
    answered = Q(answered_on__lte=day)
    unanswered = Q(answered_on__isnull=True) | Q(answered_on__gt=day)
    passed = unanswered & Q(due_on__lt=day)
    return {
        Standing.IN_TIME: answered & Q(answered_on__lte=F("due_on")),
        Standing.LATE: answered & Q(answered_on__gt=F("due_on")),
        Standing.WAITING: unanswered & Q(due_on__gte=day),
        Standing.SILENT: passed & Q(silence_consents=True),
        Standing.OVERDUE: passed & Q(silence_consents=False),
    }[standing]


class OpinionRequestQuerySet(RecordedQuerySet["OpinionRequest"]):
    """Requests by their text, by whom they wait for, and by their days."""

    def of_texts(self, ids: Collection[int]) -> Self:
        return self.current().filter(obligation__in=ids, obligation__removed_at__isnull=True)

    def waiting_for(self, unit_ids: Collection[int], day: date) -> Self:
        """What units still owe on a day, on texts that were removed too; silence that is consent owes nothing."""
        return self._owed(day).filter(unit__in=unit_ids).order_by("due_on", "pk")

    def owed_by_units(self, day: date) -> Self:
        """What any unit of ours still owes on a day, on texts that stand."""
        owed = self._owed(day).filter(unit__isnull=False)
        return owed.filter(obligation__removed_at__isnull=True).order_by("pk")

    def _owed(self, day: date) -> Self:
        owed = standing_as(Standing.WAITING, day) | standing_as(Standing.OVERDUE, day)
        return self.current().filter(owed, sent_on__lte=day)

    def sent_in(self, days: DateRange, by: date) -> Self:
        return self.filter(sent_on__gte=days.starts_on, sent_on__lt=days.ends_on, sent_on__lte=by)


class OpinionRequest(Recorded):
    """An agency is asked for its opinion on a legal text (lấy ý kiến): when, by when and why, what it said, and what
    became of that.

    `agency` is its name as it was asked; `unit` is the agency where it is one of ours. `asking_unit` is the unit that
    led the text when it asked, and for which the request counts. `round` tells one asking from the next. The due date
    is counted by `rule` from the day of sending, with its `trace`, or entered by hand; `silence_consents` repeats what
    that rule says of silence. How a request stands on a day is read from its days: sent → answered, in time or late;
    until then within time; from the day after the due date silent (the rule takes silence as consent) or overdue.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="opinions", db_index=False)
    asking_unit = UnitField(fate=Fate.STAYS, related_name="+", db_index=False)
    round = models.PositiveSmallIntegerField(default=1)
    unit = UnitField(fate=Fate.STAYS, null=True, blank=True, related_name="+", db_index=False)
    agency = models.CharField(max_length=300)
    agency_key = models.CharField(max_length=300)
    sent_on = models.DateField()
    due_on = models.DateField()
    rule = models.CharField(max_length=80, blank=True)
    silence_consents = models.BooleanField(default=False)
    trace = models.JSONField(null=True, blank=True)
    letter_symbol = models.CharField(max_length=120, blank=True)
    letter = models.ForeignKey(OutgoingDocument, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, blank=True, choices=[(a.value, t.vi) for a, t in ANSWERS.items()])
    answered_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    answer_symbol = models.CharField(max_length=120, blank=True)
    answer_letter = models.ForeignKey(IncomingDocument, null=True, on_delete=models.PROTECT, related_name="+")
    uptake = models.CharField(max_length=10, blank=True, choices=[(u.value, t.vi) for u, t in UPTAKES.items()])
    uptake_words = models.TextField(blank=True)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)

    objects = OpinionRequestQuerySet.as_manager()  # type: ignore[misc]  # the base is abstract
    scope_path = "asking_unit"
    scope_restricted = "obligation"

    class Meta(Recorded.Meta):
        ordering = ["round", "due_on", "id"]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["obligation", "round", "agency_key"],
                condition=Q(superseded_at__isnull=True),
                name="opinions_asked_once_in_a_round",
            ),
            models.CheckConstraint(condition=Q(round__gte=1), name="opinions_rounds_begin_at_one"),
            models.CheckConstraint(condition=Q(due_on__gte=F("sent_on")), name="opinions_due_after_sent"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("sent_on")),
                name="opinions_answered_after_sent",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="opinions_answer_has_its_day",
            ),
            models.CheckConstraint(condition=Q(uptake="") | ~Q(answer=""), name="opinions_taken_up_once_answered"),
            models.CheckConstraint(
                condition=Q(silence_consents=False) | ~Q(rule=""), name="opinions_silence_consents_by_a_rule"
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "due_on"],
                condition=Q(superseded_at__isnull=True, answered_on__isnull=True, unit__isnull=False),
                name="opinions_owed_by_unit",
            ),
            models.Index(fields=["sent_on"], name="opinions_by_day_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.sent_on}"

    def standing_on(self, day: date) -> Standing:
        """How it stands at the end of a day on which it was sent already."""
        if self.answered_on is not None and self.answered_on <= day:
            return Standing.IN_TIME if self.answered_on <= self.due_on else Standing.LATE
        if day <= self.due_on:
            return Standing.WAITING
        return Standing.SILENT if self.silence_consents else Standing.OVERDUE

    @property
    def answer_label(self) -> str:
        return str(ANSWERS[Answer(self.answer)]) if self.answer else ""

    @property
    def uptake_label(self) -> str:
        return str(UPTAKES[Uptake(self.uptake)]) if self.uptake else ""

    @property
    def why(self) -> WhyDate | None:
        """Why the due date is that day, as it was counted; None where it was entered by hand."""
        return read_trace(self.trace) if self.trace else None
