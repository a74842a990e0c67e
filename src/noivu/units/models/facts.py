"""What is true of a unit from a day to a day, each with the instrument that made it so."""

from django.db import models
from django.db.models import Q

from noivu.law.api import DatedFact
from noivu.units.constants import Fate, Level, Line
from noivu.units.fields import UnitField
from noivu.units.models.acts import ReorganisationAct
from noivu.units.models.identity import Unit


class UnitFact(DatedFact):
    """A dated fact about a unit.

    `start_known` False: the fact was already true before `starts_on`, but nobody recorded since when. It then answers
    for every earlier day on which nothing else is known, and the answer is marked as not exact. At most the first fact
    of a series may be such. `source` says where the fact was read, when the instrument does not state it itself.
    `act` is the act of reorganisation that last wrote the row, if one did.
    """

    unit = UnitField(fate=Fate.STAYS)
    start_known = models.BooleanField(default=True)
    source = models.CharField(max_length=200, blank=True)
    act = models.ForeignKey(ReorganisationAct, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(DatedFact.Meta):
        abstract = True


def _one_unknown_start(*series: str, name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["unit", *series], condition=Q(superseded_at__isnull=True, start_known=False), name=name
    )


class UnitKind(UnitFact):
    """What a unit is (loại hình: tỉnh, phường, sở …) and its tier. A unit exists while it has a kind."""

    unit = UnitField(fate=Fate.STAYS, related_name="kinds")
    kind = models.CharField(max_length=32)
    level = models.CharField(max_length=16, choices=Level.choices)

    class Meta(UnitFact.Meta):
        constraints = [
            *UnitFact.Meta.constraints,
            _one_unknown_start(name="units_kind_one_unknown_start"),
        ]

    def __str__(self) -> str:
        return self.kind


class UnitName(UnitFact):
    """The name of a unit (tên gọi): in full ("Phường Sài Gòn"), short ("Sài Gòn"), and folded for search."""

    unit = UnitField(fate=Fate.STAYS, related_name="names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)

    class Meta(UnitFact.Meta):
        constraints = [
            *UnitFact.Meta.constraints,
            _one_unknown_start(name="units_name_one_unknown_start"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitCode(UnitFact):
    """A code of a unit (mã đơn vị) in a scheme. On any day a code of a scheme means one unit at most."""

    unit = UnitField(fate=Fate.STAYS, related_name="codes")
    scheme = models.CharField(max_length=16)
    code = models.CharField(max_length=32)

    class Meta(UnitFact.Meta):
        constraints = [
            *UnitFact.Meta.constraints,
            _one_unknown_start("scheme", name="units_code_one_unknown_start"),
        ]
        indexes = [models.Index(fields=["code", "scheme"], name="units_code_scheme")]

    def __str__(self) -> str:
        return self.code


class UnitLine(UnitFact):
    """A line from a unit to another (quan hệ: cấp trên, địa bàn, hướng dẫn), with its place among its siblings.

    An administrative unit has one line only: the `territory` in which it lies.
    """

    unit = UnitField(fate=Fate.STAYS, related_name="lines")
    line = models.CharField(max_length=16, choices=Line.choices)
    other = UnitField(fate=Fate.STAYS, related_name="lines_to")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(UnitFact.Meta):
        constraints = [
            *UnitFact.Meta.constraints,
            _one_unknown_start("line", name="units_line_one_unknown_start"),
            models.CheckConstraint(condition=~Q(unit=models.F("other")), name="units_line_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.other_id}"


class UnitMeasure(UnitFact):
    """A measured property of a unit: area in hectares (hundredths of a km²) or population in persons."""

    AREA, POPULATION = "area", "population"
    unit = UnitField(fate=Fate.STAYS, related_name="measures")
    measure = models.CharField(
        max_length=16, choices=[(AREA, "Diện tích tự nhiên (ha)"), (POPULATION, "Quy mô dân số (người)")]
    )
    value = models.PositiveBigIntegerField()

    class Meta(UnitFact.Meta):
        constraints = [
            *UnitFact.Meta.constraints,
            _one_unknown_start("measure", name="units_measure_one_unknown_start"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.value}"


FACTS: tuple[type[UnitFact], ...] = (UnitKind, UnitName, UnitCode, UnitLine, UnitMeasure)
SERIES: dict[type[UnitFact], tuple[str, ...]] = {
    UnitKind: (),
    UnitName: (),
    UnitCode: ("scheme",),
    UnitLine: ("line",),
    UnitMeasure: ("measure",),
}
"""Which fields, beside the unit, tell one series of facts from another: in a series no two facts overlap."""

__all__ = ["FACTS", "SERIES", "Unit", "UnitCode", "UnitFact", "UnitKind", "UnitLine", "UnitMeasure", "UnitName"]
