"""What the room adds to the masthead and to the person's own page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from noivu.accounts.api import Carried, declare_carried
from noivu.core.wording import Text
from noivu.notices.queries import unseen_of_user
from noivu.ui.navigation import PersonLink, declare_person_link
from noivu.ui.panels import Panel, declare_panel

UNSEEN = "notices.unseen"


def unseen_for(request: HttpRequest) -> int:
    """How many notices the reader has not read: it came with the user."""
    return int(getattr(request.user, "carried", {}).get(UNSEEN, 0))


def _own(request: HttpRequest, user: Any) -> Mapping[str, Any]:
    return {"unseen": unseen_for(request)}


declare_carried(Carried(UNSEEN, unseen_of_user))
declare_person_link(
    PersonLink("notices.notices", Text(vi="Thông báo", en="Notices"), url="notices:notices", waiting=unseen_for)
)
declare_panel(Panel("notices.own", "accounts.own", 10, "notices/own_panel.html", _own))
