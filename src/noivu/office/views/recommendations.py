"""Pages of recommendations (kiến nghị cử tri) and of the sessions they belong to."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.matters.api import rules_offered
from noivu.office.forms import obligations as forms
from noivu.office.obligation_tables import RECOMMENDATIONS
from noivu.office.queries.entering import first_words, words_of
from noivu.office.views.registers import register_context, register_workbook
from noivu.office.views.writing import correction_page, crumbs_of, form_page, found_or_404, officer_of, paper_page
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.work.api import (
    Correction,
    RecommendationEntry,
    SessionEntry,
    correct_session,
    first_owner,
    obligation_address,
    open_session,
    record_recommendation,
    register_address,
    session_choices,
    session_to_set,
    sessions_with_counts,
    whole_of,
)
from noivu.work.constants import Kind

_KIND = Kind.RECOMMENDATION
COUNTED = Text(vi="Kiến nghị nhận", en="Recommendations received")
NEW = (
    Text(vi="Ghi kiến nghị", en="Record a recommendation"),
    Text(vi="Đã ghi kiến nghị.", en="Recommendation recorded."),
)
SESSIONS = Text(vi="Kỳ họp", en="Sessions")
SESSION = (Text(vi="Ghi kỳ họp", en="Record a session"), Text(vi="Đã ghi kỳ họp.", en="Session recorded."))
_DESCRIBED = ("code", "title", "origin", "assigned_to", "field", "note", "urgency", "priority", "secrecy")
_OF_SESSION = ("code", "name", "starts_on", "ends_on", "reported_from", "reported_to")


@require_GET
@guarded("work.view")
def recommendations(request: HttpRequest) -> HttpResponse:
    """The register of a period."""
    context = register_context(request, RECOMMENDATIONS, _KIND, COUNTED)
    return render(request, "office/recommendations/register.html", context)


@require_GET
@guarded("work.view")
def recommendations_export(request: HttpRequest) -> FileResponse:
    """The same rows as a workbook."""
    return register_workbook(request, RECOMMENDATIONS, _KIND, "kien-nghi")


@require_GET
@guarded("work.view")
def recommendation(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """One recommendation."""
    return paper_page(request, _KIND, obligation_id, "office/recommendations/recommendation.html", "work.edit")


@require_GET
@guarded("work.view")
def recommendation_opened(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """One recommendation, opened in its row."""
    return paper_page(request, _KIND, obligation_id, "office/recommendations/opened.html")


@require_http_methods(["GET", "POST"])
@guarded("work.edit")
def recommendation_new(request: HttpRequest) -> HttpResponse:
    """A recommendation is recorded."""
    actor = signed_in_actor(request)

    def write(form: Any) -> str:
        entry = replace(_entry(form, actor), **officer_of(actor, form.cleaned_data["unit"].pk, form))
        return obligation_address(_KIND, record_recommendation(actor=actor, entry=entry).pk, None)

    first = first_words(actor, _KIND)
    form = forms.RecommendationForm(request.POST or None, initial=first, sessions=session_choices(actor))
    form.offer_rules(partial(rules_offered, actor, _KIND))
    return form_page(request, form, write, NEW, cancel_href=register_address(_KIND), crumbs=crumbs_of(_KIND))


@require_http_methods(["GET", "POST"])
@guarded("work.edit")
def recommendation_correct(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """What was entered about a recommendation is put right."""
    found = found_or_404(request, _KIND, obligation_id, "work.edit")
    words, sessions = words_of(found), session_choices(signed_in_actor(request), found.session)
    form = forms.RecommendationCorrectionForm(request.POST or None, initial=words, sessions=sessions)
    form.offer_rules(partial(rules_offered, signed_in_actor(request), _KIND))
    return correction_page(request, found, form, lambda form: _correction(form, signed_in_actor(request)))


@require_GET
@guarded("work.view")
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions to which recommendations belong."""
    actor = signed_in_actor(request)
    may_assign = access.may(actor, "work.assign")
    context = {"sessions": sessions_with_counts(actor), "may_assign": may_assign, "crumbs": crumbs_of(_KIND)}
    return render(request, "office/recommendations/sessions.html", context)


@require_http_methods(["GET", "POST"])
@guarded("work.assign")
def session_edit(request: HttpRequest, session_id: int | None = None) -> HttpResponse:
    """A session is recorded, or its dates are set."""
    actor = signed_in_actor(request)
    known = session_to_set(actor, session_id) if session_id is not None else None
    if session_id is not None and known is None:
        raise Http404
    there = reverse("office:sessions")

    def write(form: Any) -> str:
        given = dict(form.cleaned_data)
        unit = given.pop("unit", None)
        entry = SessionEntry(**given, unit_id=unit.pk if unit else None)
        if known is None:
            open_session(actor=actor, entry=entry)
        else:
            correct_session(actor=actor, session=known, entry=entry)
        return there

    form = forms.SessionForm(request.POST or None, initial={"unit": first_owner(actor)})
    if known is not None:
        stands = {name: getattr(known, name) for name in _OF_SESSION}
        form = forms.SessionCorrectionForm(request.POST or None, initial=stands)
        form.fields["code"].disabled = True
    crumbs = [*crumbs_of(_KIND), Crumb(SESSIONS, there)]
    return form_page(request, form, write, SESSION, cancel_href=there, crumbs=crumbs)


def _placed(form: Any, actor: Actor) -> dict[str, Any]:
    """Which unit assigned it and of which task it is a part, where the form asks it."""
    given, said = form.cleaned_data, dict[str, Any]()
    if "assigner_unit" in form.fields:
        said["assigner_unit_id"] = given["assigner_unit"].pk if given["assigner_unit"] else None
    return {**said, **({"parent_id": whole_of(actor, given["parent"])} if "parent" in form.fields else {})}


def _entry(form: Any, actor: Actor) -> RecommendationEntry:
    given = form.cleaned_data
    return RecommendationEntry(
        unit_id=given["unit"].pk,
        assigned_unit_id=given["unit"].pk,
        content=given["title"],
        received_on=given["arises_on"],
        session_id=int(given["session"] or 0) or None,
        due=form.due,
        **_placed(form, actor),
        **{name: given[name] for name in _DESCRIBED if name != "title"},
    )


def _correction(form: Any, actor: Actor) -> Correction:
    given = form.cleaned_data
    changes = {name: given[name] for name in _DESCRIBED} | {"session_id": int(given["session"] or 0) or None}
    return Correction(given["arises_on"], form.due, changes | _placed(form, actor))
