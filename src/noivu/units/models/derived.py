"""What is computed from the facts so that questions are cheap. Never written by hand, always rebuilt."""

from django.db import models

from noivu.units.constants import Fate
from noivu.units.fields import UnitField


class UnitClosure(models.Model):
    """That the counts of `descendant` belong to the total of `ancestor`, from a day to a day.

    Rows of line `superior` hold what a total covers; rows of line `guidance` hold what the sector covers beyond that.
    Rows of an ended unit (`constants.HEIR`, `ENDED`) say in the same way to whom belongs what it left.
    `starts_on` empty: since ever. Rebuilt by `derivation` whenever lines or lives change.
    """

    line = models.CharField(max_length=16)
    ancestor = UnitField(fate=Fate.STAYS, related_name="+", db_index=False)
    descendant = UnitField(fate=Fate.STAYS, related_name="+")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        indexes = [  # holds all that a reach asks
            models.Index(
                fields=["ancestor", "line", "starts_on", "ends_on", "descendant"], name="units_closure_ancestor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} ⊇ {self.descendant_id}"


class UnitRevision(models.Model):
    """One row that changes whenever any fact changes: by its token every process knows whether its trees still hold.

    `breakpoints`: the days (ISO) on which some tree differs from the day before.
    """

    token = models.CharField(max_length=32)
    breakpoints = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.token
