"""In which code table a text was written: each table is tried, and the one whose words are Vietnamese wins."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from noivu.sheets.legacy.syllables import is_syllable
from noivu.sheets.legacy.tables import from_tcvn3, from_vni

_BOUNDARY = re.compile(r"[\s\x00-/:-@\[-`{-\x7f“”‘’–—…0-9]+")
_LATIN_1 = 0xFF
_WORDS_LOOKED_AT = 3_000
_FEWEST_WORDS = 2
_PLAUSIBLE, _BETTER_BY = 0.7, 0.25
CONVERTERS: dict[str, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni}


@dataclass(frozen=True, slots=True)
class Finding:
    """The table found, and the evidence: one word before and after, the shares of words that are Vietnamese.

    `mixed`: the same file also holds Unicode letters, so each cell is judged by itself.
    """

    table: str
    before: str
    after: str
    share_before: float
    share_after: float
    mixed: bool

    def convert(self, text: str) -> str:
        """The text in Unicode."""
        converter = CONVERTERS[self.table]
        if not self.mixed:
            return converter(text)
        if not has_accents(text):
            return text
        converted = converter(text)
        return converted if _share(_words([converted])) > _share(_words([text])) else text


def has_accents(text: str) -> bool:
    """Whether there is any letter beyond ASCII to judge by."""
    return not text.isascii()


def _words(texts: Iterable[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for text in texts:
        if text.isascii():
            continue
        words.update(word for word in _BOUNDARY.split(text) if not word.isascii())
        if len(words) >= _WORDS_LOOKED_AT:
            break
    return words


def _share(words: Counter[str]) -> float:
    total = sum(words.values())
    return sum(count for word, count in words.items() if is_syllable(word)) / total if total else 1.0


def _converted(words: Counter[str], converter: Callable[[str], str]) -> Counter[str]:
    converted: Counter[str] = Counter()
    for word, count in words.items():
        converted[converter(word)] += count
    return converted


def find_table(texts: Iterable[str]) -> Finding | None:
    """The old table of these texts, or None when they read best as they stand."""
    words = _words(texts)
    beyond = {word for word in words if max(map(ord, word)) > _LATIN_1}
    western = Counter({word: count for word, count in words.items() if word not in beyond})
    if sum(western.values()) < _FEWEST_WORDS:
        return None
    before = _share(western)
    shares = {table: _share(_converted(western, converter)) for table, converter in CONVERTERS.items()}
    table = max(shares, key=lambda name: shares[name])
    if shares[table] < _PLAUSIBLE or shares[table] < before + _BETTER_BY:
        return None
    converter = CONVERTERS[table]
    example = max(
        (word for word in western if is_syllable(converter(word)) and not is_syllable(word)),
        key=lambda word: (western[word], len(word), word),
    )
    return Finding(table, example, converter(example), before, shares[table], mixed=bool(beyond))


def share_of_syllables(texts: Iterable[str]) -> float:
    """The share of words beyond ASCII that can be Vietnamese."""
    return _share(_words(texts))
