"""What people of the installation changed in what is shipped: it wins, and it shows itself."""

from django.db import models

from noivu.law.models.instruments import Instrument
from noivu.law.models.recorded import DatedFact, Recorded


class ParameterOverride(DatedFact):
    """A value of a legal parameter that this installation uses instead of the shipped one (tham số được sửa).

    From `starts_on` (to `ends_on`) it wins over the shipped file. A setting of the office (nearly due) needs no
    instrument; a number of law does: the service asks for it.
    """

    code = models.CharField(max_length=100)
    value = models.JSONField()
    article = models.CharField(max_length=100, blank=True)
    reason = models.TextField()
    instrument = models.ForeignKey(  # type: ignore[assignment]  # a setting of the office has none
        Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(DatedFact.Meta):
        ordering = ["code", "starts_on"]
        indexes = [models.Index(fields=["code", "starts_on"], name="law_parameter_override_code")]

    def __str__(self) -> str:
        return f"{self.code} = {self.value}"


class CalendarOverride(Recorded):
    """A day that differs from the shipped working calendar of state offices (ngày nghỉ, ngày làm bù do đơn vị nhập).

    `works` False: a day off; True: worked although it is a weekend or a holiday. `swapped_with` names the other day
    of a swap (hoán đổi).
    """

    day = models.DateField()
    works = models.BooleanField()
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    swapped_with = models.DateField(null=True, blank=True)
    instrument = models.ForeignKey(Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta(Recorded.Meta):
        ordering = ["day"]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["day"],
                condition=models.Q(superseded_at__isnull=True),
                name="law_calendar_override_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {'+' if self.works else '-'} {self.name_vi}"


class ConfirmedYear(Recorded):
    """A year whose days off have been decided and checked by the steward (năm đã có lịch nghỉ chính thức).

    Until then deadlines that reach into the year say that they are not exact.
    """

    year = models.PositiveSmallIntegerField()
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta(Recorded.Meta):
        ordering = ["year"]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["year"], condition=models.Q(superseded_at__isnull=True), name="law_confirmed_year_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)
