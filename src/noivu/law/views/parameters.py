"""Legal parameters: their values on a day, where each comes from, and the values entered here."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from noivu.core import access, clock
from noivu.core.dates import format_day, parse_date
from noivu.core.wording import Text
from noivu.law import forms
from noivu.law.parameters import definition_of
from noivu.law.policies import EDIT_PARAMETERS, VIEW
from noivu.law.queries import parameter_page, parameter_rows
from noivu.law.services.asked import Change
from noivu.law.views.acting import LEGAL_BASIS, PARAMETERS, crumb, followed_page
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import AsOf, Crumb


@guarded(VIEW)
def parameters(request: HttpRequest) -> HttpResponse:
    """All parameters with their value on a day."""
    on = _day(request)
    context = {"rows": parameter_rows(on), "on": on, "as_of": AsOf(day=on), "crumbs": [LEGAL_BASIS]}
    return render(request, "law/parameters.html", context)


@guarded(VIEW)
def parameter(request: HttpRequest, code: str) -> HttpResponse:
    """One parameter through time."""
    on = _day(request)
    context = {
        "page": parameter_page(code, on),
        "on": on,
        "as_of": AsOf(day=on),
        "crumbs": [LEGAL_BASIS, crumb(PARAMETERS, "law:parameters")],
        "may_edit": access.may_for_all(signed_in_actor(request), EDIT_PARAMETERS),
    }
    return render(request, "law/parameter.html", context)


@guarded(EDIT_PARAMETERS)
def set_value(request: HttpRequest, code: str) -> HttpResponse:
    form = forms.ValueForm(request.POST or None)
    label = definition_of(code).label
    return followed_page(
        request,
        form,
        lambda typed: Change("override_parameter", {**typed, "code": code, "value": form.typed_value(code)}),
        heading=Text(vi=f"Giá trị riêng: {label.vi}", en=f"Own value: {label.en}"),
        done=Text(vi="Đã nhập giá trị riêng.", en="The own value was entered."),
        back=_of(code),
    )


@guarded(EDIT_PARAMETERS)
def take_back_value(request: HttpRequest, code: str, starts_on: date) -> HttpResponse:
    day = format_day(starts_on)
    return followed_page(
        request,
        forms.TakeBackForm(request.POST or None),
        lambda typed: Change("take_back_value", {"code": code, "starts_on": starts_on, "reason": typed["reason"]}),
        heading=Text(vi=f"Bỏ giá trị riêng từ {day}?", en=f"Take back the own value from {day}?"),
        done=Text(vi="Đã bỏ giá trị riêng.", en="The own value was taken back."),
        back=_of(code),
    )


def _of(code: str) -> Crumb:
    return crumb(definition_of(code).label, "law:parameter", code)


def _day(request: HttpRequest) -> date:
    asked = request.GET.get("on", "")
    return parse_date(asked) if asked else clock.today()
