"""TCVN3 and VNI: the tables, and how a text in them is recognised."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from noivu.core.refusals import Refusal
from noivu.sheets.legacy.detection import find_table
from noivu.sheets.legacy.syllables import is_syllable
from noivu.sheets.legacy.tables import from_tcvn3, from_vni, to_tcvn3, to_vni
from noivu.sheets.tests.conftest import counts, import_papers
from noivu.sheets.tests.papers import papers

Make = Callable[..., Path]
WORDS = ["nghiêng", "quyết", "giếng", "gì", "khuỷu", "người", "đường", "huyện", "ngoằn", "thuở", "yêu", "quốc"]
PLAIN = "bcdghklmnpqrstvx BCDGHKLMN0123456789 .,;/-()"
SMALL = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
SENTENCE = (
    "Số đến,Ngày đến,Nơi gửi,Trích yếu\n7,31/10/2024,Bộ Nội vụ,về việc báo cáo kết quả thực hiện nhiệm vụ tháng mười\n"
)


@given(some.text(SMALL + "ĂÂÊÔƠƯĐ" + PLAIN))
def test_tcvn3_there_and_back(text: str) -> None:
    carried = to_tcvn3(text)
    assert from_tcvn3(carried.encode("latin-1").decode("latin-1")) == text


@given(some.text(SMALL + SMALL.upper() + PLAIN))
def test_vni_there_and_back(text: str) -> None:
    carried = to_vni(text)
    assert from_vni(carried.encode("latin-1").decode("latin-1")) == text


@pytest.mark.parametrize(
    ("old", "read", "text"),
    [
        ("C\xabng v\xa8n \xae\xd5n", from_tcvn3, "Công văn đến"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", from_tcvn3, "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Coâng vaên ñeán", from_vni, "Công văn đến"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", from_vni, "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", from_vni, "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
        ("Uûy ban", from_vni, "Ủy ban"),
    ],
)
def test_known_words_in_old_tables(old: str, read: Callable[[str], str], text: str) -> None:
    assert read(old) == text


@pytest.mark.parametrize(
    "word",
    ["nghiêng", "quyết", "giếng", "gì", "khuỷu", "người", "đường", "huyện", "ngoằn", "thuở", "yêu", "oanh", "quốc"],
)
def test_vietnamese_words_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["®Õn", "ñeán", "v¨n", "vaên", "café", "straße", "đếến", "hòc"])
def test_other_words_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_unicode_text_is_left_alone() -> None:
    assert find_table([SENTENCE]) is None
    assert find_table(["Việt Nam", "hà", "có", "không"]) is None
    assert find_table(["café déjà vu", "naïve über Straße"]) is None


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(("convert", "name"), [(to_tcvn3, "TCVN3 (ABC)"), (to_vni, "VNI")])
class TestImports:
    def test_a_csv_of_old_bytes_is_read_and_the_evidence_told(
        self, text_file: Make, convert: Callable[[str], str], name: str
    ) -> None:
        batch = import_papers(text_file(convert(SENTENCE).encode("latin-1")))
        assert counts(batch) == (1, 1, 0, 0)
        assert papers()[0][2:4] == ("Bộ Nội vụ", "về việc báo cáo kết quả thực hiện nhiệm vụ tháng mười")
        assert name in batch.notes[0]["vi"]
        assert "100%" in batch.notes[0]["en"]

    def test_a_csv_of_old_letters_saved_as_utf_8_is_read(
        self, text_file: Make, convert: Callable[[str], str], name: str
    ) -> None:
        import_papers(text_file(convert(SENTENCE)))
        assert papers()[0][2] == "Bộ Nội vụ"

    def test_a_workbook_with_cells_in_an_old_font_is_read(
        self, tmp_path: Path, convert: Callable[[str], str], name: str
    ) -> None:
        book = openpyxl.Workbook()
        book.active.append(["Số đến", "Ngày đến", "Nơi gửi", "Trích yếu"])
        for number in range(3):
            summary = convert("về việc báo cáo kết quả")
            book.active.append([number, "31/10/2024", "Ủy ban nhân dân tỉnh Nghệ An", summary])
        book.save(tmp_path / "so.xlsx")
        import_papers(tmp_path / "so.xlsx")
        assert papers()[0][2:4] == ("Ủy ban nhân dân tỉnh Nghệ An", "về việc báo cáo kết quả")


@pytest.mark.usefixtures("register")
def test_windows_1258_is_read(text_file: Make) -> None:
    decomposed = unicodedata.normalize("NFC", SENTENCE)
    carried = b"".join(_in_1258(letter) for letter in decomposed)
    assert counts(import_papers(text_file(carried))) == (1, 1, 0, 0)
    assert papers()[0][2] == "Bộ Nội vụ"


def _in_1258(letter: str) -> bytes:
    """Base letters with their own marks composed, tones after them: as Windows writes."""
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        base, *marks = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        own = [mark for mark in marks if mark not in tones]
        return (unicodedata.normalize("NFC", base + "".join(own)) + "".join(tones)).encode("cp1258")


@pytest.mark.django_db
def test_an_encoding_that_gives_no_words_is_refused(text_file: Make) -> None:
    with pytest.raises(Refusal, match="bảng mã"):
        import_papers(text_file("числа;дата\nсемь;вчера и сегодня\n".encode("koi8-r")))
