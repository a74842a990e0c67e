"""Pages of one's own notices."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.notices.forms import PreferenceForm
from noivu.notices.queries import notices_for, preference_of
from noivu.notices.services import Wish, mark_seen, prefer
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.guards import signed_in, signed_in_actor
from noivu.ui.page import Crumb

NOTICES = Text(vi="Thông báo", en="Notices")
PREFERENCES = Text(vi="Cách nhận nhắc việc", en="How to be reminded")
_NO_SERVER = Text(
    vi="Bản cài này chưa cấu hình máy chủ thư, nên chỉ nhắc trong noivu.",
    en="This installation has no mail server, so reminders stand in noivu only.",
)
_NO_ADDRESS = Text(
    vi="Tài khoản chưa có địa chỉ thư, nên chỉ nhắc trong noivu; đề nghị quản trị hệ thống ghi địa chỉ.",
    en="The account has no address, so reminders stand in noivu only; ask the operator to enter one.",
)
_LONGEST = 18
"""A key of more digits is none: it does not go into a column of the database."""


@signed_in()
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What one was told, the latest first."""
    asked = request.GET.get("before", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) <= _LONGEST):
        raise Http404
    found = notices_for(signed_in_actor(request), int(asked) if asked else None)
    return render(request, "notices/notices.html", {"found": found, "crumbs": [Crumb(NOTICES)]})


@signed_in()
@require_POST
def read(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One is read; Tab goes on from there."""
    mark_seen(actor=signed_in_actor(request), notice_ids=[notice_id])
    return redirect(f"{reverse('notices:notices')}#notice-{notice_id}")


@signed_in()
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """All are read."""
    mark_seen(actor=signed_in_actor(request))
    return redirect("notices:notices")


@signed_in()
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """How one wants to be told."""
    actor = signed_in_actor(request)
    known = preference_of(actor)
    first = {"channel": known.channel, "hour": known.hour, "digest": known.digest}
    form = PreferenceForm(request.POST or None, initial=first)

    def act(actor: Actor) -> None:
        prefer(actor=actor, wish=Wish(**form.cleaned_data))

    page = FormPage(
        PREFERENCES,
        Text(vi="Đã lưu cách nhận nhắc việc.", en="How you are reminded is saved."),
        reverse("accounts:home"),
        [Crumb(NOTICES, reverse("notices:notices"))],
        effect=_effect(request),
        action=Text(vi="Lưu", en="Save"),
    )
    return form_page(request, form, act, page)


def _effect(request: HttpRequest) -> Text | None:
    if not settings.NOIVU_SENDS_EMAIL:
        return _NO_SERVER
    return None if getattr(request.user, "email", "") else _NO_ADDRESS
