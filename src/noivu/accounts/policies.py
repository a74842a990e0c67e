"""Who may see and change users and grants, which roles each may give, and how the log words these acts."""

from noivu.audit.api import declare_action, declare_fields, declare_kind, words_from
from noivu.core import clock
from noivu.core.access import (
    AUDITOR,
    CLERK,
    EVERYONE,
    HEAD,
    OFFICER,
    OPERATOR,
    ROLES,
    STEWARD,
    VIEWER,
    OfUnit,
    Verb,
    declare,
)
from noivu.core.wording import Text
from noivu.units.api import Level, Node, tree, unit_of_log

VIEW, EDIT, SUBSTITUTE = "accounts.view", "accounts.edit", "accounts.substitute"

GIVES: dict[str, frozenset[str]] = {OPERATOR: EVERYONE, STEWARD: frozenset({VIEWER, OFFICER, CLERK, HEAD})}
"""The roles that a role may give: nobody gives more than is needed for the daily work but the operator."""
_FIELDS = {
    "username": Text(vi="Tên đăng nhập", en="User name"),
    "full_name": Text(vi="Họ và tên", en="Full name"),
    "home_unit": Text(vi="Đơn vị công tác", en="Home unit"),
    "email": Text(vi="Thư điện tử", en="E-mail"),
    "is_active": Text(vi="Đang dùng", en="Active"),
    "role": Text(vi="Vai trò", en="Role"),
    "unit": Text(vi="Đơn vị", en="Unit"),
    "starts_on": Text(vi="Từ ngày", en="From"),
    "ends_on": Text(vi="Kết thúc ngày", en="Ends on"),
    "substitute": Text(vi="Người thay", en="Substitute"),
    "kind": Text(vi="Loại xác thực", en="Kind of factor"),
}
"""How the log names what an act changes of a user."""


def tops() -> list[OfUnit]:
    """The units from which all others are reached today: the central organisations that nothing stands above; where
    there is none, the organisations, else the units, that nothing stands above.

    Nothing stands above a province either, and who may do something there may not do it for the others.
    """
    roots = tree(clock.today()).roots
    organisations = [node for node in roots if not node.is_administrative]
    return [OfUnit(node.id) for node in [n for n in roots if is_topmost(n)] or organisations or roots]


def is_topmost(root: Node) -> bool:
    """Whether a unit that nothing stands above is a central organisation and serves no territory; one whose lines
    nobody recorded yet is none."""
    return not root.is_administrative and root.level == Level.CENTRAL and root.territory_id is None


def declare_all() -> None:
    """Called once, when the product starts."""
    declare(
        Verb(VIEW, Text(vi="Xem người dùng", en="See users"), roles=frozenset({OPERATOR, STEWARD, AUDITOR})),
        Verb(EDIT, Text(vi="Cấp quyền người dùng", en="Manage users"), roles=frozenset({OPERATOR, STEWARD})),
    )
    declare(
        Verb(SUBSTITUTE, Text(vi="Cử người thay", en="Name substitutes"), roles=frozenset({HEAD, STEWARD, OPERATOR}))
    )
    declare_action("account.substitute", Text(vi="Cử người thay khi vắng mặt", en="Substitute named"))
    declare_action("account.end_substitute", Text(vi="Kết thúc việc thay", en="Substitution ended"))
    declare_action("account.add", Text(vi="Thêm người dùng", en="Add a user"))
    declare_action("account.grant", Text(vi="Cấp vai trò", en="Grant a role"))
    declare_action("account.end_grant", Text(vi="Kết thúc vai trò", en="End a role"))
    declare_action("account.follow", Text(vi="Vai trò chuyển theo đơn vị kế thừa", en="Grant went to the successor"))
    declare_action("account.follow_back", Text(vi="Vai trò trở lại đơn vị cũ", en="Grant went back"))
    declare_action("account.accept_grant", Text(vi="Chấp nhận vai trò chờ quyết định", en="Accept a waiting grant"))
    declare_action("account.narrow_grant", Text(vi="Thu hẹp vai trò chờ quyết định", en="Narrow a waiting grant"))
    declare_action("account.refuse_grant", Text(vi="Không giữ vai trò chờ quyết định", en="Refuse a waiting grant"))
    declare_action("account.move_home", Text(vi="Đổi đơn vị công tác", en="Home unit changed"))
    declare_action("account.home_follow", Text(vi="Nơi công tác theo đơn vị kế thừa", en="Home went to the successor"))
    declare_action("account.home_follow_back", Text(vi="Nơi công tác trở lại đơn vị cũ", en="Home went back"))
    declare_action("account.deactivate", Text(vi="Ngừng người dùng", en="Deactivate a user"))
    declare_action("account.give_password", Text(vi="Cấp mật khẩu mới", en="Give a new password"))
    declare_action("account.change_password", Text(vi="Đổi mật khẩu", en="Change the password"))
    declare_action("account.sign_out_everywhere", Text(vi="Đăng xuất mọi phiên", en="Sign out every session"))
    declare_action("account.add_factor", Text(vi="Thêm bước xác thực thứ hai", en="Add a second factor"))
    declare_action("account.renew_factor", Text(vi="Tạo lại mã khôi phục", en="Make recovery codes anew"))
    declare_action("account.remove_factor", Text(vi="Gỡ bước xác thực thứ hai", en="Remove a second factor"))
    declare_kind("accounts.user", Text(vi="Người dùng", en="User"))
    units = {"unit": unit_of_log, "home_unit": unit_of_log}
    declare_fields("accounts.user", _FIELDS, {"role": words_from(ROLES), **units})
