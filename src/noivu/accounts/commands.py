"""`noivu user`: the first accounts, and whatever an operator does to users at a terminal."""

import sys
from datetime import date
from typing import Any

import click

from noivu.accounts import queries, services
from noivu.accounts.models import Grant, User
from noivu.accounts.passwords import one_time_password
from noivu.core import clock
from noivu.core.access import ROLES
from noivu.core.console import DAY, acting_as, actor_named, as_json_option, emit
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.units.api import find_unit, tree

role_option = click.option("--role", required=True, type=click.Choice(list(ROLES)), help="What the user may do.")
unit_option = click.option("--unit", "code", required=True, metavar="CODE", help="Over which unit, and all below.")


@click.group(epilog="Example: noivu user add lan.nguyen --full-name 'Nguyễn Thị Lan' --role officer --unit SNV-40")
def user() -> None:
    """Users, their roles and their passwords."""


@user.command(epilog="Example: noivu user add ha --role operator --unit BNV --full-name 'Vũ Thị Hà'")
@click.argument("name")
@role_option
@unit_option
@click.option("--full-name", default="", help="The person's name (default: the user name).")
@click.option("--email", default="", help="Where links to a new password are sent.")
@click.option("--ask-password", is_flag=True, help="Ask for the password instead of making a one-time one.")
@acting_as
@as_json_option
def add(
    name: str, role: str, code: str, full_name: str, email: str, ask_password: bool, username: str | None, as_json: bool
) -> None:
    """Add a user, and grant the first role. Prints a one-time password unless one is asked for."""
    actor = actor_named(username)
    unit = find_unit(code, clock.today())
    password = _asked_password() if ask_password else one_time_password()
    added = services.add_user_with_role(
        actor=actor,
        username=name,
        full_name=full_name or name,
        home_unit=unit,
        role=role,
        password=password,
        email=email,
        must_change_password=not ask_password,
    )
    payload = {"user": added.username, "role": role, "unit": code}
    if not ask_password:
        payload["one_time_password"] = password
    emit(payload, as_json, _added_in_words)


@user.command("list", epilog="Example: noivu user list --json")
@acting_as
@as_json_option
def list_users(username: str | None, as_json: bool) -> None:
    """List the users within reach, with the roles that hold today."""
    lines = queries.users_for(actor_named(username))
    payload = [
        {
            "user": line.username,
            "full_name": line.full_name,
            "unit": line.unit_code,
            "active": line.is_active,
            "roles": [str(role) for role in line.roles],
            "last_sign_in": line.last_login,
        }
        for line in lines
    ]
    emit(payload, as_json, _list_in_words)


@user.command(epilog="Example: noivu user grant lan.nguyen --role head --unit SNV-40 --until 2025-01-01")
@click.argument("name")
@role_option
@unit_option
@click.option("--from", "starts_on", type=DAY, default=None, help="First day (default: today).")
@click.option("--until", "ends_on", type=DAY, default=None, help="The day on which it no longer holds.")
@click.option("--reason", default="", help="Why, or by which document.")
@acting_as
@as_json_option
def grant(
    name: str,
    role: str,
    code: str,
    starts_on: date | None,
    ends_on: date | None,
    reason: str,
    username: str | None,
    as_json: bool,
) -> None:
    """Grant a role over a unit and all it reaches."""
    granted = services.grant_role(
        actor=actor_named(username),
        user=queries.user_named(name),
        role=role,
        unit=find_unit(code, starts_on or clock.today()),
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
    )
    emit(_granted(name, code, granted), as_json, _grant_in_words)


@user.command(epilog="Example: noivu user revoke lan.nguyen --role head --unit SNV-40 --reason 'Chuyển công tác'")
@click.argument("name")
@role_option
@unit_option
@click.option("--on", type=DAY, default=None, help="From which day it no longer holds (default: today).")
@click.option("--reason", default="", help="Why, or by which document.")
@acting_as
@as_json_option
def revoke(name: str, role: str, code: str, on: date | None, reason: str, username: str | None, as_json: bool) -> None:
    """End a role over a unit."""
    held = _held_grant(queries.user_named(name), role, code)
    ended = services.end_grant(actor=actor_named(username), grant=held, on=on, reason=reason)
    emit(_granted(name, code, ended), as_json, _grant_in_words)


@user.command(epilog="Example: noivu user password lan.nguyen")
@click.argument("name")
@click.option("--ask", is_flag=True, help="Ask for the password instead of making a one-time one.")
@click.option("--reason", default="", help="Why.")
@acting_as
@as_json_option
def password(name: str, ask: bool, reason: str, username: str | None, as_json: bool) -> None:
    """Give a user a new password: a one-time one is printed, unless one is asked for."""
    actor, person = actor_named(username), queries.user_named(name)
    given = _asked_password() if ask else one_time_password()
    services.give_password(actor=actor, user=person, password=given, must_change=not ask, reason=reason)
    payload = {"user": person.username} if ask else {"user": person.username, "one_time_password": given}
    emit(payload, as_json, _password_in_words)


