"""What every form page of the room does: show, act, say what was done; a refusal stands beside its field."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.law.following import following, foresee, key_of
from noivu.law.forms import FollowedForm
from noivu.law.services.asked import AT_ONCE, Change, ask
from noivu.ui import form_pages
from noivu.ui.form_pages import SAVE, FormPage
from noivu.ui.forms import Form
from noivu.ui.guards import signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.progress import shown_to

CALENDAR = Text(vi="Lịch làm việc", en="Working calendar")
PARAMETERS = Text(vi="Tham số pháp luật", en="Legal parameters")
INSTRUMENTS = Text(vi="Văn bản làm căn cứ", en="Instruments")
DEADLINE = Text(vi="Tính thời hạn", en="Deadline")


LEGAL_BASIS = Crumb(Text(vi="Căn cứ pháp luật", en="Legal basis"))


def crumb(label: Text, name: str, *arguments: Any) -> Crumb:
    return Crumb(label, reverse(name, args=arguments))


def form_page(
    request: HttpRequest,
    form: Form,
    act: Callable[[Any], Any],
    *,
    heading: Text,
    done: Text,
    back: Crumb,
) -> HttpResponse:
    """The page of a form of the room: `act` gets what was typed, and it ends where it came from."""

    def write(actor: Actor) -> None:
        act(form.cleaned_data)

    page = FormPage(heading, done, back.href, [LEGAL_BASIS, back], action=SAVE)
    return form_pages.form_page(request, form, write, page)


def followed_page(
    request: HttpRequest,
    form: FollowedForm,
    change_of: Callable[[Any], Change],
    *,
    heading: Text,
    done: Text,
    back: Crumb,
) -> HttpResponse:
    """The same, where due dates follow: what would move is said before it is saved, and shown afterwards.

    Where something else would follow by then, nothing is saved and that is said. The page shows how far it is; where
    very much follows, that is a page of its own, and the change is carried out beside it.
    """

    def write(actor: Actor) -> str | None:
        change = change_of(form.cleaned_data)
        if not form.shown and (foreseen := foresee(lambda: change.carry_out(actor))):
            form.show(foreseen)
            return None
        with transaction.atomic():
            followed = following(lambda: change.carry_out(actor))
            if followed and key_of(followed) != form.shown:
                transaction.set_rollback(True)
                form.show(followed)
        return followed[0].address if followed else None

    page = FormPage(heading, done, back.href, [LEGAL_BASIS, back], action=SAVE)
    if request.method == "POST" and form.is_valid() and form.watched and form.shown and form.how_many > AT_ONCE:
        asked = ask(signed_in_actor(request), change_of(form.cleaned_data), form.shown, form.watched)
        return redirect(asked.address)
    with shown_to(request):
        return form_pages.form_page(request, form, write, page)
