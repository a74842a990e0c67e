"""Naming who stands in during an absence, and ending it."""

from datetime import date

from django.db import transaction

from noivu.accounts.actors import actor_id
from noivu.accounts.models import Substitution, User
from noivu.accounts.policies import SUBSTITUTE
from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text


@transaction.atomic
def set_substitute(
    *, actor: Actor, absent: User, substitute: User, starts_on: date, ends_on: date, reason: str = ""
) -> Substitution:
    """Let a colleague of the same unit stand in for somebody (cử người thay), from a day to a day that is no longer in.

    Everybody names the own substitute; a head or an operator that of the people within reach.
    """
    _require_may(actor, absent)
    absent = User.objects.select_for_update().get(pk=absent.pk)  # two at once: the second one waits
    _require_fitting(absent, substitute)
    _require_days(absent, starts_on, ends_on)
    found: Substitution = Substitution.objects.create(
        absent=absent,
        substitute=substitute,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        set_by_id=actor.id,
        set_by_name=actor.name,
        set_at=clock.now(),
    )
    after = {"substitute": substitute.username, "starts_on": starts_on, "ends_on": ends_on}
    record(actor=actor, action="account.substitute", thing=absent, after=after, reason=reason)
    return found


@transaction.atomic
def end_substitution(*, actor: Actor, substitution: Substitution) -> None:
    """It ends today: from now on the substitute does the own work alone. One to come never begins."""
    _require_may(actor, substitution.absent)
    held = Substitution.objects.select_for_update().get(pk=substitution.pk)
    today = clock.today()
    if held.ends_on <= today:
        raise Refusal(
            what=Text(vi="Việc thay đã kết thúc.", en="It has ended already."), code="accounts.substitution_ended"
        )
    before = {"ends_on": held.ends_on}
    held.ends_on = max(today, held.starts_on)
    held.save(update_fields=["ends_on"])
    record(
        actor=actor,
        action="account.end_substitute",
        thing=substitution.absent,
        before=before,
        after={"ends_on": held.ends_on},
    )


def _require_may(actor: Actor, absent: User) -> None:
    if actor.id != actor_id(absent.pk):
        access.require(actor, SUBSTITUTE, absent)


def _require_fitting(absent: User, substitute: User) -> None:
    if absent.pk == substitute.pk:
        raise Refusal(
            what=Text(vi="Không tự thay mình.", en="Nobody stands in for oneself."),
            do=Text(vi="Chọn một đồng nghiệp cùng đơn vị.", en="Choose a colleague of the same unit."),
            where="substitute",
            code="accounts.own_substitute",
        )
    if not substitute.is_active or substitute.home_unit_id != absent.home_unit_id:
        raise Refusal(
            what=Text(vi="Người thay phải đang dùng tài khoản và cùng đơn vị công tác.", en="Not of the same unit."),
            why=Text(
                vi="Người thay xem và làm được mọi việc giao cho người vắng.",
                en="A substitute sees and does all that was given to the absent.",
            ),
            do=Text(vi="Chọn một đồng nghiệp cùng đơn vị.", en="Choose a colleague of the same unit."),
            where="substitute",
            code="accounts.other_unit",
        )


def _require_days(absent: User, starts_on: date, ends_on: date) -> None:
    if ends_on <= max(starts_on, clock.today()):
        raise Refusal(
            what=Text(vi="Ngày trở lại không sau ngày bắt đầu và hôm nay.", en="The return is not after the start."),
            do=Text(vi="Nhập ngày người vắng trở lại làm việc.", en="Enter the day of return."),
            where="ends_on",
            code="accounts.no_days",
        )
    other = absent.substitutes.filter(starts_on__lt=ends_on, ends_on__gt=starts_on).first()
    if other is not None:
        name, first, last = other.substitute.full_name, format_day(other.starts_on), format_day(other.ends_on)
        raise Refusal(
            what=Text(
                vi=f"Từ {first} đến trước {last} đã có {name} thay.",
                en=f"From {first} until {last} {name} stands in already.",
            ),
            do=Text(vi="Kết thúc việc thay đó trước, hoặc chọn ngày khác.", en="End that one, or choose other days."),
            where="starts_on",
            code="accounts.substituted",
        )
