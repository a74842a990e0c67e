"""What the pages of tasks and of recommendations share: reading one, entering one, putting one right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.office.acts import acts_for
from noivu.office.forms.officers import OfficerField
from noivu.office.queries.entering import obligation_to_correct
from noivu.office.queries.officers import as_it_stands, code_of, named
from noivu.office.queries.one import ObligationPaper, obligation_paper
from noivu.ui import form_pages
from noivu.ui.form_pages import FormPage
from noivu.ui.forms import Form
from noivu.ui.guards import signed_in_actor
from noivu.ui.page import Crumb
from noivu.work.api import Assignee, Correction, Obligation, as_read, correct_obligation, kind_of, register_address


def crumbs_of(kind: str) -> list[Crumb]:
    return [Crumb(kind_of(kind).plural, register_address(kind))]


def paper_page(
    request: HttpRequest,
    kind: str,
    obligation_id: int,
    template: str,
    verb: str = "",
    *,
    more: Callable[[ObligationPaper], Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """One of a kind on its page, or (without a verb to correct it) opened in its row."""
    actor = signed_in_actor(request)
    paper = obligation_paper(actor, obligation_id, kind, with_history=bool(verb))
    if paper is None:
        raise Http404
    context = {
        "paper": paper,
        "acts": acts_for(actor, paper.obligation, paper.line.standing.state.status, paper.events),
        "may_correct": bool(verb) and access.may(actor, verb, paper.obligation),
        "crumbs": crumbs_of(kind),
        **(more(paper) if more else {}),
    }
    return render(request, template, context)


def found_or_404(request: HttpRequest, kind: str, obligation_id: int, verb: str) -> Obligation:
    """One that the reader may correct."""
    found = obligation_to_correct(signed_in_actor(request), obligation_id, kind, verb)
    if found is None:
        raise Http404
    return found


def correction_page(
    request: HttpRequest, found: Obligation, form: Form, correction: Callable[[Any], Correction]
) -> HttpResponse:
    """What was entered is put right, with the reason."""
    kind = found.kind
    code = code_of(found.assigned_unit_id or found.unit_id)
    cast(OfficerField, form.fields["assigned_to"]).unit = code
    here = f"{register_address(kind)}{found.pk}/"

    def correct(form: Any) -> str:
        actor, reason, corrected = signed_in_actor(request), form.cleaned_data["reason"], correction(form)
        said = officer_of(actor, found.assigned_unit_id or found.unit_id, form, as_it_stands(found))
        corrected = replace(corrected, changes={**corrected.changes, **said}, over=as_read(found))
        correct_obligation(actor=actor, obligation=found, correction=corrected, reason=reason)
        return here

    heading = Text(vi="Sửa {code}", en="Correct {code}").format(code=found.code)
    done = Text(vi="Đã sửa.", en="Corrected.")
    return form_page(request, form, correct, (heading, done), cancel_href=here, crumbs=crumbs_of(kind))


def officer_of(actor: Actor, unit_id: int, form: Form, stands: Assignee | None = None) -> dict[str, Any]:
    """Whom the field of the officer means: the name, and the account where one is meant."""
    to = named(actor, unit_id, form.cleaned_data["assigned_to"], "assigned_to", stands)
    return {"assigned_to": to.name, "assigned_officer": to.officer}


def form_page(
    request: HttpRequest,
    form: Form,
    act: Callable[[Any], str],
    words: tuple[Text, Text],
    *,
    cancel_href: str,
    crumbs: Sequence[Crumb],
) -> HttpResponse:
    """The page of a form. `act(form)` calls the service and answers where to go; `words`: the act, that it is done."""
    return form_pages.form_page(request, form, lambda actor: act(form), FormPage(*words, cancel_href, crumbs))
