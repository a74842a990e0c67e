"""The working calendar: a year at a glance, and its changes."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from noivu.core import access, clock
from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.law import forms, services
from noivu.law.policies import EDIT_CALENDAR, VIEW
from noivu.law.queries import WEEKDAY_HEADS, year_of_work
from noivu.law.services.asked import Change
from noivu.law.views.acting import CALENDAR, LEGAL_BASIS, crumb, followed_page, form_page
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import AsOf, Crumb
from noivu.ui.panels import panels_of


@guarded(VIEW)
def calendar(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """A year: its months, the days that depart from the week's rhythm, and what they rest on."""
    shown = year_of_work(year or clock.today().year)
    context = {
        "year": shown,
        "as_of": AsOf(notes=(shown.count, shown.basis)),
        "crumbs": [LEGAL_BASIS],
        "today": clock.today(),
        "weekdays": WEEKDAY_HEADS,
        "may_edit": access.may_for_all(signed_in_actor(request), EDIT_CALENDAR),
        "panels": panels_of("law.calendar", request, shown),
    }
    return render(request, "law/calendar.html", context)


@guarded(EDIT_CALENDAR)
def change_day(request: HttpRequest) -> HttpResponse:
    form = forms.DayForm(request.POST or None, initial={"day": request.GET.get("day", "")})
    return followed_page(
        request,
        form,
        lambda typed: Change(
            "change_day",
            {
                "day": typed["day"],
                "works": typed["works"] == forms.WORKED,
                "name": Text(vi=typed["name_vi"], en=typed["name_en"]),
                "instrument": typed["instrument"],
                "reason": typed["reason"],
            },
        ),
        heading=Text(vi="Đổi một ngày của lịch làm việc", en="Change a day of the working calendar"),
        done=Text(vi="Đã đổi lịch làm việc.", en="The calendar was changed."),
        back=crumb(CALENDAR, "law:calendar"),
    )


@guarded(EDIT_CALENDAR)
def swap_days(request: HttpRequest) -> HttpResponse:
    return followed_page(
        request,
        forms.SwapForm(request.POST or None),
        lambda typed: Change("swap_days", typed),
        heading=Text(vi="Hoán đổi ngày làm việc", en="Swap working days"),
        done=Text(vi="Đã hoán đổi hai ngày.", en="The two days were swapped."),
        back=crumb(CALENDAR, "law:calendar"),
    )


@guarded(EDIT_CALENDAR)
def take_back_day(request: HttpRequest, day: date) -> HttpResponse:
    return followed_page(
        request,
        forms.TakeBackForm(request.POST or None),
        lambda typed: Change("take_back_day", {"day": day, "reason": typed["reason"]}),
        heading=Text(vi=f"Bỏ thay đổi của ngày {format_day(day)}?", en=f"Take back the change of {format_day(day)}?"),
        done=Text(vi="Đã bỏ thay đổi.", en="The change was taken back."),
        back=_year(day.year),
    )


@guarded(EDIT_CALENDAR)
def confirm_year(request: HttpRequest, year: int) -> HttpResponse:
    return form_page(
        request,
        forms.YearForm(request.POST or None),
        lambda typed: services.confirm_year(actor=signed_in_actor(request), year=year, **typed),
        heading=Text(vi=f"Xác nhận lịch nghỉ năm {year}", en=f"Confirm the days off of {year}"),
        done=Text(vi=f"Đã xác nhận lịch nghỉ năm {year}.", en=f"The days off of {year} are confirmed."),
        back=_year(year),
    )


@guarded(EDIT_CALENDAR)
def take_back_year(request: HttpRequest, year: int) -> HttpResponse:
    return form_page(
        request,
        forms.TakeBackForm(request.POST or None),
        lambda typed: services.take_back_year(actor=signed_in_actor(request), year=year, reason=typed["reason"]),
        heading=Text(vi=f"Bỏ xác nhận lịch nghỉ năm {year}?", en=f"Take back the confirmation of {year}?"),
        done=Text(vi=f"Đã bỏ xác nhận năm {year}.", en=f"The confirmation of {year} was taken back."),
        back=_year(year),
    )


def _year(year: int) -> Crumb:
    return crumb(CALENDAR, "law:year", year)
