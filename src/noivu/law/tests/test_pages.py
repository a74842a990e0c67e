"""The pages of calendar, deadline, parameters and instruments, through HTTP."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from noivu.core.progress import advancing
from noivu.law.api import CountingChange, counting_changed
from noivu.law.deadlines import working_day
from noivu.law.installation import working_calendar
from noivu.law.models import Instrument, ParameterOverride
from noivu.law.parameters import parameter
from noivu.law.policies import EDIT_CALENDAR, EDIT_PARAMETERS, REGISTER_INSTRUMENT, VIEW
from noivu.ui.testing import allowed

pytestmark = pytest.mark.django_db
PAGES = ["/law/calendar/", "/law/calendar/2026/", "/law/deadline/", "/law/parameters/", "/law/instruments/"]
PARAMETER = "/law/parameters/deadline.reply/"
CHANGES = [
    *("/law/calendar/change/", "/law/calendar/swap/", "/law/calendar/2027/confirm/", "/law/calendar/2027/take-back/"),
    f"{PARAMETER}value/",
]


@pytest.fixture
def client_of(settings) -> Client:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "noivu.ui.testing.ActorFromHeader"]
    return Client(headers={"X-Actor": "Em"})


@pytest.fixture
def em(client_of: Client) -> Iterator[Client]:
    """The data steward."""
    with allowed(VIEW, EDIT_CALENDAR, EDIT_PARAMETERS, REGISTER_INSTRUMENT):
        yield client_of


@pytest.fixture
def dung(client_of: Client) -> Iterator[Client]:
    """A viewer."""
    with allowed(VIEW):
        yield client_of


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\u00a0", " ")


@pytest.mark.parametrize("address", PAGES)
def test_a_viewer_reads_every_page(dung: Client, address: str) -> None:
    assert "noivu" in words(dung, address)


@pytest.mark.parametrize("address", CHANGES)
def test_a_viewer_changes_nothing(dung: Client, address: str) -> None:
    assert dung.get(address).status_code == 404
    assert dung.post(address, {}).status_code == 404


@pytest.mark.parametrize("address", [*CHANGES, "/law/instruments/register/"])
def test_an_empty_form_says_what_is_missing(em: Client, address: str) -> None:
    assert em.get(address).status_code == 200
    response = em.post(address, {"reason": ""})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_the_database_little(dung: Client, address: str, django_assert_max_num_queries) -> None:
    working_calendar()
    dung.get(address)  # what a process learns once, at its first page, is no page's own
    with django_assert_max_num_queries(4):
        dung.get(address)


def test_the_calendar_shows_swapped_days_with_their_source(dung: Client) -> None:
    page = words(dung, "/law/calendar/2026/")

    assert "làm bù cho ngày 02/01/2026" in page
    assert "12729/VPCP-KGVX" in page
    assert "9441/TB-BNV" in page


def test_the_calendar_of_an_undecided_year_says_so(dung: Client) -> None:
    assert "chưa có thông báo chính thức" in words(dung, "/law/calendar/2027/")


def test_the_calendar_speaks_english(dung: Client) -> None:
    dung.post("/ui/language/", {"language": "en", "next": "/"})

    page = words(dung, "/law/calendar/2026/")

    assert "make-up working day for 02/01/2026" in page
    assert "National Day" in page


def test_a_year_beyond_the_calendar_is_refused(dung: Client) -> None:
    assert dung.get("/law/calendar/2150/").status_code == 422


def test_a_viewer_is_not_shown_what_only_a_steward_may(dung: Client) -> None:
    assert "Đổi một ngày" not in words(dung, "/law/calendar/2026/")
    assert "Nhập giá trị riêng" not in words(dung, PARAMETER)


def test_the_steward_gives_a_day_off_and_takes_it_back(em: Client) -> None:
    day = {"day": "04/03/2026", "works": "off", "name_vi": "nghỉ bão", "name_en": "storm", "reason": "bão số 1"}
    assert em.post("/law/calendar/change/", day).status_code == 302
    assert not working_day(date(2026, 3, 4))
    assert "nghỉ bão" in words(em, "/law/calendar/2026/")

    assert em.post("/law/calendar/2026-03-04/take-back/", {"reason": "nhầm"}).status_code == 302

    assert working_day(date(2026, 3, 4))


def test_the_page_that_waits_for_due_dates_to_be_counted_anew_sees_how_far_that_is(em: Client) -> None:
    seen: list[str] = []

    def count(change: CountingChange, **_: Any) -> None:
        for _part in advancing([[1, 2, 3], [4]]):
            seen.append(words(em, f"/ui/progress/{key}/"))

    form = em.get("/law/calendar/change/").content.decode()
    key = re.search(r'name="watch" value="([0-9a-f]{32})"', form)[1]  # type: ignore[index]  # a missing one fails here
    assert f'hx-get="/ui/progress/{key}/" hx-trigger="submit from:closest form' in form
    counting_changed.connect(count, sender=CountingChange)
    day = {"day": "04/03/2026", "works": "off", "name_vi": "nghỉ bão", "name_en": "storm", "reason": "bão số 1"}
    try:
        em.post("/law/calendar/change/", {**day, "watch": key})
    finally:
        counting_changed.disconnect(count, sender=CountingChange)
    seen.append(words(em, f"/ui/progress/{key}/"))

    assert ["Đang làm." in seen[0], "3 trong 4" in seen[1], "4 trong 4" in seen[-1]] == [True] * 3
    other = Client(headers={"X-Actor": "Dung"})
    assert "4 trong 4" not in words(other, f"/ui/progress/{key}/")


def test_a_swap_that_cannot_be_stays_on_its_form(em: Client) -> None:
    swap = {
        "day_off": "04/03/2026",
        "day_worked": "05/03/2026",
        "instrument": "9441/TB-BNV",
        "reason": "thử",
    }
    response = em.post("/law/calendar/swap/", swap)

    assert response.status_code == 422
    assert "Không hoán đổi được" in response.content.decode()


def test_the_steward_confirms_a_year(em: Client) -> None:
    assert em.post("/law/calendar/2027/confirm/", {"instrument": "9441/TB-BNV"}).status_code == 302

    assert working_calendar().is_known(2027)


def test_a_year_confirmed_by_mistake_is_taken_back_on_screen(em: Client) -> None:
    address = "/law/calendar/2027/take-back/"
    assert address not in em.get("/law/calendar/2027/").content.decode()
    em.post("/law/calendar/2027/confirm/", {"instrument": "9441/TB-BNV"})
    assert address in em.get("/law/calendar/2027/").content.decode()

    assert em.post(address, {"reason": "nhầm năm"}).status_code == 302

    assert not working_calendar().is_known(2027)


def test_a_year_that_came_with_the_product_is_not_taken_back(em: Client) -> None:
    assert "/law/calendar/2026/take-back/" not in em.get("/law/calendar/2026/").content.decode()


def test_an_unknown_instrument_is_refused_on_the_form(em: Client) -> None:
    response = em.post("/law/calendar/2027/confirm/", {"instrument": "1/1"})

    assert "chưa có trong danh mục" in response.content.decode()


def test_a_deadline_is_explained_by_runs_of_days(dung: Client) -> None:
    page = words(dung, "/law/deadline/?start=21/10/2024&counts=working_days&length=10")

    assert "Vì sao hạn là 04/11/2024" in page
    assert "4 22 – 25/10 thứ Ba đến thứ Sáu" in page
    assert "– 26 – 27/10 thứ Bảy, Chủ nhật" in page
    assert "9 28/10 – 01/11 thứ Hai đến thứ Sáu" in page
    assert "10 04/11/2024 ngày làm việc thứ 10: hạn" in page


def test_a_deadline_names_holidays_and_swaps_apart(dung: Client) -> None:
    page = words(dung, "/law/deadline/?start=21/08/2026&counts=working_days&length=7")

    assert "1 22/08 làm bù cho ngày 31/08/2026" in page
    assert "– 31/08 nghỉ hoán đổi, làm bù ngày 22/08/2026" in page
    assert "– 01 – 02/09 Quốc khánh" in page


def test_a_deadline_by_rule_cites_it(dung: Client) -> None:
    page = words(dung, "/law/deadline/?start=2026-03-02&counts=rule&rule=deadline.recommendation_peoples_council")

    assert "Điều 50 khoản 1" in page


def test_a_deadline_without_length_says_what_is_missing(dung: Client) -> None:
    assert "Chưa có: Số ngày, số giờ." in words(dung, "/law/deadline/?start=2026-03-02&counts=days")


def test_a_rule_without_value_is_refused_on_the_page(dung: Client) -> None:
    assert "không có giá trị có hiệu lực" in words(
        dung, "/law/deadline/?start=2026-03-02&counts=rule&rule=deadline.reply"
    )


TOLD = "/law/deadline/counted/?first=arises_on"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("&arises_on=21/08/2026&working_days=7", "Hạn tính được: 03/09/2026|22/08 làm bù cho ngày 31/08/2026"),
        ("&arises_on=2026-03-02&rule=recommendation_peoples_council", "Hạn tính được:|Điều 50 khoản 1"),
        ("&arises_on=21/08/2026&counted_from=24/08/2026&rule=recommendation_peoples_council", "24/08/2026"),
        ("&arises_on=31/02/2026&working_days=7", "31/02/2026"),
        ("&arises_on=02/03/2026&rule=khong-co", "Không có quy tắc thời hạn “khong-co”"),
    ],
)
def test_a_form_tells_the_date_it_would_count_and_why_or_what_is_wrong(dung: Client, asked: str, told: str) -> None:
    page = words(dung, TOLD + asked)
    assert [one for one in told.split("|") if one not in page] == []


@pytest.mark.parametrize(
    "asked", ["", "&arises_on=21/08/2026", "&working_days=7", "&arises_on=21/08/2026&working_days=bảy",
              "&arises_on=21/08/2026&working_days=7&rule=recommendation_peoples_council"]
)  # fmt: skip
def test_a_form_tells_nothing_while_it_names_no_day_or_no_one_way(dung: Client, asked: str) -> None:
    assert dung.get(TOLD + asked).content.decode().strip() == ""


def test_the_steward_enters_the_offices_own_rule_and_takes_it_back(em: Client) -> None:
    value = {"value": "10", "starts_on": "01/01/2024", "instrument": "30/2020/NĐ-CP", "reason": "quy chế"}
    assert em.post(f"{PARAMETER}value/", value).status_code == 302
    assert "đơn vị nhập" in words(em, f"{PARAMETER}?on=2024-10-31")

    assert em.post(f"{PARAMETER}2024-01-01/take-back/", {"reason": "nhầm"}).status_code == 302

    assert not ParameterOverride.objects.current().exists()


def test_a_value_of_another_type_stands_beside_its_field(em: Client) -> None:
    value = {"value": "mười", "starts_on": "01/01/2024", "instrument": "30/2020/NĐ-CP", "reason": "quy chế"}

    response = em.post(f"{PARAMETER}value/", value)

    assert response.status_code == 422
    assert "Nhập số nguyên" in response.content.decode()


def test_parameters_are_read_on_a_day(dung: Client) -> None:
    page = words(dung, "/law/parameters/?on=2024-10-31")

    assert "09/2019/NĐ-CP" in page
    assert "không có giá trị có hiệu lực ngày 31/10/2024" in page


def test_instruments_are_found_without_accents(dung: Client) -> None:
    page = words(dung, "/law/instruments/?q=cong tac van thu")

    assert "30/2020/NĐ-CP" in page
    assert "09/2019/NĐ-CP" not in page


def test_an_instrument_is_registered(em: Client) -> None:
    facts = {"number_symbol": "12/QĐ-BNV", "issuer": "Bộ Nội vụ", "title": "Quy chế làm việc"}

    assert em.post("/law/instruments/register/", facts).status_code == 302

    assert Instrument.objects.get(number_symbol="12/QĐ-BNV").mark == "unverified"


def test_a_window_is_told_in_words(em: Client) -> None:
    assert "mở ngày 15, lùi 1 tháng" in em.get("/law/parameters/").content.decode()
    assert "mở ngày 15, lùi 1 tháng" in em.get("/law/parameters/window.decree09/").content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "{}",
        "[]",
        '{"months_back": 1}',
        '{"months_back": 1, "opens_on_day": 31}',
        '{"months_back": 0.5, "opens_on_day": 1}',
    ],
)
def test_a_window_that_opens_on_no_day_is_refused_beside_its_field(em: Client, typed: str) -> None:
    value = {"value": typed, "starts_on": "01/01/2024", "instrument": "09/2019/NĐ-CP", "reason": "quy chế"}

    response = em.post("/law/parameters/window.decree09/value/", value)

    assert response.status_code == 422
    assert "lùi 0 đến 12 tháng" in response.content.decode()


def test_a_value_that_ends_before_it_starts_is_refused_beside_its_field(em: Client) -> None:
    days = {"starts_on": "01/02/2024", "ends_on": "01/02/2024"}
    value = {"value": "10", "instrument": "30/2020/NĐ-CP", "reason": "quy chế", **days}

    response = em.post(f"{PARAMETER}value/", value)

    assert response.status_code == 422
    assert "không sau ngày bắt đầu 01/02/2024" in response.content.decode()


def test_an_instrument_that_ceases_before_it_holds_is_refused_beside_its_field(em: Client) -> None:
    days = {"in_force_from": "01/02/2024", "in_force_to": "31/01/2024"}
    facts = {"number_symbol": "12/QĐ-BNV", "issuer": "Bộ Nội vụ", "title": "Quy chế làm việc", **days}

    response = em.post("/law/instruments/register/", facts)

    assert response.status_code == 422
    assert "không sau ngày có hiệu lực" in response.content.decode()


WARD = "/law/parameters/unit_standard.ward/"


def test_numbers_that_belong_together_are_told_each_with_what_it_is(em: Client) -> None:
    assert "dân số 21.000; diện tích 5,5" in em.get(f"{WARD}?on=2026-01-01").content.decode()


def test_own_numbers_replace_those_shipped(em: Client) -> None:
    numbers = {"value": '{"population": 22000, "area": "5.5"}', "starts_on": "01/01/2026", "reason": "đối chiếu"}

    assert em.post(f"{WARD}value/", {**numbers, "instrument": "112/2025/UBTVQH15"}).status_code == 302

    assert parameter("unit_standard.ward", date(2026, 2, 1)).value == {"population": 22_000, "area": Decimal("5.5")}
    assert "dân số 22.000; diện tích 5,5" in em.get(f"{WARD}?on=2026-02-01").content.decode()


@pytest.mark.parametrize("typed", ["21000", "{}", '{"people": 1}', '{"population": 1.5}', '{"population": "NaN"}'])
def test_numbers_that_are_not_of_the_parameter_are_refused_beside_their_field(em: Client, typed: str) -> None:
    value = {"value": typed, "starts_on": "01/01/2026", "instrument": "112/2025/UBTVQH15", "reason": "thử"}

    response = em.post(f"{WARD}value/", value)

    assert response.status_code == 422
    assert "đúng các phần của tham số" in response.content.decode()
