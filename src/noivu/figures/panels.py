"""Where figures are found: in the navigation, and by the words of their names; the map among them."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from noivu.core.actors import Actor
from noivu.core.text import fold
from noivu.core.wording import Text
from noivu.figures.policies import VIEW
from noivu.figures.registry import DECLARED
from noivu.ui.navigation import Entry, declare_entry
from noivu.ui.search import Found, Searchable, declare_searchable

FIGURES = Text(vi="Số liệu", en="Figures")
MAP = Text(vi="Bản đồ các tỉnh, thành phố", en="Map of the provinces and cities")
ON_THE_MAP = Text(vi="Trên bản đồ", en="On the map")

declare_entry(Entry("figures", FIGURES, "figures:figures", order=60, verb=VIEW))


def find_figures(actor: Actor, words: str, limit: int) -> Sequence[Found]:
    """The map where it is meant, and the figures whose name or code holds the words. No query."""
    wanted, page = fold(words), reverse("figures:map")
    found = [Found(str(MAP), page)] if _holds(MAP, wanted) else []
    for code in DECLARED.codes:
        label = DECLARED.find(code).label
        if _holds(label, wanted) or wanted in code:
            there = f"{page}?{urlencode({'indicator': code})}"
            found.append(Found(str(label), reverse("figures:figure", args=[code]), code, ((str(ON_THE_MAP), there),)))
    return found[:limit]


def _holds(label: Text, wanted: str) -> bool:
    return wanted in fold(label.vi) or wanted in fold(label.en)


declare_searchable(Searchable("figures", FIGURES, find_figures, order=70, verb=VIEW))
