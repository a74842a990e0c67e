"""The calendar and the parameters hold for every unit: they are changed by those whose grant nothing stands above."""

from datetime import date

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.core.access import STEWARD, OfUnit, may, may_for_all
from noivu.core.refusals import Refusal
from noivu.core.wording import both
from noivu.law.models import CalendarOverride, ParameterOverride
from noivu.law.policies import EDIT_CALENDAR
from noivu.law.services import change_day, override_parameter
from noivu.units.testing import Sector

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 3, 4)


def test_the_steward_of_a_department_moves_nobodys_due_dates(cast: Cast, sector: Sector) -> None:
    steward = a_person("so", "Quản trị của Sở", sector.home_affairs_nghe_an, STEWARD).actor

    with pytest.raises(Refusal) as refused:
        change_day(actor=steward, day=WEDNESDAY, works=False, name=both("bão"), reason="bão số 1")

    assert refused.value.code == "forbidden"
    assert not CalendarOverride.objects.exists()


def test_nor_does_the_steward_of_a_province_above_which_nothing_stands(cast: Cast, sector: Sector) -> None:
    steward = a_person("tinh", "Quản trị của tỉnh", sector.nghe_an, STEWARD).actor
    assert may(steward, EDIT_CALENDAR, OfUnit(sector.nghe_an.pk))
    assert not may_for_all(steward, EDIT_CALENDAR)
    assert may_for_all(cast.em.actor, EDIT_CALENDAR)


def test_nor_the_periods_of_others(cast: Cast, sector: Sector) -> None:
    steward = a_person("so", "Quản trị của Sở", sector.home_affairs_nghe_an, STEWARD).actor
    value = {"months_back": 0, "opens_on_day": 1}
    with pytest.raises(Refusal):
        override_parameter(
            actor=steward,
            code="window.decree09",
            value=value,
            starts_on=date(2024, 1, 1),
            reason="quy chế",
            instrument="09/2019/NĐ-CP",
        )
    assert not ParameterOverride.objects.exists()


def test_the_steward_of_the_ministry_changes_the_calendar(cast: Cast) -> None:
    change_day(actor=cast.em.actor, day=WEDNESDAY, works=False, name=both("bão"), reason="bão số 1")
    assert CalendarOverride.objects.get().day == WEDNESDAY


def test_who_may_not_change_the_calendar_is_not_offered_it(cast: Cast, sector: Sector, client: Client) -> None:
    steward = a_person("so", "Quản trị của Sở", sector.home_affairs_nghe_an, STEWARD)
    assert "/law/calendar/change/" not in sign_in(client, steward).get("/law/calendar/2026/").content.decode()
    assert "/law/calendar/change/" in sign_in(client, cast.em).get("/law/calendar/2026/").content.decode()
