"""What the office adds to a document of a register: which tasks it became, and what triage said of it."""

from enum import StrEnum

from django.db import models

from noivu.core import clock
from noivu.core.wording import Text
from noivu.records.api import IncomingDocument
from noivu.work.api import Obligation


class TaskOrigin(models.Model):
    """That a task was made from an incoming document (văn bản đến chuyển thành nhiệm vụ).

    Written with the task and never changed: what the task says of its source (`source_symbol`) may be corrected, the
    document it was made from stays that document. A document may become several tasks.
    """

    task = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="came_from")
    document = models.ForeignKey(IncomingDocument, on_delete=models.PROTECT, related_name="became")

    def __str__(self) -> str:
        return f"{self.document} → {self.task}"


class Outcome(StrEnum):
    """What triage says of a document to which nothing else is done."""

    NO_REPLY = "no_reply"
    FILED = "filed"


OUTCOMES: dict[Outcome, Text] = {
    Outcome.NO_REPLY: Text(vi="Không phải trả lời", en="No reply needed"),
    Outcome.FILED: Text(vi="Lưu", en="Filed"),
}


class TriageMark(models.Model):
    """That a document went through triage and asks for nothing (phân loại văn bản đến: không phải trả lời, lưu).

    A document waits for triage until it is given to a unit, owed a reply, made into a task, or marked so. Taking the
    mark back removes it; the log keeps both.
    """

    document = models.OneToOneField(IncomingDocument, on_delete=models.PROTECT, related_name="triage")
    outcome = models.CharField(max_length=10, choices=[(one.value, label.vi) for one, label in OUTCOMES.items()])
    marked_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.document}: {self.outcome}"

    @property
    def label(self) -> Text:
        return OUTCOMES[Outcome(self.outcome)]
