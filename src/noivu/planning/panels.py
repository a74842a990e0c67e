"""Where plans stand in the navigation."""

from noivu.core.wording import Text
from noivu.planning.policies import VIEW
from noivu.ui.navigation import Entry, declare_entry

declare_entry(Entry("plans", Text(vi="Phương án", en="Plans"), "planning:plans", order=90, verb=VIEW))
