"""Documents sent from one register to others, and what became of them there."""

from enum import StrEnum

from django.db import models

from noivu.core import clock
from noivu.core.wording import Text
from noivu.records.models.documents import IncomingDocument, OutgoingDocument
from noivu.units.api import UnitField
from noivu.units.constants import Fate


class DispatchState(StrEnum):
    """How a sending stands."""

    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"
    RECALL_ASKED = "recall-asked"
    RECALLED = "recalled"
    RECALL_REFUSED = "recall-refused"


DISPATCH_STATES: dict[DispatchState, Text] = {
    DispatchState.SENT: Text(vi="Chờ vào sổ", en="Waiting to be registered"),
    DispatchState.RECEIVED: Text(vi="Đã vào sổ", en="Registered"),
    DispatchState.RETURNED: Text(vi="Đã trả lại", en="Returned"),
    DispatchState.RECALL_ASKED: Text(vi="Đề nghị thu hồi", en="Recall asked"),
    DispatchState.RECALLED: Text(vi="Đã thu hồi", en="Recalled"),
    DispatchState.RECALL_REFUSED: Text(vi="Từ chối thu hồi", en="Recall refused"),
}
OVER = (DispatchState.RETURNED.value, DispatchState.RECALLED.value)
"""After these the document may be sent to the same unit again."""


class Dispatch(models.Model):
    """A document that was sent to one receiver (gửi văn bản): a unit here, or an outside organisation by its name.

    Life: sent (chờ vào sổ); the receiver registers it (received, `registered_as` is its own document) or returns it
    with the reason. The sender may recall: what is not registered yet is recalled at once; else the receiver is asked,
    destroys its copy (recalled) or refuses with the reason. `organ_id` is the receiver's identification code, and has
    it be asked also where nothing is registered here; `due_on` (thời hạn trả lời) and `page_amount` (số trang) go with
    the message file to it. A restricted document is seen by who keeps the register of the receiver, and its heads and
    stewards.
    """

    document = models.ForeignKey(OutgoingDocument, on_delete=models.PROTECT, related_name="dispatches")
    to_unit = UnitField(fate=Fate.STAYS, null=True, blank=True, related_name="+")
    to_name = models.CharField(max_length=200, blank=True)
    organ_id = models.CharField(max_length=35, blank=True)
    state = models.CharField(max_length=16, default=DispatchState.SENT.value)
    reason = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True, blank=True)
    page_amount = models.PositiveSmallIntegerField(null=True, blank=True)
    sent_at = models.DateTimeField(default=clock.now)
    sent_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField(null=True)
    changed_by_name = models.CharField(max_length=200, blank=True)
    registered_as = models.OneToOneField(
        IncomingDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="dispatch"
    )

    scope_path = "to_unit"
    scope_restricted = "pk"
    restricted_to = ("to_unit",)
    restricted_kept_by = "records.keep"
    secrecy_path = "document__secrecy"

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_unit__isnull=False) | ~models.Q(to_name=""), name="records_dispatch_to_somebody"
            ),
            models.UniqueConstraint(
                fields=["document", "to_unit"],
                condition=~models.Q(state__in=OVER),
                name="records_dispatch_once_to_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.to_name or self.to_unit_id}"

    @property
    def scope_unit_id(self) -> int | None:
        return self.to_unit_id

    @property
    def secrecy(self) -> str:
        return self.document.secrecy

    def given_to(self, way: str) -> tuple[int, ...]:
        """It waits for the unit to which it was sent; nobody else was given it."""
        return ()

    @property
    def state_label(self) -> Text:
        return DISPATCH_STATES[DispatchState(self.state)]


class Reading(models.Model):
    """That a person of the receiver opened what was sent (đã xem), once for each person."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="readings")
    reader = models.CharField(max_length=64)
    reader_name = models.CharField(max_length=200)
    first_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["first_at"]
        constraints = [models.UniqueConstraint(fields=["dispatch", "reader"], name="records_reading_once_a_person")]

    def __str__(self) -> str:
        return self.reader_name
