"""Tasks and recommendations found by words, for the search over all registers: one statement a kind."""

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from noivu.core.actors import Actor
from noivu.records.api import latest_holding
from noivu.ui.search import Find, Found
from noivu.work.api import Obligation, obligation_address, register_address


def find_of(kind: str) -> Find:
    """The finder of a kind: the latest first."""

    def find(actor: Actor, words: str, limit: int) -> Sequence[Found]:
        standing = Obligation.objects.standing().of_kind(kind)
        rows = latest_holding(actor, "work.view", standing, words, "arises_on")[:limit]
        return [
            Found(f"{row.code} · {row.title}", obligation_address(row.kind, row.pk, None), row.assigner or row.origin)
            for row in rows
        ]

    return find


def more_of(kind: str) -> Callable[[str], str]:
    """The register of a kind, searched for the same words."""

    def more(words: str) -> str:
        return f"{register_address(kind)}?{urlencode({'q': words})}"

    return more
