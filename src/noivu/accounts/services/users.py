"""Adding a user, and taking one out of service."""

import re

from django.db import transaction

from noivu.accounts.actors import actor_id
from noivu.accounts.constants import USERNAME_PATTERN
from noivu.accounts.giving import require_gives_all_of
from noivu.accounts.leaving import hand_over_all, open_of, require_decided
from noivu.accounts.models import User
from noivu.accounts.passwords import check_password
from noivu.accounts.policies import EDIT
from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.units.api import Unit


@transaction.atomic
def add_user(
    *,
    actor: Actor,
    username: str,
    full_name: str,
    home_unit: Unit,
    password: str,
    email: str = "",
    must_change_password: bool = True,
) -> User:
    """Add a user (thêm người dùng) who works in a unit; what the user may do is granted apart."""
    access.require(actor, EDIT, access.OfUnit(home_unit.pk))
    username, full_name = username.strip().lower(), " ".join(nfc(full_name).split())
    _check_username(username)
    if not full_name:
        raise Refusal(
            what=Text(vi="Thiếu họ và tên.", en="The full name is missing."),
            do=Text(vi="Nhập họ và tên đầy đủ.", en="Give the full name."),
            where="full_name",
            code="accounts.no_name",
        )
    _check_lengths(full_name, email)
    check_password(password, User(username=username, full_name=full_name, email=email))
    user: User = User.objects.create_user(
        username,
        password,
        full_name=full_name,
        home_unit=home_unit,
        email=email.strip().lower(),
        must_change_password=must_change_password,
    )
    record(
        actor=actor,
        action="account.add",
        thing=user,
        after={"username": username, "full_name": full_name, "home_unit": home_unit.pk, "email": user.email},
    )
    return user


@transaction.atomic
def deactivate(*, actor: Actor, user: User, reason: str, heir: User | None = None, leaves_open: bool = False) -> None:
    """Take a user out of service (ngừng người dùng): no sign-in, every session ends, running grants end today.

    What is open under the account goes to the `heir`; without one it must be said that it stays (`leaves_open`).
    """
    access.require(actor, EDIT, user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if actor.id == actor_id(user.pk):
        raise Refusal(
            what=Text(vi="Không tự ngừng tài khoản của mình.", en="One does not deactivate one's own account."),
            do=Text(vi="Đề nghị một quản trị khác.", en="Ask another operator."),
            code="accounts.own_account",
        )
    require_gives_all_of(actor, user)
    if not user.is_active:
        raise Refusal(
            what=Text(vi="Người dùng này đã ngừng.", en="This user is deactivated already."),
            code="accounts.already_deactivated",
        )
    number = open_of(user)
    if heir is not None:
        hand_over_all(actor, user, heir, reason)
    elif number and not leaves_open:
        raise require_decided(number)
    user.is_active = False
    user.sessions_generation += 1
    user.save(update_fields=["is_active", "sessions_generation"])
    today = clock.today()
    for grant in user.grants.open_after(today):
        grant.ends_on = max(today, grant.starts_on)
        grant.end_reason = reason
        grant.save(update_fields=["ends_on", "end_reason"])
    record(
        actor=actor,
        action="account.deactivate",
        thing=user,
        before={"is_active": True},
        after={"is_active": False},
        reason=reason,
    )


def _check_lengths(full_name: str, email: str) -> None:
    """What a form would have refused: commands come here directly."""
    for name, label, value, most in (
        ("full_name", Text(vi="Họ và tên", en="Full name"), full_name, 200),
        ("email", Text(vi="Địa chỉ thư điện tử", en="Email address"), email, 254),
    ):
        if len(value) > most:
            raise Refusal(
                what=Text(vi=f"{label.vi} dài quá {most} ký tự.", en=f"{label.en} is longer than {most} characters."),
                do=Text(vi="Rút ngắn lại.", en="Shorten it."),
                where=name,
                code="accounts.too_long",
            )


def _check_username(username: str) -> None:
    if not re.match(USERNAME_PATTERN, username):
        raise Refusal(
            what=Text(
                vi=f"Tên đăng nhập “{username}” không dùng được.", en=f"The user name “{username}” cannot be used."
            ),
            do=Text(
                vi="Dùng 2 đến 64 chữ thường không dấu, chữ số, dấu chấm, gạch; ví dụ lan.nguyen.",
                en="Use 2 to 64 small letters without accents, digits, dots or dashes; for instance lan.nguyen.",
            ),
            where="username",
            code="accounts.bad_username",
        )
    if User.objects.filter(username=username).exists():
        raise Refusal(
            what=Text(vi=f"Tên đăng nhập “{username}” đã có người dùng.", en=f"The user name “{username}” is taken."),
            do=Text(vi="Chọn tên khác.", en="Choose another one."),
            where="username",
            code="accounts.username_taken",
        )
