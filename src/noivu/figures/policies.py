"""Who may see figures and the records behind them."""

from noivu.core import access
from noivu.core.wording import Text

VIEW = "figures.view"

access.declare(access.Verb(VIEW, Text(vi="Xem số liệu", en="See figures"), roles=access.EVERYONE))
