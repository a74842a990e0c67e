"""Published figures on screen: the list beside the computed ones, stating or correcting one, withdrawing one."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from noivu.core import access
from noivu.core.access import OfUnit
from noivu.core.actors import Actor
from noivu.core.periods import Period
from noivu.core.wording import Text
from noivu.figures.api import (
    DECLARED,
    STATE,
    VIEW,
    Place,
    Standpoint,
    Statement,
    standpoint,
    state_figure,
    withdraw_figure,
)
from noivu.reports.published.forms import PublishForm, WithdrawForm
from noivu.reports.published.queries import plain, published_of, standing_value, stated_for
from noivu.reports.published.values import read_value
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.units.api import tree

HEADING = Text(vi="Số liệu đã công bố", en="Published figures")


def _address(here: Standpoint) -> str:
    return f"{reverse('reports:published')}?{urlencode(here.address)}"


def _crumbs(here: Standpoint) -> list[Crumb]:
    return [Crumb(Text(here.unit.name, here.unit.name)), Crumb(HEADING, _address(here))]


@require_GET
@guarded(VIEW)
def published(request: HttpRequest) -> HttpResponse:
    """What was published of a unit in a period, beside what its registers give."""
    here = standpoint(request, VIEW)
    context = {
        "here": here,
        "as_of": here.as_of,
        "lines": published_of(here),
        "may_state": access.may(here.actor, STATE, OfUnit(here.unit.id)),
        "new_href": f"{reverse('reports:publish')}?{urlencode(here.address)}",
        "crumbs": [Crumb(Text(here.unit.name, here.unit.name)), Crumb(HEADING)],
    }
    return render(request, "reports/published.html", context)


@require_http_methods(["GET", "POST"])
@guarded(STATE)
def publish(request: HttpRequest) -> HttpResponse:
    """A published figure is stated, or the one stated before is corrected."""
    here = standpoint(request, STATE)
    code, kind = request.GET.get("indicator", ""), request.GET.get("kind", Statement.PUBLISHED.value)
    there = standing_value(here, code, kind) if code else None
    known = {"value": f"{plain(there.value):f}".replace(".", ","), "source": there.source} if there else {}
    form = PublishForm(request.POST or None, initial={"indicator": code, "kind": kind, **known})

    def act(actor: Actor) -> None:
        data = form.cleaned_data
        state_figure(
            actor=actor,
            place=Place(here.unit.id, data["indicator"], here.period, here.window),
            kind=Statement(data["kind"]),
            value=read_value(data["indicator"], data["value"]),
            source=data["source"],
        )

    heading, done = Text(vi="Ghi số đã công bố", en="State a published figure"), Text(vi="Đã ghi.", en="Stated.")
    subject = f"{here.unit.name}, {here.period.label}"
    return form_page(request, form, act, FormPage(heading, done, _address(here), _crumbs(here), subject=subject))


@require_http_methods(["GET", "POST"])
@guarded(STATE)
def withdraw(request: HttpRequest, stated_id: int) -> HttpResponse:
    """A stated figure is taken back; the log keeps it."""
    stated = stated_for(signed_in_actor(request), stated_id)
    form = WithdrawForm(request.POST or None)

    def act(actor: Actor) -> None:
        withdraw_figure(actor=actor, stated=stated, reason=form.cleaned_data["reason"])

    node = tree(Period.parse(stated.period).last_day()).node(stated.unit_id)
    address = {"unit": node.code} if node else {}
    back = f"{reverse('reports:published')}?{urlencode({**address, 'period': stated.period})}"
    heading = Text(vi="Rút số đã công bố", en="Withdraw a published figure")
    label = DECLARED.find(stated.indicator).label
    page = FormPage(
        heading, Text(vi="Đã rút.", en="Withdrawn."), back, [Crumb(HEADING, back)], subject=f"{label}: {stated.source}"
    )
    return form_page(request, form, act, page)
