"""Pages of the kinds above the ledger: a register and a page for each, at the cost of its declaration in `matters`."""

from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_http_methods

from noivu.core.wording import Text
from noivu.matters.api import FAMILIES, Family, rules_offered
from noivu.office.forms.matters import MatterCorrectionForm, MatterForm
from noivu.office.matter_tables import register_of
from noivu.office.queries.entering import first_words, words_of
from noivu.office.queries.one import ObligationPaper
from noivu.office.views.registers import register_context, register_workbook
from noivu.office.views.tasks import helping_of
from noivu.office.views.writing import correction_page, crumbs_of, form_page, found_or_404, officer_of, paper_page
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.panels import panels_of
from noivu.work.api import (
    Correction,
    TaskEntry,
    create_task,
    obligation_address,
    register_address,
    whole_of,
)

_BY_PLACE = {register_address(family.kind).strip("/"): family for family in FAMILIES}


def _family(place: str) -> Family:
    if place not in _BY_PLACE:
        raise Http404
    return _BY_PLACE[place]


@require_GET
@guarded("work.view")
def register(request: HttpRequest, place: str) -> HttpResponse:
    """The register of a period."""
    family = _family(place)
    context = register_context(request, register_of(family), family.kind, family.arises)
    return render(request, "office/matters/register.html", {**context, "family": family})


@require_GET
@guarded("work.view")
def export(request: HttpRequest, place: str) -> FileResponse:
    """The same rows as a workbook."""
    family = _family(place)
    return register_workbook(request, register_of(family), family.kind, place)


@require_GET
@guarded("work.view")
def one(request: HttpRequest, place: str, obligation_id: int) -> HttpResponse:
    """One of a kind, with what its room adds."""
    return _page(request, place, obligation_id, "office/matters/one.html", "work.assign")


@require_GET
@guarded("work.view")
def opened(request: HttpRequest, place: str, obligation_id: int) -> HttpResponse:
    """One of a kind, opened in its row."""
    return _page(request, place, obligation_id, "office/matters/opened.html")


@require_http_methods(["GET", "POST"])
@guarded("work.assign")
def new(request: HttpRequest, place: str) -> HttpResponse:
    """One of a kind is entered."""
    family, actor = _family(place), signed_in_actor(request)

    def enter(form: Any) -> str:
        given = form.cleaned_data
        entry = TaskEntry(
            kind=family.kind,
            assigned_on=given["arises_on"],
            lead_unit_id=given["lead"].pk,
            due=form.due,
            parent_id=whole_of(actor, given["parent"]),
            **helping_of(given),
            **{**_described(form), **officer_of(actor, given["lead"].pk, form)},
        )
        return obligation_address(family.kind, create_task(actor=actor, entry=entry).pk, None)

    form = MatterForm(request.POST or None, initial=first_words(actor, family.kind), family=family)
    form.offer_rules(partial(rules_offered, actor, family.kind))
    entering = Text(vi="Ghi {kind}", en="Enter: {kind}").format(kind=_lower(family.label))
    words = (entering, Text(vi="Đã ghi.", en="Entered."))
    return form_page(
        request, form, enter, words, cancel_href=register_address(family.kind), crumbs=crumbs_of(family.kind)
    )


@require_http_methods(["GET", "POST"])
@guarded("work.assign")
def correct(request: HttpRequest, place: str, obligation_id: int) -> HttpResponse:
    """What was entered about one of a kind is put right."""
    family = _family(place)
    found = found_or_404(request, family.kind, obligation_id, "work.assign")
    form = MatterCorrectionForm(request.POST or None, initial=words_of(found), family=family)
    form.offer_rules(partial(rules_offered, signed_in_actor(request), family.kind))

    def correction(form: Any) -> Correction:
        return Correction(form.cleaned_data["arises_on"], form.due, _described(form), **helping_of(form.cleaned_data))

    return correction_page(request, found, form, correction)


_DESCRIBED = (
    "code", "title", "assigner", "source_symbol", "type", "authority", "assigned_to", "product", "measure",
    "confirmation_required", "field", "note", "urgency", "priority", "secrecy",
)  # fmt: skip


def _described(form: Any) -> dict[str, Any]:
    """What is said of it, of the fields that its kind has."""
    return {name: form.cleaned_data[name] for name in _DESCRIBED if name in form.fields}


def _lower(text: Text) -> Text:
    return Text(vi=text.vi[:1].lower() + text.vi[1:], en=text.en[:1].lower() + text.en[1:])


def _page(request: HttpRequest, place: str, obligation_id: int, template: str, verb: str = "") -> HttpResponse:
    family = _family(place)

    def added(paper: ObligationPaper) -> dict[str, Any]:
        return {
            "family": family,
            "own": [(own.label, getattr(paper.obligation, own.name)) for own in family.own],
            "panels": panels_of("office.matter", request, paper.obligation),
        }

    return paper_page(request, family.kind, obligation_id, template, verb if family.prefix else "", more=added)


def routes() -> list[URLPattern]:
    """The addresses of each kind: its register, the export, one of it on its page and opened in its row."""
    found = []
    for place, family in _BY_PLACE.items():
        known = {"place": place}
        found += [
            path(f"{place}/", register, known, name=family.name),
            path(f"{place}/export/", export, known, name=f"{family.name}-export"),
            path(f"{place}/<int:obligation_id>/", one, known, name=f"{family.name}-one"),
            path(f"{place}/<int:obligation_id>/opened/", opened, known, name=f"{family.name}-opened"),
        ]
        if family.prefix:
            found += [
                path(f"{place}/new/", new, known, name=f"{family.name}-new"),
                path(f"{place}/<int:obligation_id>/correct/", correct, known, name=f"{family.name}-correct"),
            ]
    return found
