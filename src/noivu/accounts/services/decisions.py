"""Deciding about grants that wait because their unit ended: they go on over a successor, narrower, or not at all."""

from django.db import transaction

from noivu.accounts.giving import require_gives
from noivu.accounts.models import Grant, User
from noivu.accounts.policies import EDIT
from noivu.accounts.reaching import as_strong_as, reaches, standing
from noivu.accounts.services.grants import facts_of, grant_role
from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.units.api import Unit, came_after_on, tree


@transaction.atomic
def accept_grant(*, actor: Actor, grant: Grant, reason: str) -> Grant:
    """Let a waiting grant go on over the one unit that came after its own, with all that this took in (chấp nhận)."""
    waiting = _waiting(actor, grant)
    after = sorted(came_after_on(clock.today()).get(waiting.unit_id, ()))
    if len(after) != 1:
        raise Refusal(
            what=Text(vi="Đơn vị cũ có nhiều đơn vị kế thừa.", en="Several units came after the former one."),
            do=Text(vi="Chọn Thu hẹp và nêu một đơn vị.", en="Choose Narrow, and name one of them."),
            code="accounts.several_successors",
        )
    return _go_on(actor, waiting, waiting.role, Unit.objects.get(pk=after[0]), reason, "account.accept_grant")


@transaction.atomic
def narrow_grant(*, actor: Actor, grant: Grant, role: str, unit: Unit, reason: str) -> Grant:
    """Let it go on with less: over a unit within those that came after, in the same role or a weaker one (thu hẹp)."""
    waiting = _waiting(actor, grant)
    units = tree(clock.today())
    if not any(reaches(units, above, unit.pk) for above in came_after_on(units.on).get(waiting.unit_id, ())):
        raise Refusal(
            what=Text(vi="Đơn vị này không thuộc các đơn vị kế thừa.", en="The unit is none of the successors'."),
            do=Text(vi="Chọn đơn vị kế thừa hoặc đơn vị trực thuộc.", en="Choose a successor, or a unit below it."),
            where="unit",
            code="accounts.not_a_successor",
        )
    if waiting.role not in as_strong_as(role):
        raise Refusal(
            what=Text(vi="Vai trò này rộng hơn vai trò cũ.", en="This role allows more than the former one."),
            do=Text(vi="Chọn vai trò cũ hoặc vai trò hẹp hơn.", en="Choose the former role or a weaker one."),
            where="role",
            code="accounts.stronger_role",
        )
    return _go_on(actor, waiting, role, unit, reason, "account.narrow_grant")


@transaction.atomic
def refuse_grant(*, actor: Actor, grant: Grant, reason: str) -> Grant:
    """End a waiting grant: nothing comes after it (không giữ)."""
    waiting = _waiting(actor, grant)
    _end(actor, waiting, reason, "account.refuse_grant")
    return waiting


def _waiting(actor: Actor, grant: Grant) -> Grant:
    """The grant, locked; refused unless the actor may give it and it waits."""
    access.require(actor, EDIT, grant)
    require_gives(actor, [(grant.role, grant.unit_id)])
    user = User.objects.select_for_update().get(pk=grant.user_id)
    held = standing(user.held_grants, clock.today())
    locked: Grant = Grant.objects.select_for_update(of=("self",)).select_related("user").get(pk=grant.pk)
    still = any(one.role == locked.role and one.unit_id == locked.unit_id and over is None for one, over in held)
    if not still or not locked.holds_on(clock.today()):
        raise Refusal(
            what=Text(vi="Vai trò này không còn chờ quyết định.", en="This grant waits no more."),
            do=Text(vi="Tải lại danh sách.", en="Reload the list."),
            code="accounts.not_waiting",
        )
    return locked


def _go_on(actor: Actor, waiting: Grant, role: str, unit: Unit, reason: str, action: str) -> Grant:
    ends_on = waiting.ends_on
    _end(actor, waiting, reason, action)
    given = grant_role(actor=actor, user=waiting.user, role=role, unit=unit, ends_on=ends_on, reason=reason)
    user = given.user
    if user.home_unit_id == waiting.unit_id:
        user.home_unit = unit
        user.save(update_fields=["home_unit"])
        before, after = {"home_unit": waiting.unit_id}, {"home_unit": unit.pk}
        record(actor=actor, action="account.move_home", thing=user, before=before, after=after, reason=reason)
    return given


def _end(actor: Actor, waiting: Grant, reason: str, action: str) -> None:
    before = facts_of(waiting)
    waiting.ends_on, waiting.end_reason = clock.today(), reason
    waiting.save(update_fields=["ends_on", "end_reason"])
    record(actor=actor, action=action, thing=waiting.user, before=before, after=facts_of(waiting), reason=reason)
