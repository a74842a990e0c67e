"""Who was told what, how each wants to be told, which mails are under way; and who runs the jobs."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from noivu.accounts.api import User
from noivu.core import clock
from noivu.core.wording import Text
from noivu.notices.constants import CHANNELS, FIRST_HOUR, MAILED, SHOWN, STATES, Channel, State


class Preference(models.Model):
    """How a person wants to be told (tùy chọn nhận thông báo). Without a row the values below hold."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=7, choices=[(c.value, w.vi) for c, w in CHANNELS.items()], default="both")
    hour = models.PositiveSmallIntegerField(default=FIRST_HOUR, validators=[MaxValueValidator(23)])
    digest = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hour__lte=23),
                name="notices_preference_hour_is_of_a_day",
                violation_error_message="Giờ từ 0 đến 23 · The hour is 0 to 23",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in Channel]),
                name="notices_preference_channel_is_known",
                violation_error_message="Kênh không có trong danh mục · The channel is not on the list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.hour}"


class Delivery(models.Model):
    """A mail to one person (thư nhắc): of one notice, or of all that gathered since the last one.

    Life: *waiting* → *sending* (claimed by a worker until `claimed_until`) → *sent*; back to *waiting* with a growing
    pause while the mail server does not answer; *failed* when it refuses for good. `message_id` is fixed before the
    first attempt. A mail cannot be sent exactly once: a worker that dies between the server's answer and the next
    statement leaves it *sending*, and whoever takes it over sends it again under the same `message_id`, and says in it
    that it may have come before (`maybe_sent`).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=7, choices=[(s.value, w.vi) for s, w in STATES.items()], default=State.WAITING.value
    )
    message_id = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    next_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    maybe_sent = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_at"], name="notices_mail_by_state"),
            models.Index(fields=["user", "made_at"], name="notices_mail_of_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.SENT.value, sent_at__isnull=False)
                | (~Q(state=State.SENT.value) & Q(sent_at__isnull=True)),
                name="notices_mail_sent_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices in the words of the room."""

    def shown_to(self, user_id: int) -> Self:
        return self.filter(user_id=user_id, channel__in=SHOWN)

    def unseen(self) -> Self:
        return self.filter(seen_at__isnull=True, channel__in=SHOWN)

    def unmailed(self, since: datetime) -> Self:
        """Those to be mailed that stand in no mail yet; what is older than `since` is no news any more."""
        return self.filter(mail__isnull=True, channel__in=MAILED, made_at__gte=since)


class Notice(models.Model):
    """What one person was told once (thông báo): that something is nearly due, due or overdue.

    Never told twice: unique by person and `key` (the thing, its due date, the step). It holds no content of the thing,
    only what it is known by and where it is found: whoever follows the address is asked for the right to see it.
    `channel` is what the person had chosen when it was made.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=120)
    step = models.CharField(max_length=20)
    told_on = models.DateField()
    said_vi = models.CharField(max_length=400)
    said_en = models.CharField(max_length=400)
    url = models.CharField(max_length=200)
    channel = models.CharField(max_length=7, choices=[(c.value, w.vi) for c, w in CHANNELS.items()])
    made_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")

    objects: ClassVar[Any] = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notices_told_once")]
        indexes = [
            models.Index(fields=["user", "seen_at", "channel"], name="notices_seen_of_user"),
            models.Index(fields=["user", "-id"], name="notices_of_user"),
            models.Index(fields=["made_at"], condition=Q(mail__isnull=True), name="notices_in_no_mail"),
        ]

    def __str__(self) -> str:
        return str(self.said)

    @property
    def said(self) -> Text:
        return Text(vi=self.said_vi, en=self.said_en)


class Lease(models.Model):
    """Who runs the periodic jobs (tiến trình chạy nền), until when; and when one last did.

    One worker leads at a time; another takes over when the lease has run out. It spares work and is no lock: jobs stay
    right when two run at once.
    """

    name = models.CharField(max_length=40, unique=True)
    holder = models.CharField(max_length=64, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"


class JobRun(models.Model):
    """How a periodic job last went (lần chạy gần nhất). `ended_at` before `started_at`: it was cut off, or runs."""

    code = models.CharField(max_length=60, unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    did = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.code
