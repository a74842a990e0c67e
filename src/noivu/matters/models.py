"""What a legal text has beyond an obligation: who issues it, of what type, and the stages of its way."""

from datetime import date, datetime
from typing import Self

from django.db import models

from noivu.core import clock
from noivu.core.dates import DateRange
from noivu.core.wording import Text
from noivu.matters.constants import LEGAL_STAGES, LegalStage
from noivu.work.api import Obligation


class LegalText(models.Model):
    """A legal text or an item of the programme (văn bản quy phạm pháp luật, nội dung chương trình): facts beside its
    obligation, which the lead unit bears.

    The lead unit owes it until it is submitted; a text of its own authority, until it is issued. `authority` is who
    issues it, `submitted_to` whom it is submitted to.
    """

    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="legal_text")
    type = models.CharField(max_length=120)
    authority = models.CharField(max_length=300)
    submitted_to = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.type}: {self.obligation}"


class LegalStepQuerySet(models.QuerySet["LegalStep"]):
    """Stages by what is known of them and by their days."""

    def known_at(self, instant: datetime | None) -> Self:
        if instant is None:
            return self.filter(superseded_at__isnull=True)
        still = models.Q(superseded_at__isnull=True) | models.Q(superseded_at__gt=instant)
        return self.filter(still, recorded_at__lte=instant)

    def current(self) -> Self:
        return self.known_at(None)

    def reached(self, stage: LegalStage, days: DateRange, by: date) -> Self:
        """Those that came to a stage within some days, by the end of a day."""
        return self.filter(stage=stage.value, on__gte=days.starts_on, on__lt=days.ends_on, on__lte=by)


class LegalStep(models.Model):
    """A stage that a legal text came to on a day (bước). Rows are added and never changed; a correction supersedes.

    `to` says whom it was submitted to, `symbol` under which it was issued, `until` by when opinions are due.
    `from_sheet` marks what an import said: the next import of the row may say otherwise.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="legal_steps", db_index=False)
    stage = models.CharField(max_length=20, choices=[(stage.value, text.vi) for stage, text in LEGAL_STAGES.items()])
    on = models.DateField()
    order = models.PositiveSmallIntegerField(default=0)
    to = models.CharField(max_length=300, blank=True)
    symbol = models.CharField(max_length=120, blank=True)
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    from_sheet = models.BooleanField(default=False)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=clock.now)
    superseded_at = models.DateTimeField(null=True)

    objects = LegalStepQuerySet.as_manager()

    class Meta:
        ordering = ["on", "order", "id"]
        indexes = [models.Index(fields=["obligation", "on"], name="matters_step_of_text")]

    def __str__(self) -> str:
        return f"{self.on}: {self.stage}"

    @property
    def label(self) -> Text:
        return LEGAL_STAGES[LegalStage(self.stage)]
