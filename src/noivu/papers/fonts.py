"""Which font the PDF is set in: the first that covers Vietnamese, judged by its letters and never by its name."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CANDIDATES = (("Liberation Serif", "LiberationSerif-Regular.ttf"), ("Tinos", "Tinos-Regular.ttf"))
FALLBACK = "Libertinus Serif"
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
VIETNAMESE = frozenset(
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ…–“”"
)


@dataclass(frozen=True, slots=True)
class PaperFont:
    """The family to ask for, and the folder it is read from (None: the one inside the renderer)."""

    family: str
    folder: Path | None


def missing_letters(file: Path) -> frozenset[str]:
    """Vietnamese letters that a font file lacks; all of them when it cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError  # read only where a document is rendered

    try:
        with TTFont(file, lazy=True, fontNumber=0) as font:
            covered = set(font.getBestCmap())
    except (TTLibError, OSError):
        return VIETNAMESE
    return frozenset(letter for letter in VIETNAMESE if ord(letter) not in covered)


@lru_cache(maxsize=1)
def paper_font() -> PaperFont:
    """The first installed candidate that has every Vietnamese letter, else the embedded one."""
    for family, name in CANDIDATES:
        for folder in FONT_FOLDERS:
            for file in sorted(folder.rglob(name), reverse=True) if folder.is_dir() else ():
                if not missing_letters(file):
                    return PaperFont(family, file.parent)
    return PaperFont(FALLBACK, None)
