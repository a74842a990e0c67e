"""Granting a role over a unit, and ending it."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from noivu.accounts.actors import actor_id
from noivu.accounts.giving import require_gives, roles_to_give
from noivu.accounts.models import Grant, User
from noivu.accounts.policies import EDIT
from noivu.accounts.services.users import add_user
from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.access import ROLES
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.units.api import Unit, tree


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    user: User,
    role: str,
    unit: Unit,
    starts_on: date | None = None,
    ends_on: date | None = None,
    reason: str = "",
) -> Grant:
    """Give a user a role over a unit (cấp vai trò) from a day (today unless said) up to a day that is no longer in."""
    access.require(actor, EDIT, access.OfUnit(unit.pk))
    _check_may_give(actor, user, role, unit)
    first = starts_on or clock.today()
    _check_days(first, ends_on)
    _check_unit(unit, first)
    # Two grants of one role at one time are refused under this lock; the row of the user is what both would take.
    user = User.objects.select_for_update().get(pk=user.pk)
    _check_user(user)
    _check_overlap(user, role, unit, first, ends_on)
    grant: Grant = Grant.objects.create(
        user=user,
        role=role,
        unit=unit,
        starts_on=first,
        ends_on=ends_on,
        granted_by_id=actor.id,
        granted_by_name=actor.name,
        granted_at=clock.now(),
        reason=reason,
    )
    record(actor=actor, action="account.grant", thing=user, after=facts_of(grant), reason=reason)
    return grant


@transaction.atomic
def add_user_with_role(
    *,
    actor: Actor,
    username: str,
    full_name: str,
    home_unit: Unit,
    role: str,
    password: str,
    email: str = "",
    must_change_password: bool = True,
) -> User:
    """Add a user and grant a first role over the unit in which the person works: both or neither."""
    user = add_user(
        actor=actor,
        username=username,
        full_name=full_name,
        home_unit=home_unit,
        password=password,
        email=email,
        must_change_password=must_change_password,
    )
    grant_role(actor=actor, user=user, role=role, unit=home_unit)
    return user


@transaction.atomic
def end_grant(*, actor: Actor, grant: Grant, on: date | None = None, reason: str) -> Grant:
    """End a grant (kết thúc vai trò) on a day, today unless said: from that day on it no longer holds."""
    access.require(actor, EDIT, grant)
    require_gives(actor, [(grant.role, grant.unit_id)])
    grant = Grant.objects.select_for_update(of=("self",)).select_related("user").get(pk=grant.pk)
    day = on or clock.today()
    if day < clock.today():
        raise Refusal(
            what=Text(vi=f"Ngày kết thúc {format_day(day)} đã qua.", en=f"The end {format_day(day)} is in the past."),
            why=Text(
                vi="Quyền đã dùng trong quá khứ không sửa lại được.",
                en="What was allowed in the past cannot be undone.",
            ),
            do=Text(vi="Chọn hôm nay hoặc một ngày sau.", en="Choose today or a later day."),
            where="ends_on",
            code="accounts.end_in_the_past",
        )
    if grant.ends_on is not None and grant.ends_on <= day:
        raise Refusal(
            what=Text(
                vi=f"Vai trò này đã kết thúc ngày {format_day(grant.ends_on)}.",
                en=f"This grant ends on {format_day(grant.ends_on)} already.",
            ),
            code="accounts.already_ended",
        )
    before = facts_of(grant)
    grant.ends_on = max(day, grant.starts_on)
    grant.end_reason = reason
    grant.save(update_fields=["ends_on", "end_reason"])
    record(
        actor=actor,
        action="account.end_grant",
        thing=grant.user,
        before=before,
        after=facts_of(grant),
        reason=reason,
    )
    return grant


def _check_may_give(actor: Actor, user: User, role: str, unit: Unit) -> None:
    if role not in ROLES:
        raise Refusal(
            what=Text(vi=f"Không có vai trò “{role}”.", en=f"There is no role “{role}”."),
            do=Text(vi=f"Chọn một trong: {', '.join(ROLES)}.", en=f"Choose one of: {', '.join(ROLES)}."),
            where="role",
            code="accounts.unknown_role",
        )
    if actor.id == actor_id(user.pk):
        raise Refusal(
            what=Text(vi="Không tự cấp vai trò cho mình.", en="One does not grant a role to oneself."),
            do=Text(vi="Đề nghị một quản trị khác.", en="Ask another operator."),
            code="accounts.own_account",
        )
    if role not in roles_to_give(actor, unit.pk):
        label = ROLES[role]
        raise Refusal(
            what=Text(
                vi=f"Vai trò “{label.vi}” do quản trị hệ thống cấp.",
                en=f"The role “{label.en}” is given by an operator.",
            ),
            do=Text(
                vi="Đề nghị quản trị hệ thống của đơn vị, hoặc chọn vai trò khác.",
                en="Ask the operator of the unit, or choose another role.",
            ),
            where="role",
            code="accounts.role_not_to_give",
        )


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on <= starts_on:
        raise Refusal(
            what=Text(
                vi=f"Ngày kết thúc {format_day(ends_on)} không sau ngày bắt đầu {format_day(starts_on)}.",
                en=f"The end {format_day(ends_on)} does not come after the start {format_day(starts_on)}.",
            ),
            do=Text(vi="Nhập lại ngày kết thúc, hoặc để trống.", en="Enter the end again, or leave it empty."),
            where="ends_on",
            code="accounts.days_reversed",
        )


def _check_unit(unit: Unit, on: date) -> None:
    if unit.pk not in tree(on):
        raise Refusal(
            what=Text(
                vi=f"Đơn vị không tồn tại vào ngày {format_day(on)}.",
                en=f"The unit does not exist on {format_day(on)}.",
            ),
            do=Text(vi="Chọn đơn vị có trong ngày ấy.", en="Choose a unit that exists on that day."),
            where="unit",
            code="accounts.no_such_unit",
        )


def _check_user(user: User) -> None:
    if not user.is_active:
        raise Refusal(
            what=Text(vi="Người dùng này đã ngừng.", en="This user is deactivated."),
            do=Text(vi="Thêm người dùng mới với tên khác.", en="Add a new user under another name."),
            code="accounts.deactivated",
        )


def _check_overlap(user: User, role: str, unit: Unit, starts_on: date, ends_on: date | None) -> None:
    same = Grant.objects.filter(user=user, role=role, unit=unit).open_after(starts_on)
    if ends_on is not None:
        same = same.filter(Q(starts_on__lt=ends_on))
    if same.exists():
        raise Refusal(
            what=Text(
                vi="Người dùng đã có vai trò này ở đơn vị này trong thời gian ấy.",
                en="The user holds this role over this unit at that time already.",
            ),
            do=Text(vi="Kết thúc vai trò cũ trước.", en="End the former grant first."),
            code="accounts.granted_already",
        )


def facts_of(grant: Grant) -> dict[str, object]:
    """A grant as the log keeps it."""
    return {
        "role": grant.role,
        "unit": grant.unit_id,
        "starts_on": grant.starts_on,
        "ends_on": grant.ends_on,
    }
