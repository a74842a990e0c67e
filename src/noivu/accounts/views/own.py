"""Sign-in, and one's own account."""

from typing import Any

from allauth.account.views import LoginView, password_reset
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from noivu.accounts import demo, queries, services
from noivu.accounts.models import User
from noivu.accounts.waiting import own_waiting
from noivu.core.wording import Text
from noivu.ui.guards import public, signed_in, signed_in_actor
from noivu.ui.panels import panels_of
from noivu.ui.toasts import toast


class SignInView(LoginView):
    """The library's sign-in, told what our page shows beside the fields."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**context)
        told["passkeys_possible"] = self._passkeys_possible()
        told["demo_people"] = demo.people() if settings.NOIVU_SAMPLE else []
        told["demo_password"] = demo.PASSWORD if settings.NOIVU_SAMPLE else ""
        return told

    def _passkeys_possible(self) -> bool:
        """Browsers make passkeys for https, and for localhost by its name; nowhere else."""
        is_local = self.request.get_host().partition(":")[0] == "localhost"
        return bool(self.request.is_secure() or is_local)


sign_in = SignInView.as_view()


@public("whoever forgot the password is not signed in")
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """A link by e-mail where the installation sends e-mail; else the way to the operator."""
    if settings.NOIVU_SENDS_EMAIL:
        answer: HttpResponseBase = password_reset(request)
        return answer
    return render(request, "account/password_reset.html")


@signed_in()
def home(request: HttpRequest) -> HttpResponse:
    """One's own account: who one is here, which roles hold, and the keys to it."""
    user = _oneself(request)
    context = {
        "person": user,
        "grants": queries.grant_lines(user),
        "waiting": own_waiting(signed_in_actor(request)),
        "panels": panels_of("accounts.own", request, user),
    }
    return render(request, "accounts/home.html", context)


@signed_in()
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all other sessions; the present one goes on."""
    user = _oneself(request)
    services.sign_out_everywhere(actor=signed_in_actor(request), user=user)
    update_session_auth_hash(request, user)
    toast(request, Text(vi="Đã đăng xuất các phiên khác.", en="Other sessions are signed out."))
    return redirect("accounts:home")


def _oneself(request: HttpRequest) -> User:
    """The guard has let a signed-in person in: then the request's user is one of ours."""
    assert isinstance(request.user, User)
    return request.user
