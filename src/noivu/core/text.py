"""Vietnamese text: one form for storage, one key for search, one key for order."""

import re
import unicodedata
from functools import lru_cache

_MARKS = {
    c: unicodedata.lookup(f"COMBINING {n}")
    for c, n in {
        "grave": "GRAVE ACCENT",
        "acute": "ACUTE ACCENT",
        "hook": "HOOK ABOVE",
        "tilde": "TILDE",
        "dot": "DOT BELOW",
    }.items()
}
_TONES = {_MARKS[name]: place for place, name in enumerate(("grave", "hook", "tilde", "acute", "dot"), start=1)}
_ALPHABET = [
    "a",
    "ă",
    "â",
    "b",
    "c",
    "d",
    "đ",
    "e",
    "ê",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "ô",
    "ơ",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "ư",
    "v",
    "w",
    "x",
    "y",
    "z",
]
_LETTER_ORDER = {unicodedata.normalize("NFC", letter): place for place, letter in enumerate(_ALPHABET, start=1)}
_APOSTROPHES = re.compile(r"[’‘ʼ`´ʹ′＇]")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u2060\ufeff]+")
_DASHES = re.compile(r"[‐‑‒–—−]")


def nfc(text: str) -> str:
    """The stored form: composed Unicode, single spaces, none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """The key for search and comparison: no case, no diacritics, đ as d, one kind of apostrophe, dash and space.

    Tone placement (hoà, hòa) vanishes with the tones. Folding is idempotent.
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("\u0110", "d").replace("\u0111", "d"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    bare = _APOSTROPHES.sub("'", bare)
    bare = _DASHES.sub("-", bare).casefold().replace("\u0111", "d")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def _split_tone(letter: str) -> tuple[str, int]:
    decomposed = unicodedata.normalize("NFD", letter)
    tone = max((_TONES.get(c, 0) for c in decomposed), default=0)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES)), tone


@lru_cache(maxsize=65536)
def collation_key(text: str) -> tuple[tuple[tuple[tuple[int, int], ...], tuple[int, ...]], ...]:
    """The key of the Vietnamese order: word by word, letters of the alphabet first (a ă â b … d đ …), then tones.

    Tones follow the order of the national dictionary: none, huyền, hỏi, ngã, sắc, nặng. Case does not count.
    """
    return tuple(_word_key(word) for word in _DASHES.sub("-", nfc(text)).lower().split(" "))


def _word_key(word: str) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    letters, tones = [], []
    for character in word:
        letter, tone = _split_tone(character)
        place = _LETTER_ORDER.get(letter)
        letters.append((1, place) if place else (0, ord(letter[0]) if letter else 0))
        tones.append(tone)
    return tuple(letters), (max(tones, default=0), *tones)


_OLD_TO_NEW_TONE = [("o", "a"), ("o", "e"), ("u", "y")]
_TONE_MARKS = [*_TONES]


def _tone_pairs() -> dict[str, str]:
    pairs = {}
    for first, second in _OLD_TO_NEW_TONE:
        for mark in _TONE_MARKS:
            on_second = first + unicodedata.normalize("NFC", second + mark)
            on_first = unicodedata.normalize("NFC", first + mark) + second
            pairs[on_second] = on_first
    return pairs


_TONE_PLACEMENT = _tone_pairs()
_ON_SECOND = re.compile(rf"(?<![q])({'|'.join(_TONE_PLACEMENT)})(?![a-zà-ỹ])", re.IGNORECASE)


def one_tone_placement(text: str) -> str:
    """Text with the tone on the first of oa, oe, uy at the end of a syllable: hoà → hòa, thuỷ → thủy; quý stays."""
    return _ON_SECOND.sub(lambda m: _keep_case(m.group(1), _TONE_PLACEMENT[m.group(1).lower()]), nfc(text))


def _keep_case(source: str, target: str) -> str:
    return "".join(t.upper() if s.isupper() else t for s, t in zip(source, target, strict=True))
