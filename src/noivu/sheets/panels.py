"""Where the imports are found: in the navigation of those who may see them."""

from noivu.core.wording import Text
from noivu.sheets.policies import VIEW
from noivu.ui.navigation import PersonLink, declare_person_link

declare_person_link(PersonLink("sheets.batches", Text(vi="Nhập từ tệp", en="Imports"), "sheets:batches", VIEW))
