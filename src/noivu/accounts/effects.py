"""What the sign-in library does goes into our log too: second factors that their owner adds, renews
and removes. What follows for accounts when a unit ends."""

from typing import Any

from allauth.account.signals import user_logged_in as user_signed_in
from allauth.mfa import signals
from django.db import transaction
from django.http import HttpRequest

from noivu.accounts.authentication import actor_of
from noivu.accounts.models import User
from noivu.accounts.reaching import standing
from noivu.accounts.reorganising import GRANTS, USERS
from noivu.audit.api import record
from noivu.core import clock
from noivu.core.wording import Text
from noivu.ui.toasts import toast
from noivu.units.api import declare_effects

_WAITING = Text(vi="{n} vai trò chờ quyết định.", en="{n} role waits for a decision.||{n} roles wait for a decision.")

declare_effects(GRANTS, USERS)


def connect() -> None:
    """Called once, when the product starts."""
    signals.authenticator_added.connect(log_an_added_factor)
    signals.authenticator_reset.connect(log_a_renewed_factor)
    signals.authenticator_removed.connect(log_a_removed_factor)
    user_signed_in.connect(tell_what_waits)


def tell_what_waits(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Whoever signs in learns that a role waits for a decision."""
    number = sum(1 for _, over in standing(user.held_grants, clock.today()) if over is None)
    if number:
        toast(request, _WAITING.format(n=number))


def log_an_added_factor(*, user: User, authenticator: Any, **_: Any) -> None:
    _log("account.add_factor", user, authenticator)


def log_a_renewed_factor(*, user: User, authenticator: Any, **_: Any) -> None:
    _log("account.renew_factor", user, authenticator)


def log_a_removed_factor(*, user: User, authenticator: Any, **_: Any) -> None:
    _log("account.remove_factor", user, authenticator)


def _log(action: str, user: User, authenticator: Any) -> None:
    with transaction.atomic():
        record(actor=actor_of(user), action=action, thing=user, after={"kind": str(authenticator.type)})
