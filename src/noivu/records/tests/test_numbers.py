import pytest
from hypothesis import given
from hypothesis import strategies as st

from noivu.core.refusals import Refusal
from noivu.records.document_kinds import document_kinds, kind_code, kind_label
from noivu.records.numbers import (
    RegisterNumber,
    Symbol,
    read_register_number,
    read_symbol,
    symbol_key,
)

# Nghị định 30/2020/NĐ-CP, Phụ lục I: the published examples.
SYMBOLS = [
    ("1015/QĐ-TTg", Symbol(1015, "QĐ-TTg")),
    ("Số: 05/BC-SNV", Symbol(5, "BC-SNV")),
    ("5 / BC-SNV", Symbol(5, "BC-SNV")),
    ("30/2020/NĐ-CP", Symbol(30, "2020/NĐ-CP")),
    ("12a/TB-VP", Symbol(12, "TB-VP", "a")),
    ("6126/BNV-VP", Symbol(6126, "BNV-VP")),
]
ABBREVIATIONS = [
    "NQ",
    "QĐ",
    "CT",
    "QC",
    "QyĐ",
    "TC",
    "TB",
    "HD",
    "CTr",
    "KH",
    "PA",
    "ĐA",
    "DA",
    "BC",
    "BB",
    "TTr",
    "HĐ",
    "CĐ",
    "BGN",
    "BTT",
    "GUQ",
    "GM",
    "GGT",
    "GNP",
    "PG",
    "PC",
    "PB",
]


@pytest.mark.parametrize(("written", "symbol"), SYMBOLS)
def test_it_reads_a_symbol_in_the_ways_it_is_typed(written: str, symbol: Symbol) -> None:
    assert read_symbol(written) == symbol


def test_a_symbol_of_another_form_is_not_read() -> None:
    assert read_symbol("Đơn của công dân") is None
    assert read_symbol("") is None


@given(
    number=st.integers(1, 99999),
    notation=st.sampled_from(["BC-SNV", "QĐ-TTg", "2020/NĐ-CP"]),
    suffix=st.sampled_from(["", "a", "b"]),
)
def test_what_is_written_is_read_back(number: int, notation: str, suffix: str) -> None:
    symbol = Symbol(number, notation, suffix)
    assert read_symbol(str(symbol)) == symbol


def test_one_document_has_one_key_however_it_is_typed() -> None:
    assert symbol_key("Số: 05/BC-SNV") == symbol_key("5/bc-snv") == symbol_key("5 / BC-SNV")
    assert symbol_key("5/BC-SNV") != symbol_key("5a/BC-SNV")


@pytest.mark.parametrize(
    ("typed", "number"), [("12", (12, "")), ("012", (12, "")), ("12a", (12, "a")), (7, (7, "")), ("12 A", (12, "a"))]
)
def test_it_reads_a_register_number(typed: str | int, number: tuple[int, str]) -> None:
    assert read_register_number(typed) == RegisterNumber(*number)


@pytest.mark.parametrize("typed", ["", "0", "abc", "12/3", "-4", "1e5x9"])
def test_it_refuses_what_is_not_a_register_number(typed: str) -> None:
    with pytest.raises(Refusal):
        read_register_number(typed)


def test_the_table_has_the_29_types_of_the_decree_with_their_abbreviations() -> None:
    administrative = [kind for kind in document_kinds() if kind.is_administrative]
    assert len(administrative) == 29
    assert [kind.abbreviation for kind in administrative if kind.abbreviation] == ABBREVIATIONS
    assert {kind.code for kind in administrative if not kind.abbreviation} == {"cong-van", "thu-cong"}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Quyết định", "quyet-dinh"),
        ("QĐ", "quyet-dinh"),
        ("quyết  định", "quyet-dinh"),
        ("QyĐ", "quy-dinh"),
        ("CV", "cong-van"),
        ("công văn", "cong-van"),
        ("CĐ", "cong-dien"),
        ("ĐA", "de-an"),
        ("DA", "du-an"),
        ("Thư mời họp", "Thư mời họp"),
    ],
)
def test_a_type_is_known_by_name_or_abbreviation_and_else_kept_as_written(written: str, code: str) -> None:
    assert kind_code(written) == code


def test_a_type_without_entry_is_its_own_name() -> None:
    assert kind_label("quyet-dinh").en == "Decision"
    assert kind_label("Thư mời họp").vi == "Thư mời họp"
