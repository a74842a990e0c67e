"""Where reports stand in the navigation."""

from noivu.core.wording import Text
from noivu.reports.policies import VIEW
from noivu.ui.navigation import Entry, declare_entry

declare_entry(Entry(code="reports", label=Text(vi="Báo cáo", en="Reports"), url="reports:list", order=70, verb=VIEW))
