"""Forms of legal texts: onto the programme, and put right."""

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.matters.constants import LEGAL_TEXT
from noivu.matters.entering import LegalEntry, correct_legal_text, enter_legal_text
from noivu.matters.forms import CorrectTextForm, LegalTextForm
from noivu.matters.programme import legal_text_for
from noivu.matters.rules import first_due, rules_offered
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.work.api import Correction, Obligation, as_read, obligation_address

_BOARD = Text(vi="Chương trình", en="Programme")


def _page(heading: Text, done: Text, found: Obligation | None = None) -> FormPage:
    board = reverse("matters:programme")
    back = obligation_address(LEGAL_TEXT, found.pk, None) if found else board
    subject = f"{found.code} · {found.title}" if found else ""
    return FormPage(heading, done, back, [Crumb(_BOARD, board)], subject=subject)


@require_http_methods(["GET", "POST"])
@guarded("work.assign")
def new(request: HttpRequest) -> HttpResponse:
    """A text comes onto the programme."""
    unit = request.GET.get("unit") or signed_in_actor(request).unit_code
    form = LegalTextForm(request.POST or None, initial={"lead": unit, "registered_on": clock.today()})
    form.offer_rules(partial(rules_offered, signed_in_actor(request), LEGAL_TEXT), "registered_on")

    def act(actor: Actor) -> str:
        said = form.cleaned_data
        entry = LegalEntry(
            code=said["code"],
            title=said["title"],
            lead_unit_id=said["lead"].pk,
            registered_on=said["registered_on"],
            facts=form.facts,
            due=form.due,
            product=said["product"],
            measure=said["measure"],
            note=said["note"],
        )
        return obligation_address(LEGAL_TEXT, enter_legal_text(actor=actor, entry=entry).pk, None)

    heading = Text(vi="Đưa văn bản vào chương trình", en="Put a text on the programme")
    return form_page(request, form, act, _page(heading, Text(vi="Đã ghi.", en="Entered.")))


@require_http_methods(["GET", "POST"])
@guarded("work.assign")
def correct(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """What was entered about a text is put right."""
    found = legal_text_for(signed_in_actor(request), obligation_id, "work.assign")
    text = found.legal_text
    known = {name: getattr(text, name) for name in ("type", "authority", "submitted_to", "subject")}
    held = {name: getattr(found, name) for name in ("code", "title", "product", "measure", "note")}
    days = {"registered_on": found.arises_on, **first_due(found)}
    form = CorrectTextForm(request.POST or None, initial={**known, **held, **days})
    form.offer_rules(partial(rules_offered, signed_in_actor(request), LEGAL_TEXT), "registered_on")

    def act(actor: Actor) -> None:
        said = form.cleaned_data
        changes = {**{name: said[name] for name in held}, "assigner": said["authority"]}
        correct_legal_text(
            actor=actor,
            obligation=found,
            correction=Correction(said["registered_on"], form.due, changes, over=as_read(found)),
            facts=form.facts,
            reason=said["reason"],
        )

    heading = Text(vi="Sửa văn bản", en="Correct a text")
    return form_page(request, form, act, _page(heading, Text(vi="Đã sửa.", en="Corrected."), found))


def new_address(unit_code: str) -> str:
    return f"{reverse('matters:legal-text-new')}?{urlencode({'unit': unit_code})}"
