"""The page of one form: show, act, say what was done; a refusal stands beside its field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.ui.forms import Form
from noivu.ui.guards import signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast

SAVE = Text(vi="Lưu", en="Save")


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form page in words: what it is called, what is said afterwards, where it ends (`back`), what the act brings
    with it (`effect`), what it acts on (`subject`), and what its button says, where not the heading (`action`).
    `template` draws it, where a room draws more than the form."""

    heading: Text
    done: Text
    back: str
    crumbs: Sequence[Crumb]
    effect: Text | None = None
    subject: str = ""
    action: Text | None = None
    template: str = "ui/form_page.html"


def form_page(request: HttpRequest, form: Form, act: Callable[[Actor], str | None], page: FormPage) -> HttpResponse:
    """Show the form; when it is sent and valid, act, and go where the act says, else back."""
    if request.method == "POST" and form.is_valid():
        try:
            there = act(signed_in_actor(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if not form.errors:
                toast(request, page.done)
                return redirect(there or page.back)
    context = {
        "form": form,
        "heading": page.heading,
        "effect": page.effect,
        "subject": page.subject,
        "action": page.action or page.heading,
        "cancel_href": page.back,
        "crumbs": [*page.crumbs, Crumb(page.heading)],
    }
    return render(request, page.template, context, status=422 if form.errors else 200)
