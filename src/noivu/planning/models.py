"""Plans of reorganisation that are drafted on pages."""

from django.db import models

from noivu.core import clock
from noivu.units.api import STAYS, ReorganisationAct, UnitField


class PlanDraft(models.Model):
    """A plan of reorganisation (phương án sắp xếp) of the unit that draws it up, from its first line on.

    `text` is the plan, YAML as `noivu reorganise` reads it; title, day, instrument and the number of events repeat what
    it says, for lists. `version` counts the changes: of two people who change one version, the second is told.
    Life: *being drafted* → *carried out* (`act`) → *being drafted* again when that act is taken back; or *set aside*,
    and taken up again. `outcome` is what the annex said on the day it was carried out.
    """

    unit = UnitField(fate=STAYS, related_name="+")
    title = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    takes_effect_on = models.DateField()
    instrument = models.CharField(max_length=120, blank=True)
    events = models.PositiveIntegerField(default=0)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(default=clock.now)
    begun_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by_name = models.CharField(max_length=200)
    act = models.ForeignKey(ReorganisationAct, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.JSONField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    scope_path = "unit"

    class Meta:
        indexes = [models.Index(fields=["changed_at", "id"], name="planning_draft_changed")]

    def __str__(self) -> str:
        return self.title

    @property
    def scope_unit_id(self) -> int:
        return self.unit_id

    @property
    def is_carried_out(self) -> bool:
        return self.act is not None and not self.act.is_undone

    @property
    def is_set_aside(self) -> bool:
        return self.set_aside_at is not None and not self.is_carried_out

    @property
    def is_being_drafted(self) -> bool:
        return not self.is_carried_out and not self.is_set_aside
