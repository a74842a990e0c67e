"""A due date asked for by hand, with each day explained."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from noivu.core.dates import parse_date
from noivu.core.refusals import Refusal
from noivu.law.deadlines import Deadline
from noivu.law.deadlines import deadline as deadline_of
from noivu.law.forms import DeadlineForm
from noivu.law.parameter_files import MOST_DAYS
from noivu.law.policies import VIEW
from noivu.law.views.acting import LEGAL_BASIS
from noivu.law.why_dates import why_date
from noivu.ui.guards import guarded


@guarded(VIEW)
def deadline(request: HttpRequest) -> HttpResponse:
    """The form stays on the page beside the answer, and its question in the address."""
    form = DeadlineForm(request.GET or None)
    why = None
    if form.is_bound and form.is_valid():
        try:
            why = why_date(deadline_of(form.cleaned_data["start"], **form.question()))
        except Refusal as refusal:
            form.refuse(refusal)
    return render(request, "law/deadline.html", {"form": form, "why": why, "crumbs": [LEGAL_BASIS]})


@guarded(VIEW)
def counted(request: HttpRequest) -> HttpResponse:
    """What a form tells below its rule: the due date and why, or what is wrong with what was typed."""
    why = refusal = None
    try:
        found = _counted(request.GET)
        why = why_date(found) if found else None
    except Refusal as refused:
        refusal = refused
    return render(request, "law/counted.html", {"why": why, "refusal": refusal})


def _counted(given: QueryDict) -> Deadline | None:
    """The date that a form asks for; None as long as it names no day, or no one way of counting."""
    day = given.get("counted_from") or given.get(given.get("first", ""))
    rule, days = given.get("rule", ""), given.get("working_days", "")
    if not day or bool(rule) == bool(days) or not (rule or (days.isdecimal() and 0 < int(days) <= MOST_DAYS)):
        return None
    return deadline_of(parse_date(day), rule=rule) if rule else deadline_of(parse_date(day), working_days=int(days))
