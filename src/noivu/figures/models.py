"""Figures that are stated, not counted; outlines for the map of them."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from noivu.figures.constants import STATEMENTS
from noivu.law.api import Recorded, RecordedQuerySet
from noivu.units.api import STAYS, UnitField


class StatedFigureQuerySet(RecordedQuerySet["StatedFigure"]):
    """Stated figures in domain words."""

    def about(self, units: Collection[int], periods: Collection[str]) -> Self:
        """Those of some units and periods, in the order of a list."""
        return self.filter(unit_id__in=units, period__in=periods).order_by("indicator", "kind")


class StatedFigure(Recorded):
    """A figure that somebody states for a unit and a period (số liệu khai báo): it never mixes with counted ones.

    Typed by a unit that has no register (đơn vị tự nhập), or published elsewhere (đã công bố). It stands beside the
    counted figure, says where it comes from, and the difference shows. A correction keeps the id; a withdrawn one is
    no longer current. Rates are stated in per cent.
    """

    unit = UnitField(fate=STAYS, related_name="+")
    indicator = models.CharField(max_length=80)
    period = models.CharField(max_length=10)
    window = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=[(kind.value, text.vi) for kind, text in STATEMENTS.items()])
    value = models.DecimalField(max_digits=20, decimal_places=4)
    source = models.CharField(max_length=500)
    stated_by = models.CharField(max_length=64)
    stated_by_name = models.CharField(max_length=200)

    objects = StatedFigureQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager is the point
    scope_path = "unit"

    class Meta(Recorded.Meta):
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "period", "window", "indicator", "kind"],
                condition=Q(superseded_at__isnull=True),
                name="figures_stated_once",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="figures_stated_with_source"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}: {self.value:f}"

    @property
    def scope_unit_id(self) -> int:
        """Whose figure it is: the unit that access is judged by."""
        return self.unit_id


class OutlineSetQuerySet(RecordedQuerySet["OutlineSet"]):
    """Outlines by the day from which they hold."""

    def known_on(self, day: date) -> Self:
        """Those that hold on a day, the latest first."""
        return self.filter(starts_on__lte=day).order_by("-starts_on")


class OutlineSet(Recorded):
    """Outlines of all provinces from a day on (bộ ranh giới), as an operator supplied them, with Hoàng Sa, Trường Sa.

    The file as it came lies in the file store; `shapes` is what is drawn of it (`maps.outlines.shapes`). The product
    ships none. One that is loaded anew for the same day supersedes the former; a withdrawn one is no longer current.
    """

    starts_on = models.DateField()
    source = models.CharField(max_length=500)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    shapes = models.JSONField()
    stored_by = models.CharField(max_length=64)
    stored_by_name = models.CharField(max_length=200)

    objects = OutlineSetQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager is the point

    class Meta(Recorded.Meta):
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["starts_on"], condition=Q(superseded_at__isnull=True), name="figures_outlines_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="figures_outlines_with_source"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%d/%m/%Y}: {self.source}"
