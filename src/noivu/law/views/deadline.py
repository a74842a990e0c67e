"""A due date asked for by hand, with each day explained."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from noivu.core.refusals import Refusal
from noivu.law.deadlines import deadline as deadline_of
from noivu.law.forms import DeadlineForm
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
