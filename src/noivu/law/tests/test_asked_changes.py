"""A change that very much follows is carried out beside the page: once, whole, its page says how far it is."""

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from noivu.core import clock
from noivu.core.actors import SYSTEM, Actor
from noivu.core.progress import advancing
from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.law.api import CountingChange, Followed, counting_changed, working_day
from noivu.law.models import AskedChange, CalendarOverride
from noivu.law.policies import EDIT_CALENDAR, VIEW
from noivu.law.services.asked import Change, ask, carry_out, carry_out_waiting
from noivu.ui import progress
from noivu.ui.testing import allowed

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 3, 4)
STORM = {"day": "04/03/2026", "works": "off", "name_vi": "nghỉ bão", "name_en": "storm", "reason": "bão số 1"}
CHANGE = Change(
    "change_day",
    {"day": WEDNESDAY, "works": False, "name": Text(vi="nghỉ bão", en="storm"), "reason": "bão", "instrument": ""},
)


class Many:
    """Something above that very much follows."""

    def __init__(self) -> None:
        self.followed = Followed("9000-0", both("9000 move"), "/there/", 9_000)
        self.breaks: Exception | None = None

    def hear(self, change: CountingChange, **_: Any) -> Followed:
        if self.breaks and not change.dry_run:
            raise self.breaks
        return self.followed


@pytest.fixture
def many() -> Any:
    many = Many()
    counting_changed.connect(many.hear, sender=CountingChange, weak=False)
    yield many
    counting_changed.disconnect(many.hear, sender=CountingChange)


@pytest.fixture
def client_of(settings: Any) -> Client:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "noivu.ui.testing.ActorFromHeader"]
    return Client(headers={"X-Actor": "Em"})


@pytest.fixture
def em(client_of: Client) -> Iterator[Client]:
    """The data steward."""
    with allowed(VIEW, EDIT_CALENDAR):
        yield client_of


def words(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, address
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).replace("\u00a0", " ").split())


def asked_on_screen(em: Client) -> AskedChange:
    typed = {**STORM, "watch": "a" * 32}
    first = em.post("/law/calendar/change/", typed).content.decode()
    hidden = {name: re.search(f'name="{name}" value="([^"]*)"', first) for name in ("foreseen", "number")}
    sent = {**typed, **{name: found[1] for name, found in hidden.items() if found}}
    there = em.post("/law/calendar/change/", sent).headers["Location"]
    assert em.post("/law/calendar/change/", sent).headers["Location"] == there
    asked = AskedChange.objects.get()
    assert there == asked.address
    return asked


def asked(many: Many) -> AskedChange:
    return ask(SYSTEM, CHANGE, many.followed.key, "a" * 32)


def test_it_waits_then_is_done_and_names_what_moved(many: Many, em: Client) -> None:
    waiting = asked_on_screen(em)
    assert not CalendarOverride.objects.exists()
    assert "Đang chờ. Chưa có gì được lưu." in words(em, waiting.address)

    with progress.kept_as(f"law-change:{waiting.pk}"):
        parts = advancing([[0] * 5_000, [0] * 4_000])
        next(parts), next(parts)
    assert "Đã tính 5.000 trong 9.000 việc" in words(em, waiting.address)

    assert carry_out(waiting.pk)
    assert not working_day(WEDNESDAY)
    page = em.get(waiting.address).content.decode()
    assert "Đã xong." in page
    assert 'href="/there/"' in page
    assert "hx-get" not in page[page.index('role="status"') :]


def test_nothing_is_done_twice(many: Many) -> None:
    waiting = asked(many)

    assert [carry_out(waiting.pk), carry_out(waiting.pk)] == [True, False]
    assert ask(SYSTEM, CHANGE, many.followed.key, waiting.key).pk == waiting.pk
    assert CalendarOverride.objects.count() == 1


def test_what_was_left_by_a_killed_process_begins_anew(many: Many, em: Client) -> None:
    waiting = asked(many)
    assert carry_out_waiting() == 0  # somebody may be at it
    AskedChange.objects.update(asked_at=clock.now() - timedelta(minutes=3))
    page = words(em, waiting.address)
    assert "tiến trình đang làm có thể đã dừng" in page
    assert "Làm lại" in page

    assert carry_out_waiting() == 1
    assert "Đã xong." in words(em, waiting.address)
    assert carry_out_waiting() == 0


def test_another_writer_makes_it_wait(many: Many) -> None:
    waiting = asked(many)
    many.breaks = OperationalError("database is locked")

    assert not carry_out(waiting.pk)
    assert AskedChange.objects.get().waits
    many.breaks = None
    assert carry_out(waiting.pk)


def test_what_would_follow_otherwise_by_then_is_not_done(many: Many, em: Client) -> None:
    waiting = asked(many)
    many.followed = Followed("9001-0", both("9001 move"), "/there/", 9_001)

    assert not carry_out(waiting.pk)
    assert working_day(WEDNESDAY)
    page = words(em, waiting.address)
    assert "Không làm được, không có gì thay đổi. Số hạn phải dời nay khác" in page
    assert "Nhập lại thay đổi để xem số mới." in page


def test_what_is_refused_or_breaks_says_so_and_changes_nothing(many: Many) -> None:
    refused, broken = asked(many), ask(SYSTEM, CHANGE, many.followed.key, "b" * 32)
    many.breaks = Refusal(what=both("not so"))
    assert not carry_out(refused.pk)
    many.breaks = RuntimeError("power cut")
    with pytest.raises(RuntimeError, match="power cut"):
        carry_out(broken.pk)

    said = list(AskedChange.objects.order_by("pk").values_list("state", "said_en"))
    assert [state for state, _ in said] == ["failed", "failed"]
    assert said[0][1] == "not so"
    assert "Something unexpected" in said[1][1]
    assert not CalendarOverride.objects.exists()


def test_who_may_not_by_then_does_not(many: Many) -> None:
    nobody = ask(Actor("user:0", "Nobody"), CHANGE, many.followed.key, "c" * 32)

    assert not carry_out(nobody.pk)
    assert AskedChange.objects.get().failed
    assert working_day(WEDNESDAY)


def test_only_who_changes_the_calendar_sees_it(many: Many, client_of: Client) -> None:
    waiting = asked(many)

    with allowed(VIEW):
        assert client_of.get(waiting.address).status_code == 404
        assert client_of.post(f"{waiting.address}begin-anew/").status_code == 404


def test_it_is_begun_anew_by_hand(many: Many, em: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, begun = asked(many), []
    monkeypatch.setattr("noivu.law.views.asked.begin", lambda found: begun.append(found.pk))

    assert em.post(f"{waiting.address}begin-anew/").headers["Location"] == waiting.address
    carry_out(waiting.pk)
    em.post(f"{waiting.address}begin-anew/")
    assert begun == [waiting.pk]


def test_there_is_no_page_of_what_nobody_asked(em: Client) -> None:
    assert em.get("/law/changes/7/").status_code == 404
    assert em.post("/law/changes/7/begin-anew/").status_code == 404
