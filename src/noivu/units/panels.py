"""Where units are found: the navigation, and the search of the whole."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.ui.navigation import Entry, declare_entry
from noivu.ui.search import Found, Searchable, declare_searchable
from noivu.units.finding import place
from noivu.units.former import Former, search_former
from noivu.units.pages import UNITS, former_href, unit_href
from noivu.units.policies import VIEW
from noivu.units.queries import tree

_LEAST_FORMER = 3
_NOW_IN = {True: Text(vi="nay là", en="now"), False: Text(vi="nay thuộc", en="now in parts of")}


def find_units(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    """Units of today by name or code, with the units above them; then former ones, with what each is now.

    Everyone may know that a unit exists.
    """
    today = clock.today()
    present = tree(today)
    found = [
        Found(node.name, unit_href(node.code, today), f"{node.code} · {place(node, present)}")
        for node in present.search(words, limit)
    ]
    former = search_former(words, present, max(limit - len(found), _LEAST_FORMER))
    return [*found[: limit - len(former)], *(_found_former(one, today) for one in former)]


def _found_former(former: Former, today: date) -> Found:
    code, until, now = former.spell.code, former.until, _NOW_IN[former.is_whole] if former.became else former.now
    note = Text(vi=f"{code} · {until.vi} · {now.vi}", en=f"{code} · {until.en} · {now.en}")
    became = tuple((f"{node.name} ({node.code})", unit_href(node.code, today)) for node in former.became)
    return Found(former.spell.name, former_href(former), note, became)


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
