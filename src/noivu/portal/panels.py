"""Where the operations centre stands in the navigation."""

from noivu.core.wording import Text
from noivu.figures.api import VIEW
from noivu.ui.navigation import Entry, declare_entry

declare_entry(Entry(code="home", label=Text(vi="Điều hành", en="Operations"), url="home", order=10, verb=VIEW))
