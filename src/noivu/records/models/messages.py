"""Message files that came in."""

from django.db import models

from noivu.core import clock
from noivu.records.models.documents import IncomingDocument
from noivu.units.api import UnitField
from noivu.units.constants import Fate


class MessageFile(models.Model):
    """A message file that was taken into a register (tệp thông điệp): of whom, about which document, and what it asked.

    The sender's code, its id of the document (`reference`) and the business type tell it from others: the same again
    changes nothing.
    """

    unit = UnitField(fate=Fate.STAYS, related_name="+")
    sha256 = models.CharField(max_length=64)
    organ_id = models.CharField(max_length=35)
    reference = models.CharField(max_length=200)
    business_type = models.PositiveSmallIntegerField()
    document = models.ForeignKey(IncomingDocument, on_delete=models.PROTECT, related_name="messages")
    imported_at = models.DateTimeField(default=clock.now)
    imported_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "organ_id", "reference", "business_type"], name="records_message_taken_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
