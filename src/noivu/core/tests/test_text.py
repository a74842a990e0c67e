"""Vietnamese text: storage form, search key, order, tone placement."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from noivu.core.text import collation_key, fold, nfc, one_tone_placement

vietnamese = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộ ’-", max_size=30)


def test_search_does_not_need_accents() -> None:
    assert fold("Đề nghị Hướng dẫn") == "de nghi huong dan"
    assert fold("QUẬN Đống Đa") == "quan dong da"
    assert fold("Ea H’leo") == fold("Ea H'leo") == fold("ea hʼLeo")
    assert fold("Công  chức –\u00a0Viên chức") == fold("cong chuc - vien chuc")


def test_tone_placement_does_not_matter_for_search() -> None:
    assert fold("Khánh Hoà") == fold("Khánh Hòa") == "khanh hoa"


def test_composed_and_decomposed_are_one() -> None:
    for name in ("Thừa Thiên Huế", "Đắk Lắk", "Bà Rịa – Vũng Tàu"):
        assert nfc(unicodedata.normalize("NFD", name)) == nfc(name)
        assert fold(unicodedata.normalize("NFD", name)) == fold(name)


def test_the_tone_moves_to_its_place_but_not_after_q() -> None:
    assert one_tone_placement("Hoà Bình, thuỷ lợi, khoẻ") == "Hòa Bình, thủy lợi, khỏe"
    assert one_tone_placement("quý hoá quá, Hoàng Hoá, toàn") == "quý hóa quá, Hoàng Hóa, toàn"


def test_the_order_is_the_dictionary_order() -> None:
    words = ["ba", "bà", "bả", "bã", "bá", "bạ", "băn", "bân", "da", "đa", "ma", "na", "xa"]
    assert sorted(set(words), key=collation_key) == words
    assert sorted(["Đà Nẵng", "Đắk Lắk", "Cần Thơ", "An Giang", "Điện Biên"], key=collation_key) == [
        "An Giang",
        "Cần Thơ",
        "Đà Nẵng",
        "Đắk Lắk",
        "Điện Biên",
    ]


@given(vietnamese)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_folding_does_not_see_the_unicode_form_or_case(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(text.upper())


@given(vietnamese)
def test_the_stored_form_is_stable(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert one_tone_placement(one_tone_placement(text)) == one_tone_placement(text)


@given(vietnamese, vietnamese)
def test_the_order_agrees_with_itself_whatever_the_case(one: str, other: str) -> None:
    assert (collation_key(one) < collation_key(other)) == (collation_key(one.upper()) < collation_key(other.upper()))
