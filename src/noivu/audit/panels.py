"""Where the log is found on screen."""

from noivu.audit.policies import VIEW
from noivu.core.wording import Text
from noivu.ui.navigation import PersonLink, declare_person_link

declare_person_link(PersonLink("audit", Text(vi="Nhật ký", en="Log"), "audit:log", VIEW))
