"""Extensions that are asked for and not yet answered, or were."""

from django.db import models

from noivu.work.constants import REQUEST_STATES
from noivu.work.models.obligations import Obligation


class ExtensionRequest(models.Model):
    """A later due date that the lead unit asks for (đề nghị gia hạn), and what the assigner answers.

    Who asked and answered, and with what reason, stands in the events of the obligation; this row says what waits for
    whom. Of one obligation one request at a time is unanswered. `offered_due_on` is the other date that the assigner
    proposes, which the lead accepts or declines.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="requests", db_index=False)
    state = models.CharField(max_length=10, choices=[(s.value, t.vi) for s, t in REQUEST_STATES.items()])
    asked_on = models.DateField()
    wanted_due_on = models.DateField()
    offered_due_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=models.Q(state__in=("asked", "offered")),
                name="work_one_request_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="offered") | models.Q(offered_due_on__isnull=False),
                name="work_offer_names_a_day",
            ),
        ]
        indexes = [models.Index(fields=["obligation", "id"], name="work_request_of_obligation")]

    def __str__(self) -> str:
        return f"{self.asked_on}: {self.wanted_due_on} ({self.state})"
