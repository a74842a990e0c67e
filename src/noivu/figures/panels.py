"""Where figures are found: in the navigation."""

from noivu.core.wording import Text
from noivu.figures.policies import VIEW
from noivu.ui.navigation import Entry, declare_entry

declare_entry(Entry("figures", Text(vi="Số liệu", en="Figures"), "figures:figures", order=60, verb=VIEW))
