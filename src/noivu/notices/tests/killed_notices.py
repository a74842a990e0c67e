"""Telling, gathering and sending that is killed, and that several do at once: a process of its own, on a database of
its own (`DATABASE_URL`), migrated.

    python -m noivu.notices.tests.killed_notices

Runs the three jobs in a child again and again; each child gets SIGKILL before another one of its statements, before or
after another one of its commits. Then the jobs run to their end, ten minutes later. Prints what stood after each, and
what the mail server took. Last, several children run the jobs at once.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

django.setup()

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from noivu.accounts.api import User
from noivu.accounts.testing import fixed_cast
from noivu.core import clock
from noivu.core.registry import Registry
from noivu.core.wording import both
from noivu.notices.mailing import prepare_mail, send_mail
from noivu.notices.making import make_notices
from noivu.notices.models import Delivery, Notice, Preference
from noivu.notices.sources import Reminder, ReminderSource
from noivu.notices.testing import MailServer, mail_server, sends_to
from noivu.units.testing import small_sector

PEOPLE, THINGS = ("an", "binh"), 3
AT_ONCE, MANY = 3, 12
MORNING = timezone.make_aware(datetime(2024, 10, 11, 8))
COMMIT = "commit"


@dataclass(frozen=True)
class Look:
    """What stands once the jobs have run to their end after a kill."""

    moment: str
    ended: bool
    keys: list[str]
    states: list[str]
    taken: list[str]
    says_again: list[bool]


def at(now: datetime) -> None:
    """Let it be this instant."""
    clock.now, clock.today = (lambda: now), (lambda: timezone.localdate(now))  # type: ignore[assignment]


def source(things: int) -> Registry[ReminderSource]:
    people = list(User.objects.filter(username__in=PEOPLE).order_by("pk").values_list("pk", flat=True))
    told = [
        Reminder(user_id, f"{number}:due", "due", both(f"NV-{number}"), f"/tasks/{number}/")
        for user_id in people
        for number in range(things)
    ]
    registry: Registry[ReminderSource] = Registry("killed", key=lambda one: one.code)
    registry.declare(ReminderSource("killed", both("killed"), lambda day: told))
    return registry


def jobs(registry: Registry[ReminderSource]) -> None:
    make_notices(registry)
    prepare_mail()
    send_mail()


class Killer:
    """Counts statements and the moments around commits; at the wanted one it writes which that is, and kills."""

    def __init__(self, wanted: int, note: Path) -> None:
        self.wanted, self.note, self.seen = wanted, note, 0

    def moment(self, words: str) -> None:
        self.seen += 1
        if self.seen == self.wanted:
            self.note.write_text(words)
            os.kill(os.getpid(), signal.SIGKILL)

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.moment(sql)
        return execute(sql, *rest)

    def around_commits(self) -> None:
        commit = connection.commit

        def watched() -> None:
            self.moment(f"before {COMMIT}")
            commit()
            self.moment(f"after {COMMIT}")

        connection.commit = watched  # type: ignore[method-assign]


def in_a_child(run: Callable[[], None]) -> int:
    """A copy of this process that runs something and ends; its key."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            run()
        except BaseException as problem:
            print(f"{type(problem).__name__}: {problem}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return child


def ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(wanted: int, note: Path) -> bool:
    """Whether the jobs came to their end before the wanted moment."""
    note.write_text("")

    def run() -> None:
        killer = Killer(wanted, note)
        registry = source(THINGS)
        killer.around_commits()
        with connection.execute_wrapper(killer):
            jobs(registry)

    code = ended(in_a_child(run))
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the child ended with {code}")
    return code == 0


def emptied(server: MailServer) -> None:
    Notice.objects.all().delete()
    Delivery.objects.all().delete()
    server.taken.clear()


def look_at_each_moment(server: MailServer, note: Path) -> list[Look]:
    looks: list[Look] = []
    while not looks or not looks[-1].ended:
        emptied(server)
        at(MORNING)
        whole = killed_at(len(looks) + 1, note)
        at(MORNING + timedelta(minutes=10))
        jobs(source(THINGS))
        said = [message.get_payload(decode=True).decode() for message in server.taken]
        looks.append(
            Look(
                moment=note.read_text(),
                ended=whole,
                keys=sorted(f"{name} {key}" for name, key in Notice.objects.values_list("user__username", "key")),
                states=sorted(Delivery.objects.values_list("state", flat=True)),
                taken=[f"{message['To']} {message['Message-ID']}" for message in server.taken],
                says_again=["có thể đã đến trước đó" in body for body in said],
            )
        )
    return looks


def several_at_once(server: MailServer) -> dict[str, Any]:
    """A mail for each notice, made and sent by several at once."""
    emptied(server)
    at(MORNING)
    for user in User.objects.filter(username__in=PEOPLE):
        Preference.objects.create(user=user, digest=False)
    codes = [ended(child) for child in [in_a_child(lambda: jobs(source(MANY))) for _ in range(AT_ONCE)]]
    return {
        "codes": codes,
        "notices": Notice.objects.count(),
        "mails": Delivery.objects.count(),
        "sent": Delivery.objects.filter(state="sent", attempts=1, maybe_sent=False).count(),
        "taken": server.message_ids(),
    }


def main() -> None:
    small_sector()
    fixed_cast()
    for user in User.objects.filter(username__in=PEOPLE):
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.gov.vn")
    settings.NOIVU_TODAY = None
    with mail_server() as server, TemporaryDirectory() as directory:
        sends_to(settings, server.port)
        looks = look_at_each_moment(server, Path(directory) / "moment")
        print(json.dumps({"looks": [asdict(look) for look in looks], "at_once": several_at_once(server)}))


if __name__ == "__main__":
    main()
