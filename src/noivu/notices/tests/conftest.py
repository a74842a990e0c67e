"""A clock of its own, a source of reminders, and a mail server, for all tests of the room."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from noivu.accounts.testing import Cast
from noivu.core import clock
from noivu.core.registry import Registry
from noivu.core.wording import Text
from noivu.notices.sources import Reminder, ReminderSource
from noivu.notices.testing import MailServer, mail_server, sends_to


@dataclass
class Hours:
    """The clock of a test, moved by hand; it is not a sample's moved today."""

    now: datetime

    def goes(self, **on: int) -> datetime:
        self.now += timedelta(**on)
        return self.now


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Hours:
    """It is eight in the morning of 11 October 2024."""
    settings.NOIVU_TODAY = None
    hours = Hours(timezone.make_aware(datetime(2024, 10, 11, 8)))
    monkeypatch.setattr(clock, "now", lambda: hours.now)
    monkeypatch.setattr(clock, "today", lambda: timezone.localdate(hours.now))
    return hours


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    """A mail server to which the product sends."""
    with mail_server() as server:
        sends_to(settings, server.port)
        yield server


@dataclass
class Owed:
    """What is to be told, as a room above would declare it."""

    told: list[Reminder] = field(default_factory=list)

    def __call__(self, day: date) -> list[Reminder]:
        return list(self.told)

    def tells(self, user_id: int, *keys: str) -> None:
        for key in keys:
            said = Text(vi=f"Nhiệm vụ {key}: đến hạn", en=f"Task {key}: due")
            self.told.append(Reminder(user_id, key, "due", said, f"/tasks/{len(self.told) + 1}/"))

    @property
    def registry(self) -> Registry[ReminderSource]:
        sources: Registry[ReminderSource] = Registry("test", key=lambda source: source.code)
        sources.declare(ReminderSource("test", Text(vi="Thử", en="Test"), self))
        return sources


@pytest.fixture
def owed() -> Owed:
    return Owed()


@pytest.fixture
def people(cast: Cast) -> Cast:
    """The cast, An, Bình and Chi with addresses."""
    for person in (cast.an, cast.binh, cast.chi):
        person.user.email = f"{person.username}@example.gov.vn"
        person.user.save(update_fields=["email"])
    return cast
