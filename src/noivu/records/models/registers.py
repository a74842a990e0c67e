"""Registers of a year, and the documents that are declared by their number alone."""

from typing import Self

from django.db import models

from noivu.core.indicators import Reading
from noivu.law.api import Recorded, RecordedQuerySet
from noivu.records.constants import DIRECTIONS, SERIES, Series
from noivu.units.api import UnitField
from noivu.units.constants import Fate


class RegisterBook(models.Model):
    """A register of one unit for one year (sổ đăng ký văn bản đến, sổ đăng ký văn bản đi).

    Numbers run from `starting_number` on 1 January (01 unless a unit continues a paper register) to 31 December, in one
    series for paper and electronic documents; secret documents have a series of their own. `last_number` is the last
    one given: the next is given under a lock on this row, so that no number is given twice and none is left out.
    A register is history: it stays with the unit that kept it.
    """

    unit = UnitField(fate=Fate.STAYS, related_name="+")
    direction = models.CharField(max_length=3, choices=[(d.value, t.vi) for d, t in DIRECTIONS.items()])
    year = models.PositiveSmallIntegerField()
    series = models.CharField(
        max_length=10, choices=[(s.value, t.vi) for s, t in SERIES.items()], default=Series.ORDINARY.value
    )
    starting_number = models.PositiveIntegerField(default=1)
    last_number = models.PositiveIntegerField(default=0)

    scope_path = "unit"

    class Meta:
        ordering = ["-year", "direction", "series"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "direction", "year", "series"], name="records_one_register_a_year"),
            models.CheckConstraint(
                condition=models.Q(starting_number__gte=1), name="records_register_starts_at_one_or_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction}-{self.year}-{self.series}"

    @property
    def scope_unit_id(self) -> int:
        return self.unit_id

    @property
    def next_number(self) -> int:
        """The number that the next document would get."""
        return max(self.last_number + 1, self.starting_number)


class DeclarationQuerySet(RecordedQuerySet["OffNetworkDeclaration"]):
    """Declarations by what is, or was, known."""

    def of_months(self, reading: Reading) -> Self:
        """Of the months that begin in the period (for a window from the 15th: the month it is named after)."""
        days = reading.range
        return self.filter(month__gte=days.starts_on, month__lte=min(days.last_day, reading.as_of))


class OffNetworkDeclaration(Recorded):
    """How many documents a unit handled outside the network in a month (văn bản không xử lý trên mạng, văn bản mật).

    Declared by a person, never counted from rows: shown beside the counted figures and named as declared.
    """

    unit = UnitField(fate=Fate.STAYS, related_name="+")
    direction = models.CharField(max_length=3, choices=[(d.value, t.vi) for d, t in DIRECTIONS.items()])
    month = models.DateField()
    count = models.PositiveIntegerField()
    declared_by = models.CharField(max_length=64)
    declared_by_name = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True)

    objects = DeclarationQuerySet.as_manager()  # type: ignore[misc]  # the base is abstract: its manager is no class variable
    scope_path = "unit"

    class Meta(Recorded.Meta):
        ordering = ["-month"]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "direction", "month"],
                condition=models.Q(superseded_at__isnull=True),
                name="records_one_declaration_a_month",
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="records_declaration_is_of_a_whole_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}: {self.count}"

    @property
    def scope_unit_id(self) -> int:
        return self.unit_id
