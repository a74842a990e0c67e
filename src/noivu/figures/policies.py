"""Who may see figures, open the records behind them, and state figures of a unit."""

from noivu.audit.api import declare_action, declare_kind
from noivu.core import access
from noivu.core.wording import Text

VIEW, STATE = "figures.view", "figures.state"

access.declare(
    access.Verb(VIEW, Text(vi="Xem số liệu", en="See figures"), roles=access.EVERYONE),
    access.Verb(
        STATE,
        Text(vi="Khai báo số liệu", en="State figures"),
        roles=frozenset({access.OFFICER, access.HEAD, access.STEWARD}),
    ),
)

declare_action("figure.state", Text(vi="Khai báo số liệu", en="State a figure"))
declare_action("figure.correct", Text(vi="Sửa số liệu khai báo", en="Correct a stated figure"))
declare_action("figure.withdraw", Text(vi="Rút số liệu khai báo", en="Withdraw a stated figure"))
declare_kind("figures.statedfigure", Text(vi="Số liệu khai báo", en="Stated figure"))
