"""Who may open a page. Every view carries exactly one guard; a test refuses a URL whose view has none."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class Guard:
    """What a view asks of its reader: `kind` is verb, signed_in or public; `says` the verb's code or the reason."""

    kind: str
    says: str = ""


def actor_of(request: HttpRequest) -> Actor | None:
    """Who reads, or None: nobody is signed in."""
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Actor) else None


def signed_in_actor(request: HttpRequest) -> Actor:
    """Who reads a guarded page; a page that forgot its guard answers as if it did not exist."""
    actor = actor_of(request)
    if actor is None:
        raise Http404
    return actor


def guarded(verb: str) -> Callable[[View], View]:
    """Open to whoever may do `verb` somewhere; others get what a wrong address gets, the anonymous the sign-in page.

    Who sends a form that was open before, and is not any more, is told so without a word of what it is about.
    """
    return _guard(Guard("verb", verb), lambda actor: access.may(actor, verb))


def signed_in() -> Callable[[View], View]:
    """Open to every person who is signed in."""
    return _guard(Guard("signed_in"), lambda actor: True)


def public(reason: str) -> Callable[[View], View]:
    """Open to all; the reason is shown by the test that lists public pages."""

    def mark(view: View) -> View:
        view.guard = Guard("public", reason)  # type: ignore[attr-defined]  # functions take attributes
        return view

    return mark


def require_or_404(request: HttpRequest, verb: str, thing: Any) -> Actor:
    """The actor, when the thing is within reach of this verb; else the answer does not tell that it exists."""
    actor = signed_in_actor(request)
    if not access.may(actor, verb, thing):
        raise Http404
    return actor


def guard_of(view: Callable[..., Any]) -> Guard | None:
    """The guard of a view, also through decorators around it."""
    found = getattr(view, "guard", None)
    return found if isinstance(found, Guard) else None


def _guard(guard: Guard, may_open: Callable[[Actor], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            if actor is None:
                return _to_sign_in(request)
            if not may_open(actor):
                raise _closed(request) or Http404
            try:
                return view(request, *args, **kwargs)
            except Http404 as missing:
                raise (_closed(request) or missing) from None

        guarded_view.guard = guard  # type: ignore[attr-defined]  # functions take attributes
        return guarded_view  # type: ignore[return-value]  # the same signature as the view it wraps

    return decorate


def _closed(request: HttpRequest) -> Refusal | None:
    """What one is told who sends a form that a page of ours drew, and may not any more: the same words whether the
    thing is out of reach, gone, or was never there. None: no such form was sent."""
    if request.method != "POST" or "csrfmiddlewaretoken" not in request.POST:
        return None
    return Refusal(
        what=Text(
            vi="Chưa lưu: mục này không còn mở cho tài khoản đang dùng.",
            en="Nothing was saved: this is not open to your account any more.",
        ),
        why=Text(
            vi="Trong khi đang soạn, quyền của tài khoản đã đổi, hoặc mục đã được gỡ hay chuyển đi.",
            en="While the form was open, what your account may do changed, or the thing was removed or went elsewhere.",
        ),
        do=Text(
            vi="Quay lại trang trước trong trình duyệt để chép nội dung đã nhập; nếu vẫn cần làm, hỏi lãnh đạo hoặc"
            " quản trị hệ thống của đơn vị.",
            en="Go back in the browser to copy what was typed; ask the head or the operator of the unit if it is still"
            " yours to do.",
        ),
        code="forbidden",
    )


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page, and back afterwards. A part of a page loaded by htmx sends the whole page there."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    wanted = request.get_full_path() if request.method == "GET" else "/"
    return redirect_to_login(wanted)
