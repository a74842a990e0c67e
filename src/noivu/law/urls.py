"""/law/: calendar, deadlines, parameters, instruments."""

from django.urls import path, register_converter

from noivu.law.converters import DayConverter
from noivu.law.views import asked, calendar, deadline, instruments, parameters

register_converter(DayConverter, "day")
app_name = "law"
urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/change/", calendar.change_day, name="change-day"),
    path("calendar/swap/", calendar.swap_days, name="swap-days"),
    path("calendar/<day:day>/take-back/", calendar.take_back_day, name="take-back-day"),
    path("calendar/<int:year>/", calendar.calendar, name="year"),
    path("calendar/<int:year>/confirm/", calendar.confirm_year, name="confirm-year"),
    path("calendar/<int:year>/take-back/", calendar.take_back_year, name="take-back-year"),
    path("changes/<int:asked_id>/", asked.asked, name="asked"),
    path("changes/<int:asked_id>/begin-anew/", asked.begin_anew, name="begin-anew"),
    path("deadline/", deadline.deadline, name="deadline"),
    path("deadline/counted/", deadline.counted, name="counted"),
    path("parameters/", parameters.parameters, name="parameters"),
    path("parameters/<str:code>/", parameters.parameter, name="parameter"),
    path("parameters/<str:code>/value/", parameters.set_value, name="set-value"),
    path("parameters/<str:code>/<day:starts_on>/take-back/", parameters.take_back_value, name="take-back-value"),
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/register/", instruments.register_instrument, name="register-instrument"),
]
