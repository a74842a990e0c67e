"""Where units are found: the navigation, and the search of the whole."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.ui.navigation import Entry, declare_entry
from noivu.ui.search import Found, Searchable, declare_searchable
from noivu.units.finding import place
from noivu.units.pages import UNITS, unit_href
from noivu.units.policies import VIEW
from noivu.units.queries import tree


def find_units(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    """Units of today by name or code, with the units above them. Everyone may know that a unit exists."""
    today = clock.today()
    present = tree(today)
    return [
        Found(node.name, unit_href(node.code, today), f"{node.code} · {place(node, present)}")
        for node in present.search(words, limit)
    ]


declare_entry(Entry("units", UNITS, "units:units", order=80, verb=VIEW))
declare_searchable(
    Searchable(
        "units",
        Text(vi="Đơn vị", en="Units"),
        find_units,
        order=60,
        verb=VIEW,
        more_href=lambda words: f"{reverse('units:units')}?{urlencode({'q': words})}",
    )
)
