"""What the masthead offers of this room."""

from noivu.accounts.policies import VIEW
from noivu.core.wording import Text
from noivu.ui.navigation import PersonLink, declare_person_link

declare_person_link(
    PersonLink("accounts.home", Text(vi="Tài khoản", en="Account"), url="accounts:home"),
    PersonLink("accounts.people", Text(vi="Người dùng", en="Users"), url="accounts:people", verb=VIEW),
)
