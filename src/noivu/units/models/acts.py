"""Acts of reorganisation: what a plan changed, carried out as one, and taken back as one."""

from django.db import models

from noivu.core import clock
from noivu.law.api import Instrument


class ReorganisationAct(models.Model):
    """A plan of reorganisation as it was carried out (lần sắp xếp): all its events on one day, in one transaction.

    Facts, events and successions that it wrote name it, as do the rows by which open things followed to successors.
    Life: *carried out* → *undone*, which is allowed until something depends on it; `replaced_by` names the act that
    was carried out in its place. `plan` is the text from which it was made.
    """

    takes_effect_on = models.DateField()
    title = models.CharField(max_length=300)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    plan = models.TextField(blank=True)
    carried_out_at = models.DateTimeField(default=clock.now)
    carried_out_by_id = models.CharField(max_length=64)
    carried_out_by_name = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.CharField(max_length=200, blank=True)
    undone_reason = models.CharField(max_length=500, blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")

    class Meta:
        ordering = ["-carried_out_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None
