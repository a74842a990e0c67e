"""Changes that take long, asked for on screen and carried out beside it."""

from enum import StrEnum

from django.db import models
from django.urls import reverse

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.wording import Text


class Asked(StrEnum):
    """How far a change is that was asked for. While it is carried out it waits: only the whole is written."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


ASKED = {
    Asked.WAITING: Text(vi="Đang làm", en="Under way"),
    Asked.DONE: Text(vi="Đã xong", en="Done"),
    Asked.FAILED: Text(vi="Không làm được", en="Not carried out"),
}


class AskedChange(models.Model):
    """A change of the calendar or of a value that a great many due dates follow (thay đổi đang chờ làm).

    `act` and `fields` are the verb and what was typed, `foreseen` what its asker was told would follow. It is carried
    out as one transaction, which also says that it is done: killed in between it waits still, and begins anew.
    """

    key = models.CharField(max_length=32, unique=True)
    act = models.CharField(max_length=40)
    fields = models.JSONField()
    foreseen = models.CharField(max_length=200)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    actor_unit_code = models.CharField(max_length=32, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=10, choices=[(code.value, text.vi) for code, text in ASKED.items()], default=Asked.WAITING.value
    )
    said_vi = models.TextField(blank=True)
    said_en = models.TextField(blank=True)
    leads_to = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="waiting", ended_at__isnull=True)
                | (~models.Q(state="waiting") & models.Q(ended_at__isnull=False)),
                name="law_asked_change_ends_or_waits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.act}: {self.state}"

    @property
    def actor(self) -> Actor:
        return Actor(self.actor_id, self.actor_name, self.actor_unit_code)

    @property
    def said(self) -> Text:
        """What followed, or why nothing did."""
        return Text(vi=self.said_vi, en=self.said_en)

    @property
    def waits(self) -> bool:
        return self.state == Asked.WAITING

    @property
    def failed(self) -> bool:
        return self.state == Asked.FAILED

    @property
    def address(self) -> str:
        """The page that says how far it is."""
        return reverse("law:asked", args=[self.pk])
