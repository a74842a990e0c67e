"""Reports and what units write in them."""

from django.db import models

from noivu.core.periods import Period
from noivu.law.api import Recorded
from noivu.units.api import STAYS, UnitField


class Report(models.Model):
    """A periodic report (báo cáo định kỳ) of one unit on one period under one regime.

    A report is a draft (dự thảo) as long as it is not signed: its figures are counted anew whenever it is opened, so
    the text always says what the registers say. What the unit writes itself is kept in narratives.
    """

    regime = models.CharField(max_length=60)
    unit = UnitField(fate=STAYS, related_name="+")
    period = models.CharField(max_length=10)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=200)

    scope_path = "unit"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "unit", "period"],
                name="one_report_per_unit_and_period",
                violation_error_message="Báo cáo của đơn vị, kỳ này đã có. / This report exists already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.regime} {self.period}"

    @property
    def scope_unit_id(self) -> int:
        return self.unit_id

    @property
    def reported_period(self) -> Period:
        return Period.parse(self.period)


class NarrativeText(Recorded):
    """What a unit wrote in a slot of a report (phần lời). An earlier wording is kept as a past version."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="narratives")
    slot = models.CharField(max_length=60)
    text = models.TextField()
    author = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "slot"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_current_narrative_per_slot",
            )
        ]

    def __str__(self) -> str:
        return self.slot

    @property
    def scope_unit_id(self) -> int:
        return self.report.unit_id
