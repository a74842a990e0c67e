"""Message files that came in."""

from django.db import models

from noivu.core import clock
from noivu.records.models.documents import IncomingDocument, OutgoingDocument
from noivu.units.api import UnitField
from noivu.units.constants import Fate


class MessageFile(models.Model):
    """A message file that was taken into a register (tệp thông điệp): of whom, about which document, and what it asked.

    The sender's code, its id of the document (`reference`), the business type and what the message says (`identity`, a
    digest) tell it from others: the same again changes nothing. `document` is what it was registered as, or what a
    recall asks for; `first` the one that an update or a replacement stands beside; `answers` the outgoing document to
    which it replies. `said` keeps the message without its files, its trace too. `answer` is the status with which it
    was answered, empty while nobody has decided: 02 refused, of a recall 15 taken back or 16 refused.
    """

    unit = UnitField(fate=Fate.STAYS, related_name="+")
    sha256 = models.CharField(max_length=64)
    organ_id = models.CharField(max_length=35)
    reference = models.CharField(max_length=200)
    business_type = models.PositiveSmallIntegerField()
    identity = models.CharField(max_length=64, db_default="")
    document = models.ForeignKey(IncomingDocument, on_delete=models.PROTECT, related_name="messages")
    first = models.ForeignKey(IncomingDocument, null=True, on_delete=models.PROTECT, related_name="later_messages")
    answers = models.ForeignKey(OutgoingDocument, null=True, on_delete=models.PROTECT, related_name="reply_messages")
    said = models.JSONField(null=True)
    answer = models.CharField(max_length=2, blank=True, default="", db_default="")
    answer_reason = models.CharField(max_length=500, blank=True, default="", db_default="")
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    imported_at = models.DateTimeField(default=clock.now)
    imported_by_name = models.CharField(max_length=200)

    scope_path = "unit"
    scope_restricted = "document"

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "organ_id", "reference", "business_type", "identity"],
                name="records_message_taken_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "organ_id", "reference"],
                condition=models.Q(business_type=0, answer=""),
                name="records_message_document_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
