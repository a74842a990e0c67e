"""Forms of opinions: asked, given, taken up, taken back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.wording import Text, both
from noivu.matters.api import legal_text_for
from noivu.matters.constants import LEGAL_TEXT
from noivu.opinions.forms import AnswerForm, AskForm, TakeBackForm, TakeUpForm
from noivu.opinions.models import OpinionRequest
from noivu.opinions.queries import opinions_on, request_for, title_for, to_ask
from noivu.opinions.services import answer_opinion, ask_opinions, take_back, take_up
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.work.api import Obligation, obligation_address

_BOARD = Text(vi="Chương trình", en="Programme")
_SAVED = Text(vi="Đã ghi.", en="Recorded.")
_MINE = Text(vi="Việc của tôi", en="My work")


@require_GET
@guarded("work.view")
def of_text(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """The opinions on a text, for its page; a page of its own where no script fetches it."""
    actor = signed_in_actor(request)
    text = legal_text_for(actor, obligation_id, "work.view")
    context = {
        "text": text,
        "opinions": opinions_on(text, clock.today(), actor),
        "may_ask": access.may(actor, "work.do", text),
        "crumbs": [Crumb(_BOARD, reverse("matters:programme")), Crumb(both(text.code), _address(text))],
    }
    part = "opinions/listed.html" if request.headers.get("HX-Request") else "opinions/page.html"
    return render(request, part, context)


@require_http_methods(["GET", "POST"])
@guarded("work.do")
def ask(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """Agencies are asked about a text; those who must be stand in the form."""
    text = legal_text_for(signed_in_actor(request), obligation_id, "work.do")
    today = clock.today()
    proposed = to_ask(text, today)
    first = {"sent_on": today, "agencies": "\n".join(proposed.agencies), "round": proposed.round}
    form = AskForm(request.POST or None, initial=first)
    form.offer_rules(today)

    def act(actor: Actor) -> None:
        ask_opinions(actor=actor, obligation=text, asking=form.asking)

    return form_page(request, form, act, _page(Text(vi="Lấy ý kiến", en="Ask for opinions"), text))


@require_http_methods(["GET", "POST"])
@guarded("work.do")
def answer(request: HttpRequest, request_id: int) -> HttpResponse:
    """What an agency said: entered by who works on the text, or by the unit that was asked."""
    actor = signed_in_actor(request)
    found = request_for(actor, request_id, working=False)
    form = AnswerForm(request.POST or None, initial={"on": clock.today()})
    sees = access.may(actor, "work.view", found.obligation)

    def act(actor: Actor) -> None:
        answer_opinion(actor=actor, request=found, answered=form.answered)

    heading = Text(vi="Ghi ý kiến", en="Record an opinion")
    return form_page(
        request, form, act, _page(heading, found.obligation, found, sees=sees, named=title_for(actor, found.obligation))
    )


@require_http_methods(["GET", "POST"])
@guarded("work.do")
def taking_up(request: HttpRequest, request_id: int) -> HttpResponse:
    """What becomes of an opinion."""
    found = request_for(signed_in_actor(request), request_id, working=True)
    form = TakeUpForm(request.POST or None, initial={"uptake": found.uptake, "words": found.uptake_words})

    def act(actor: Actor) -> None:
        take_up(actor=actor, request=found, uptake=form.chosen, words=form.cleaned_data["words"])

    return form_page(request, form, act, _page(Text(vi="Tiếp thu, giải trình", en="Take up"), found.obligation, found))


@require_http_methods(["GET", "POST"])
@guarded("work.do")
def taking_back(request: HttpRequest, request_id: int) -> HttpResponse:
    """The opinion, or the request, was recorded by mistake."""
    found = request_for(signed_in_actor(request), request_id, working=True)
    form = TakeBackForm(request.POST or None)

    def act(actor: Actor) -> None:
        take_back(actor=actor, request=found, reason=form.cleaned_data["reason"])

    of_opinion = Text(vi="Thu hồi ý kiến ghi nhầm", en="Take back a mistaken opinion")
    of_request = Text(vi="Thu hồi yêu cầu ghi nhầm", en="Take back a mistaken request")
    heading = of_opinion if found.answer else of_request
    return form_page(request, form, act, _page(heading, found.obligation, found))


def _page(
    heading: Text, text: Obligation, found: OpinionRequest | None = None, *, sees: bool = True, named: str = ""
) -> FormPage:
    """Ends at the page of the text; for a unit that was asked and does not see that page, at its own day."""
    back = _address(text) if sees else "/my/"
    crumb = Crumb(_BOARD, reverse("matters:programme")) if sees else Crumb(_MINE, back)
    subject = [named or f"{text.code} · {text.title}", *([found.agency] if found else [])]
    return FormPage(heading, _SAVED, back, [crumb], subject=" · ".join(subject))


def _address(text: Obligation) -> str:
    return obligation_address(LEGAL_TEXT, text.pk, None)
