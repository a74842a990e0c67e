"""Former names and codes: the unit that bore them, until when, and what it is on the day at work."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from noivu.core.dates import format_day
from noivu.core.text import fold, nfc
from noivu.core.wording import Text
from noivu.units.annals import Annals, Spell, annals, squeezed
from noivu.units.constants import Share
from noivu.units.lineage import followers, predecessors
from noivu.units.revision import one_revision, revision
from noivu.units.tree import Node, Tree

_SHOWN = 5
_NAY_LA = re.compile(r"^(.+?)[\s,;(\[–-]+(?:(?:nay|hiện)\s+(?:l[àa]|thu[ộo]c)|now(?: is)?)\s+.+$", re.IGNORECASE)
_CU = re.compile(r"^(.+?)[\s,(]+(?:c[ũu]|trước đây|trước 0?1/0?7/2025)\s*\)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Former:
    """A name and code that a unit bore up to a day, and the units of the day at work that have what it was.

    `became` holds the unit itself where it goes on under another name or code, and nothing where none is recorded.
    """

    spell: Spell
    became: tuple[Node, ...]
    is_whole: bool

    @property
    def until(self) -> Text:
        day = format_day(self.spell.last_day)
        return Text(vi=f"đến hết {day}", en=f"until the end of {day}")

    @property
    def now(self) -> Text:
        """What it is now: "nay là Phường Sài Gòn", "nay thuộc Phường Sài Gòn, Phường Tân Định"."""
        names = ", ".join(node.name for node in self.became[:_SHOWN]) + (", …" if len(self.became) > _SHOWN else "")
        if not names:
            return Text(vi="không ghi nhận đơn vị kế thừa", en="no successor is recorded")
        if self.is_whole:
            return Text(vi=f"nay là {names}", en=f"now {names}")
        return Text(vi=f"nay thuộc {names}", en=f"now in parts of {names}")


def asked_forms(typed: str) -> list[str]:
    """What may be meant: the words as typed, and without "(nay là …)" or "cũ"."""
    words = nfc(typed)
    forms = [words]
    for pattern in (_NAY_LA, _CU):
        if found := pattern.match(words):
            forms.append(found.group(1).strip())
    return forms


def former_named(typed: str, units: Tree) -> list[Former]:
    """The former units of exactly this code or name, the latest first, asked in any form."""
    with one_revision(revision()):
        known = annals()
        for words in asked_forms(typed):
            if found := _latest(known.bearers(words), units):
                return [_former(spell, units) for spell in found]
    return []


def search_former(typed: str, units: Tree, limit: int) -> list[Former]:
    """Former names that hold the words and former codes that equal them, accents, spaces and marks or not."""
    with one_revision(revision()):
        known = annals()
        for words in asked_forms(typed):
            wanted = fold(words)
            if found := _latest(_holding(known, wanted, words.upper()), units):
                nearest = sorted(found, key=lambda spell: _closeness(spell, wanted))
                return [_former(spell, units) for spell in nearest[:limit]]
    return []


def _holding(known: Annals, wanted: str, code: str) -> Iterable[Spell]:
    bare = squeezed(wanted)
    if not bare:
        return ()
    return [spell for key, spell in known.squeezed if bare in key or spell.code == code]


def _latest(spells: Iterable[Spell], units: Tree) -> Sequence[Spell]:
    """Those that had ended by the day, and that are not what a living unit is still called."""
    found: dict[tuple[int, str, str], Spell] = {}
    for spell in spells:
        node = units.node(spell.unit)
        if spell.ends_on <= units.on and (node is None or (node.name, node.code) != (spell.name, spell.code)):
            key = (spell.unit, spell.name, spell.code)
            found[key] = max(spell, found.get(key, spell), key=lambda one: one.ends_on)
    return sorted(found.values(), key=lambda spell: (-spell.ends_on.toordinal(), spell.code, spell.folded))


def _closeness(spell: Spell, wanted: str) -> tuple[bool, bool, int, int, str, str]:
    short = spell.folded.partition(" ")[2]
    exact = wanted in (spell.code.casefold(), spell.folded, short)
    begins = spell.folded.startswith(wanted) or short.startswith(wanted)
    larger = len(
        spell.code
    )  # statistical codes have two digits for a province, three for a district, five for a commune
    return not exact, not begins, -spell.ends_on.toordinal(), larger, spell.folded, spell.code


def _former(spell: Spell, units: Tree) -> Former:
    node = units.node(spell.unit)
    if node is not None:
        return Former(spell, (node,), is_whole=True)
    became, is_whole = became_on(spell.unit, units, spell.last_day)
    return Former(spell, became, is_whole)


def became_on(unit: int, units: Tree, since: date) -> tuple[tuple[Node, ...], bool]:
    """The units of the tree's day that have what a unit was on another, and whether one of them has it whole."""
    ahead = since <= units.on
    found = followers(unit, units.on, since) if ahead else predecessors(unit, since, units.on)
    steps = [step for step in found if step.unit_id in units]
    whole = [step.share == Share.WHOLE for step in steps]
    return tuple(units.nodes[step.unit_id] for step in steps), whole == [True]
