"""A holiday entered on screen: how many due dates move is said first, then they move, and each page says why."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core.actors import SYSTEM
from noivu.core.wording import Text
from noivu.law.api import change_day, take_back_day
from noivu.work.api import Due, Obligation, Recount, TaskEntry, complete, create_task, extend
from noivu.work.models import ObligationEvent
from noivu.work.testing import gets_task

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
STORM = {"day": "04/03/2026", "works": "off", "name_vi": "nghỉ bão", "name_en": "storm", "reason": "bão số 1"}


@pytest.fixture(autouse=True)
def tuesday(settings: Any) -> None:
    settings.NOIVU_TODAY = "2026-03-03"


@pytest.fixture
def em(cast: Cast, client: Client) -> Client:
    """Em, the data steward of the ministry."""
    return sign_in(client, cast.em)


def owed(cast: Cast, code: str = "NV-01") -> Obligation:
    entry = TaskEntry(
        code=code,
        title="Hoàn thiện hồ sơ trình Chính phủ",
        assigner="Bộ trưởng",
        assigned_on=MONDAY,
        lead_unit_id=cast.chi.unit.pk,
        due=Due(working_days=5),
    )
    return create_task(actor=SYSTEM, entry=entry)


def words(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, address
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).replace("\u00a0", " ").split())


def saved(client: Client, **changes: str) -> Any:
    return client.post("/law/calendar/change/", {**STORM, **changes})


def test_the_calendar_says_what_would_move_before_it_moves(cast: Cast, em: Client) -> None:
    task = owed(cast)
    gets_task(cast.chi.unit, MONDAY, due_on=date(2026, 3, 9))

    first = saved(em)
    page = html.unescape(first.content.decode())
    assert first.status_code == 422
    assert "1 việc đang mở dời hạn; 1 việc có hạn trong thời gian đó giữ nguyên" in page.replace("\u00a0", " ")
    assert not Recount.objects.exists()
    assert not ObligationEvent.objects.filter(happening="due_moved").exists()
    seen = re.search(r'name="foreseen" value="([^"]+)"', page)
    assert seen

    second = saved(em, foreseen=seen[1])
    assert second.headers["Location"] == f"/obligations/recounts/{Recount.objects.get().pk}/"
    assert task.events.current().get(happening="due_moved").due_on == date(2026, 3, 10)

    listed = words(em, second.headers["Location"])
    assert "Đổi lịch làm việc 04/03/2026 (nghỉ bão): bão số 1" in listed
    assert "NV-01" in listed
    assert "09/03/2026 → 10/03/2026" in listed
    assert "NV-0002" in words(em, second.headers["Location"] + "?cut=kept")
    assert "1 hạn Đổi lịch làm việc 04/03/2026" in words(em, "/law/calendar/")


def test_what_would_move_by_now_otherwise_is_said_again(cast: Cast, em: Client) -> None:
    owed(cast)
    again = saved(em, foreseen="7-0")

    assert again.status_code == 422
    assert not Recount.objects.exists()
    assert 'name="foreseen" value="1-0"' in again.content.decode()


def test_a_change_that_moves_nothing_is_saved_at_once(cast: Cast, em: Client) -> None:
    assert saved(em).headers["Location"] == "/law/calendar/"


def test_the_page_of_what_moved_says_why(cast: Cast, em: Client) -> None:
    task = owed(cast)
    change_day(actor=SYSTEM, day=date(2026, 3, 4), works=False, name=Text(vi="nghỉ bão", en="storm"), reason="bão số 1")

    page = words(em, f"/tasks/{task.pk}/")

    assert "Dời từ 09/03/2026 khi tính lại ngày 03/03/2026. Đổi lịch làm việc 04/03/2026 (nghỉ bão): bão số 1" in page
    assert "ngày làm việc thứ 5: hạn" in page
    assert "Hạn được tính lại , từ 09/03/2026 sang 10/03/2026" in page
    assert "Ghi trực tiếp, không tính theo quy tắc" not in page


def test_a_due_date_that_would_count_otherwise_today_is_not_called_one_by_hand(cast: Cast, em: Client) -> None:
    task = owed(cast)
    task.events.filter(working_days=5).update(due_on=date(2026, 3, 6), trace=None)

    page = words(em, f"/tasks/{task.pk}/")

    assert "Tính lại hôm nay là 09/03/2026, như dưới đây; hạn đã ghi không đổi." in page
    assert "Ghi trực tiếp, không tính theo quy tắc" not in page


def test_a_due_date_whose_rule_is_gone_has_its_page_still(cast: Cast, em: Client) -> None:
    task = owed(cast)
    task.events.filter(working_days=5).update(working_days=None, rule="deadline.reply", trace=None)

    assert "Được tính theo một quy tắc nay không còn giá trị." in words(em, f"/tasks/{task.pk}/")


def test_what_was_counted_then_stays_on_the_page_of_what_is_done(cast: Cast, em: Client) -> None:
    task = owed(cast)
    complete(actor=SYSTEM, obligation=task, on=date(2026, 3, 3))
    change_day(actor=SYSTEM, day=date(2026, 3, 4), works=False, name=Text(vi="nghỉ bão", en="storm"), reason="bão số 1")

    page = words(em, f"/tasks/{task.pk}/")

    assert "5 09/03/2026 ngày làm việc thứ 5: hạn" in page
    assert "nghỉ bão" not in page


def test_a_part_that_is_due_after_its_whole_by_now_is_listed_until_someone_decides(cast: Cast, em: Client) -> None:
    whole = gets_task(cast.chi.unit, MONDAY, due_on=date(2026, 3, 9))
    part = owed(cast)
    Obligation.objects.filter(pk=part.pk).update(parent=whole)
    change_day(actor=SYSTEM, day=date(2026, 3, 4), works=False, name=Text(vi="nghỉ bão", en="storm"), reason="bão số 1")
    address = f"/obligations/recounts/{Recount.objects.get().pk}/?cut=past"

    page = words(em, address)
    assert "NV-01" in page
    assert "09/03/2026 → 10/03/2026 việc chung: 09/03/2026" in page

    extend(actor=SYSTEM, obligation=whole, due_on=date(2026, 3, 10), on=date(2026, 3, 3), reason="theo phần việc")
    page = words(em, address)
    assert "NV-01" not in page
    assert "Không có phần việc nào muộn hơn việc chung" in page


def test_a_whole_that_is_due_sooner_by_now_lists_its_parts(cast: Cast, em: Client) -> None:
    whole = owed(cast)
    part = gets_task(cast.chi.unit, MONDAY, due_on=date(2026, 3, 10))
    change_day(actor=SYSTEM, day=date(2026, 3, 4), works=False, name=Text(vi="nghỉ bão", en="storm"), reason="bão số 1")
    Obligation.objects.filter(pk=part.pk).update(parent=whole)
    take_back_day(actor=SYSTEM, day=date(2026, 3, 4), reason="bão tan")

    page = words(em, f"/obligations/recounts/{Recount.objects.latest('pk').pk}/?cut=past")

    assert "NV-0002 " in page
    assert "10/03/2026 việc chung: 09/03/2026" in page


def test_another_sees_only_what_is_within_reach(cast: Cast, client: Client) -> None:
    owed(cast)
    change_day(actor=SYSTEM, day=date(2026, 3, 4), works=False, name=Text(vi="nghỉ bão", en="storm"), reason="bão số 1")
    page = words(sign_in(client, cast.dung), f"/obligations/recounts/{Recount.objects.get().pk}/")

    assert "Dời 1 hạn" in page
    assert "NV-01" not in page


def test_there_is_no_page_of_a_recounting_that_was_not(cast: Cast, em: Client) -> None:
    assert em.get("/obligations/recounts/7/").status_code == 404


@pytest.mark.parametrize("cut", ["moved", "kept", "past"])
def test_the_page_asks_the_database_little(
    cast: Cast, em: Client, django_assert_max_num_queries: Any, cut: str
) -> None:
    gets_task(cast.chi.unit, MONDAY, due_on=date(2026, 3, 9))
    kept = Recount.objects.create(reason="bão", days=["2026-03-04"], actor_id="x", actor_name="x")
    address = f"/obligations/recounts/{kept.pk}/?cut={cut}"
    em.get(address)
    with django_assert_max_num_queries(6):  # session, user, and four of its own
        em.get(address)
