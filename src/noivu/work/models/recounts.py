"""Recountings of due dates."""

from django.db import models

from noivu.core import clock
from noivu.work.addresses import recount_address


class Recount(models.Model):
    """A recounting of what is open, because days or a rule count otherwise (lần tính lại hạn).

    Each due date that it moved is an event that names it. `kept`: how many due dates ran through the changed days and
    stayed, because people had entered them.
    """

    reason = models.CharField(max_length=1000)
    instrument = models.CharField(max_length=120, blank=True)
    days = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    moved = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.reason

    @property
    def address(self) -> str:
        """The page that lists what moved."""
        return recount_address(self.pk)
