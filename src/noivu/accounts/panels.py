"""What the masthead and the pages of other rooms offer of this room."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from noivu.accounts.policies import VIEW
from noivu.accounts.queries import holders_at
from noivu.core.wording import Text
from noivu.ui.navigation import PersonLink, declare_person_link
from noivu.ui.panels import Panel, declare_panel

declare_person_link(
    PersonLink("accounts.home", Text(vi="Tài khoản", en="Account"), url="accounts:home"),
    PersonLink("accounts.people", Text(vi="Người dùng", en="Users"), url="accounts:people", verb=VIEW),
)


def _holders(request: HttpRequest, page: Any) -> Mapping[str, Any]:
    """Who holds a role over the unit on the day of its page."""
    return {"holders": holders_at(page.node.id, page.on), "on": page.on}


declare_panel(Panel("accounts.holders", "units.unit", 50, "accounts/holders_panel.html", _holders, verb=VIEW))
