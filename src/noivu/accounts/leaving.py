"""What is open under somebody's account when that person leaves: upper rooms count it, and hand it over."""

from collections.abc import Callable
from dataclasses import dataclass

from noivu.accounts.actors import actor_id
from noivu.accounts.models import User
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.registry import Registry
from noivu.core.wording import Text


@dataclass(frozen=True, slots=True)
class Successor:
    """To whom it goes: the actor id, and the name."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Work that stands under accounts. `count(account)` says how much is open; `hand_over(actor, account, to, reason)`
    gives all of it to another in one act with one entry in the log, and says how much it was."""

    code: str
    count: Callable[[str], int]
    hand_over: Callable[[Actor, str, Successor, str], int]


open_work: Registry[OpenWork] = Registry("open work", key=lambda work: work.code)


def declare_open_work(*declared: OpenWork) -> None:
    """Let work be asked for before its officer leaves; called when the room starts."""
    open_work.declare_all(declared)


def open_of(user: User) -> int:
    """How much is open under a user's account."""
    return sum(work.count(actor_id(user.pk)) for work in open_work)


def hand_over_all(actor: Actor, user: User, to: User, reason: str) -> int:
    """Give everything open to a colleague of the same unit. In a transaction, the right to do so being asked."""
    if to.pk == user.pk or not to.is_active or to.home_unit_id != user.home_unit_id:
        raise Refusal(
            what=Text(vi="Người nhận phải đang dùng tài khoản và cùng đơn vị công tác.", en="Not of the same unit."),
            do=Text(vi="Chọn một đồng nghiệp cùng đơn vị.", en="Choose a colleague of the same unit."),
            where="heir",
            code="accounts.other_unit",
        )
    heir = Successor(actor_id(to.pk), to.full_name)
    return sum(work.hand_over(actor, actor_id(user.pk), heir, reason) for work in open_work)


def require_decided(number: int) -> Refusal:
    """The refusal to take somebody out of service while work stands open under the account, and nothing is said of
    it."""
    return Refusal(
        what=Text(vi=f"Người này còn {number} việc đang mở.", en=f"{number} matters are open under this account."),
        why=Text(vi="Không ai nhận thì không ai được nhắc.", en="Nobody would be reminded of them."),
        do=Text(
            vi="Chọn người nhận bàn giao, hoặc ghi rõ là bàn giao sau.",
            en="Choose who takes them over, or say that this is done later.",
        ),
        where="heir",
        code="accounts.open_work",
    )
