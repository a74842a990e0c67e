"""What receivers said by message files about what was sent to them."""

from django.db import models

from noivu.core import clock
from noivu.core.wording import Text
from noivu.exchange.codes import STATUSES
from noivu.records.api import Dispatch


class StatusHeard(models.Model):
    """A status of a sending, as its receiver told it by a message file (trạng thái nơi nhận báo).

    Kept in whatever order files come; how the sending stands follows the one that was told last (`told_at`, the
    receiver's time). The same file again is the same row (`identity`, a digest of what it says).
    """

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="heard")
    status = models.CharField(max_length=2)
    told_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    identity = models.CharField(max_length=64)
    heard_at = models.DateTimeField(default=clock.now)
    heard_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["told_at", "status", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "identity"], name="exchange_status_heard_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dispatch_id} {self.status}"

    @property
    def label(self) -> Text:
        return STATUSES[self.status]
