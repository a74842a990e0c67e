"""Who may see figures, open the records behind them, and state figures of a unit."""

from noivu.accounts.api import is_topmost
from noivu.audit.api import declare_action, declare_kind
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.units.api import Node, tree

VIEW, STATE, OUTLINE = "figures.view", "figures.state", "figures.outline"

access.declare(
    access.Verb(VIEW, Text(vi="Xem số liệu", en="See figures"), roles=access.EVERYONE),
    access.Verb(
        STATE,
        Text(vi="Khai báo số liệu", en="State figures"),
        roles=frozenset({access.OFFICER, access.HEAD, access.STEWARD}),
    ),
    access.Verb(
        OUTLINE,
        Text(vi="Nạp ranh giới cho bản đồ", en="Supply outlines for the map"),
        roles=frozenset({access.OPERATOR}),
    ),
)

declare_action("figure.state", Text(vi="Khai báo số liệu", en="State a figure"))
declare_action("figure.correct", Text(vi="Sửa số liệu khai báo", en="Correct a stated figure"))
declare_action("figure.withdraw", Text(vi="Rút số liệu khai báo", en="Withdraw a stated figure"))
declare_action("outlines.load", Text(vi="Nạp ranh giới cho bản đồ", en="Load outlines for the map"))
declare_action("outlines.replace", Text(vi="Thay ranh giới của bản đồ", en="Replace the outlines of the map"))
declare_action("outlines.withdraw", Text(vi="Gỡ ranh giới của bản đồ", en="Withdraw outlines of the map"))
declare_kind("figures.outlineset", Text(vi="Bộ ranh giới", en="Set of outlines"))
declare_kind("figures.statedfigure", Text(vi="Số liệu khai báo", en="Stated figure"))


def sees_the_nation(actor: Actor) -> bool:
    """Whether the figures of every province are open to the actor: who sees those of a central organisation that
    nothing stands above. Only the figures: records stay with whoever may open them."""
    return any(
        access.may(actor, VIEW, access.OfUnit(node.id)) for node in tree(clock.today()).roots if is_topmost(node)
    )


def may_see_figures_of(actor: Actor, unit: Node) -> bool:
    """Whether the figures of a unit are open to the actor: in reach, or a territory's to whoever sees the nation."""
    within = access.may(actor, VIEW, access.OfUnit(unit.id))
    return within or (unit.is_administrative and sees_the_nation(actor))
