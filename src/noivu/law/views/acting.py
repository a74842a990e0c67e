"""What every form page of the room does: show, act, say what was done; a refusal stands beside its field."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.ui.forms import Form
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast

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
    """Show the form; when it is sent and valid, act and return to where it came from."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            toast(request, done)
            return redirect(back.href)
    context = {"form": form, "heading": heading, "crumbs": [LEGAL_BASIS, back], "cancel_href": back.href}
    return render(request, "law/form_page.html", context, status=422 if form.errors else 200)
