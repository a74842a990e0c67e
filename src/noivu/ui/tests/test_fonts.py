"""The fonts of the screen."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from noivu.ui import fonts


def test_every_vietnamese_letter_is_drawn(tmp_path: Path) -> None:
    regular = fonts.FACES[0]
    written = fonts.build(tmp_path, [regular])
    assert [path.name for path in written] == [regular.file_name]
    letters = [ord(letter) for letter in fonts.VIETNAMESE_LETTERS]
    assert 0x1ED9 in letters
    assert fonts.covers(written[0], letters)
    assert fonts.build(tmp_path, [regular]) == []


def test_a_package_without_a_letter_stops_the_build(tmp_path: Path) -> None:
    lacking = replace(fonts.FACES[0], needed=frozenset({0x4E00}))
    with pytest.raises(fonts.MissingLetterError, match="U\\+4E00"):
        fonts.build(tmp_path, [lacking])
    assert list(tmp_path.iterdir()) == []


def test_the_alphabet_has_its_134_accented_letters() -> None:
    accented = [letter for letter in fonts.VIETNAMESE_LETTERS if ord(letter) > 127]
    assert len(accented) == 134


def test_the_figures_are_those_that_the_style_sheet_asks_for() -> None:
    tokens = (Path(fonts.__file__).parent / "static/ui/tokens.css").read_text()
    ranges = re.search(r"unicode-range: ([^;]+);", tokens).group(1).split(", ")
    asked = set()
    for part in ranges:
        first, _, last = part.removeprefix("U+").partition("-")
        asked |= set(range(int(first, 16), int(last or first, 16) + 1))
    assert asked == fonts.FIGURE_SIGNS


def test_every_font_of_the_style_sheet_is_built() -> None:
    tokens = (Path(fonts.__file__).parent / "static/ui/tokens.css").read_text()
    assert set(re.findall(r"built/([^\"]+)", tokens)) == {face.file_name for face in fonts.FACES}
