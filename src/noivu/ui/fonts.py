"""The fonts of the screen, made from font packages at set-up, so that no font file is committed.

The font tools take a fifth of a second to load: only what draws a font loads them, not every start of the server.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import fontpkg

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

BUILT = Path(__file__).resolve().parent / "static" / "ui" / "built"

VIETNAMESE_LETTERS = frozenset(
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴ"
)

_TEXT_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),  # Latin of Europe: names of partners abroad
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x300, 0x303),  # the marks, for text that arrives decomposed
    (0x309, 0x309),
    (0x323, 0x323),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2026),
    (0x202F, 0x203A),
    (0x20AB, 0x20AC),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2260, 0x2265),
)

# Keep equal to the unicode-range of "noivu Figures" in static/ui/tokens.css; a test compares them.
FIGURE_SIGNS = frozenset(
    [0x25, 0x28, 0x29, *range(0x2B, 0x3B), 0x3D, 0xA0, 0xB1, 0xD7, 0x2013, 0x202F, 0x2212, 0x2264, 0x2265]
)


class MissingLetterError(Exception):
    """A font package no longer draws a letter that Vietnamese needs; the build stops rather than show a box."""


@dataclass(frozen=True)
class Face:
    """One file of the screen: where it comes from, which characters it keeps."""

    file_name: str
    family: str
    weight: int
    characters: frozenset[int]
    needed: frozenset[int]
    narrow: "Callable[[TTFont], TTFont] | None" = None


def _text_characters() -> frozenset[int]:
    return frozenset(code for first, last in _TEXT_RANGES for code in range(first, last + 1))


def _pin_inter(font: "TTFont") -> "TTFont":
    """Inter is variable: keep the weights a figure uses, at the optical size of text."""
    from fontTools.varLib import instancer

    return instancer.instantiateVariableFont(font, {"opsz": 14, "wght": (400, 700)})


_LETTERS = frozenset(map(ord, VIETNAMESE_LETTERS))

FACES: tuple[Face, ...] = (
    *(
        Face(f"be-vietnam-pro-{weight}.woff2", "Be Vietnam Pro", weight, _text_characters(), _LETTERS)
        for weight in (400, 500, 600)
    ),
    Face("noivu-figures.woff2", "Inter", 400, FIGURE_SIGNS, FIGURE_SIGNS, _pin_inter),
)


def build(folder: Path = BUILT, faces: Iterable[Face] = FACES) -> list[Path]:
    """Write the files that are not there yet or are older than their package; return those written."""
    folder.mkdir(parents=True, exist_ok=True)
    return [folder / face.file_name for face in faces if _write(face, folder / face.file_name)]


def covers(path: Path, characters: Iterable[int]) -> bool:
    """True when the font at `path` has a glyph for every one of the characters."""
    from fontTools.ttLib import TTFont

    with TTFont(path) as font:
        return set(characters) <= set(font.getBestCmap())


def _write(face: Face, target: Path) -> bool:
    source = fontpkg.path(face.family, face.weight)
    made_from = max(source.stat().st_mtime, Path(__file__).stat().st_mtime)
    if target.exists() and target.stat().st_mtime >= made_from:
        return False
    from fontTools.ttLib import TTFont

    font = _subset(TTFont(source), face)
    absent = face.needed - set(font.getBestCmap())
    if absent:
        letters = " ".join(f"U+{code:04X}" for code in sorted(absent))
        raise MissingLetterError(f"{face.family} {face.weight}: {letters}")
    font.flavor = "woff2"
    unfinished = target.with_suffix(".part")
    font.save(unfinished)
    unfinished.replace(target)
    return True


def _subset(font: "TTFont", face: Face) -> "TTFont":
    from fontTools.subset import Options, Subsetter

    options = Options()
    options.layout_features = ["kern", "liga", "locl", "mark", "mkmk", "ccmp", "tnum", "lnum", "calt"]
    options.name_IDs = ["*"]  # the licence travels in the name table
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=face.characters)
    subsetter.subset(font)
    return face.narrow(font) if face.narrow else font