@user.command(
    "reset-second-factor", epilog="Example: noivu user reset-second-factor lan.nguyen --reason 'Mất điện thoại'"
)
@click.argument("name")
@click.option("--reason", required=True, help="Why.")
@acting_as
@as_json_option
def reset_second_factor(name: str, reason: str, username: str | None, as_json: bool) -> None:
    """Remove every second factor of a user who lost them."""
    person = queries.user_named(name)
    services.remove_second_factors(actor=actor_named(username), user=person, reason=reason)
    emit({"user": person.username, "second_factor": False}, as_json, _factors_removed_in_words)


@user.command(epilog="Example: noivu user deactivate lan.nguyen --reason 'Nghỉ hưu'")
@click.argument("name")
@click.option("--reason", required=True, help="Why, or by which document.")
@click.option("--hand-over-to", "heir", metavar="NAME", help="Who takes over what is open.")
@click.option("--leave-open", is_flag=True, help="Hand over later what is open.")
@acting_as
@as_json_option
def deactivate(name: str, reason: str, heir: str | None, leave_open: bool, username: str | None, as_json: bool) -> None:
    """Take a user out of service: no sign-in, every session ends, running roles end today."""
    person = queries.user_named(name)
    services.deactivate(
        actor=actor_named(username),
        user=person,
        reason=reason,
        heir=queries.user_named(heir) if heir else None,
        leaves_open=leave_open,
    )
    emit({"user": person.username, "active": False}, as_json, _deactivated_in_words)


def _asked_password() -> str:
    if not sys.stdin.isatty():
        raise Refusal(
            what=Text(
                vi="Mật khẩu chỉ nhận từ bàn phím của người gõ.",
                en="A password is taken from a person at a terminal only.",
            ),
            do=Text(vi="Bỏ lựa chọn này để in mật khẩu dùng một lần.", en="Leave the option out for a one-time one."),
            code="accounts.no_terminal",
        )
    typed: str = click.prompt("Mật khẩu / Password", hide_input=True, confirmation_prompt=True, err=True)
    return typed


def _held_grant(person: User, role: str, code: str) -> Grant:
    today = clock.today()
    by_id = tree(today).nodes
    open_ones: list[Any] = list(person.grants.open_after(today).filter(role=role))
    for held in open_ones:
        node = by_id.get(held.unit_id)
        if node is not None and node.code == code:
            found: Grant = held
            return found
    label = ROLES[role]
    raise Refusal(
        what=Text(
            vi=f"{person.username} không có vai trò “{label.vi}” ở {code}.",
            en=f"{person.username} does not hold the role “{label.en}” over {code}.",
        ),
        do=Text(vi="Xem: noivu user list.", en="See: noivu user list."),
        code="accounts.not_granted",
    )


def _granted(name: str, code: str, granted: Grant) -> dict[str, Any]:
    return {
        "user": name,
        "role": granted.role,
        "unit": code,
        "starts_on": granted.starts_on,
        "ends_on": granted.ends_on,
    }


def _added_in_words(payload: dict[str, Any]) -> str:
    lines = [f"{payload['user']}: {ROLES[payload['role']]}, {payload['unit']}"]
    if "one_time_password" in payload:
        lines.append(_once(payload["one_time_password"]))
    return "\n".join(lines)


def _password_in_words(payload: dict[str, Any]) -> str:
    if "one_time_password" in payload:
        return f"{payload['user']}\n{_once(payload['one_time_password'])}"
    return str(Text(vi=f"Đã đổi mật khẩu của {payload['user']}.", en=f"Password of {payload['user']} changed."))


def _once(secret: str) -> str:
    words = Text(
        vi="Mật khẩu dùng một lần (chỉ in ở đây, phải đổi khi đăng nhập): ",
        en="One-time password (printed here only, to be changed at sign-in): ",
    )
    return f"{words}{secret}"


def _grant_in_words(payload: dict[str, Any]) -> str:
    until = payload["ends_on"] or "…"
    return f"{payload['user']}: {ROLES[payload['role']]}, {payload['unit']}, {payload['starts_on']} – {until}"


def _factors_removed_in_words(payload: dict[str, Any]) -> str:
    name = payload["user"]
    return str(Text(vi=f"Đã gỡ bước xác thực thứ hai của {name}.", en=f"Second factors of {name} removed."))


def _deactivated_in_words(payload: dict[str, Any]) -> str:
    return str(Text(vi=f"Đã ngừng {payload['user']}.", en=f"{payload['user']} deactivated."))


def _list_in_words(payload: list[dict[str, Any]]) -> str:
    if not payload:
        return str(Text(vi="Chưa có người dùng.", en="No users yet."))
    inactive = Text(vi="đã ngừng", en="deactivated")
    return "\n".join(
        f"{line['user']:<20} {line['full_name']:<28} {line['unit']:<12} "
        + (", ".join(line["roles"]) if line["active"] else str(inactive))
        for line in payload
    )
