"""Passwords, sessions and second factors of a user."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from noivu.accounts.giving import require_gives_all_of
from noivu.accounts.models import User
from noivu.accounts.passwords import check_password
from noivu.accounts.policies import EDIT
from noivu.audit.api import record
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text


@transaction.atomic
def give_password(*, actor: Actor, user: User, password: str, must_change: bool = True, reason: str = "") -> None:
    """Give a user who cannot sign in a new password (cấp mật khẩu); every session ends.

    Unless said otherwise it is for one use: the next sign-in asks for another. It is never logged.
    """
    access.require(actor, EDIT, user)
    require_gives_all_of(actor, user)
    check_password(password, user)
    user = User.objects.select_for_update().get(pk=user.pk)
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
    record(actor=actor, action="account.give_password", thing=user, reason=reason)


@transaction.atomic
def change_password(*, actor: Actor, user: User, password: str) -> None:
    """Set the password that a user chose (đổi mật khẩu); sessions elsewhere end."""
    check_password(password, user)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(actor=actor, action="account.change_password", thing=user)


@transaction.atomic
def sign_out_everywhere(*, actor: Actor, user: User) -> None:
    """End every session of a user (đăng xuất mọi phiên) at once."""
    user.sessions_generation += 1
    user.save(update_fields=["sessions_generation"])
    record(actor=actor, action="account.sign_out_everywhere", thing=user)


@transaction.atomic
def remove_second_factors(*, actor: Actor, user: User, reason: str) -> None:
    """Remove all second factors of a user who lost them (gỡ bước xác thực thứ hai), and end every session."""
    access.require(actor, EDIT, user)
    require_gives_all_of(actor, user)
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise Refusal(
            what=Text(vi="Người dùng này không có bước xác thực thứ hai.", en="This user has no second factor."),
            code="accounts.no_second_factor",
        )
    user.sessions_generation += 1
    user.save(update_fields=["sessions_generation"])
    record(actor=actor, action="account.remove_factor", thing=user, reason=reason)
