"""Reorganisations, and which unit came from which."""

from django.db import models
from django.db.models import Q

from noivu.law.api import Instrument, Recorded
from noivu.units.constants import Fate, Share
from noivu.units.fields import UnitField
from noivu.units.models.acts import ReorganisationAct


class Reorganisation(Recorded):
    """An event that makes, ends or changes units (sắp xếp, tổ chức lại), on one day by one instrument.

    Several on one day are ordered by `position`. `act`: the act in which it was carried out, if by a plan.
    """

    takes_effect_on = models.DateField(db_index=True)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(
        max_length=24,
        choices=[
            ("arrangement", "Sắp xếp, sáp nhập"),
            ("establishment", "Thành lập"),
            ("dissolution", "Giải thể, kết thúc hoạt động"),
            ("change", "Đổi tên, đổi loại, chuyển đơn vị trên"),
        ],
    )
    title = models.CharField(max_length=300)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    act = models.ForeignKey(ReorganisationAct, null=True, blank=True, on_delete=models.PROTECT, related_name="events")

    class Meta(Recorded.Meta):
        ordering = ["takes_effect_on", "position", "id"]

    def __str__(self) -> str:
        return self.title


class Succession(Recorded):
    """That a unit, or a part of it, went into another (kế thừa).

    `share` says how much of the predecessor: all of it, or a part. The part's population, area in hectares and named
    villages are kept where the instrument or a survey states them; empty means unknown, never zero. `clause` is the
    place in the instrument of the reorganisation.
    """

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="successions")
    predecessor = UnitField(fate=Fate.STAYS, related_name="succeeded_by")
    successor = UnitField(fate=Fate.STAYS, related_name="came_from")
    share = models.CharField(max_length=8, choices=Share.choices)
    population = models.PositiveIntegerField(null=True, blank=True)
    area_hectares = models.PositiveIntegerField(null=True, blank=True)
    villages = models.TextField(blank=True)
    clause = models.CharField(max_length=120, blank=True)

    class Meta(Recorded.Meta):
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["reorganisation", "predecessor", "successor"],
                condition=Q(superseded_at__isnull=True),
                name="units_succession_once",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")), name="units_succession_not_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
