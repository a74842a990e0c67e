"""Parameters: the file that is right is read, the file that is wrong is refused with its place."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from noivu.core.refusals import Refusal
from noivu.law.parameter_files import ParameterFiles, read_files
from noivu.law.parameters import parameter
from noivu.law.reference import BrokenReferenceError

GOOD = """
- code: test.rate
  label: {vi: tỷ lệ, en: rate}
  unit: {vi: lần, en: times}
  type: decimal
  values:
    - {from: 2024-01-01, to: 2024-07-01, value: "0.5", instrument: 1/NĐ-CP, article: Điều 1, mark: read}
    - {from: 2024-07-01, value: "0.75", instrument: 2/NĐ-CP, article: Điều 2, mark: memory}
"""


def read(tmp_path: Path, content: str) -> ParameterFiles:
    file = tmp_path / "room" / "parameters" / "test.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(content, encoding="utf-8")
    return read_files([file])


def test_values_are_exact_and_dated(tmp_path: Path) -> None:
    definition = read(tmp_path, GOOD).definitions["test.rate"]

    held = {
        day: next((value.value for value in definition.values if value.holds_on(day)), None)
        for day in (date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 1))
    }
    assert list(held.values()) == [None, Decimal("0.5"), Decimal("0.5"), Decimal("0.75")]
    assert definition.room == "room"


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('"0.5"', "0.5", "binary float"),
        ('"0.5"', '"half"', "not of type decimal"),
        ("to: 2024-07-01", "to: 2024-07-02", "two values at once from 2024-07-01"),
        ("to: 2024-07-01", "to: 2024-01-01", "ends on 2024-01-01"),
        ("from: 2024-01-01", "from: 01/2024", "is not a date"),
        ("instrument: 1/NĐ-CP, article: Điều 1, ", "", "names its instrument and article"),
        ("mark: read", "mark: heard", "mark is one of"),
        ("mark: read", "mark: read, colour: red", "unknown keys colour"),
        ("type: decimal", "type: money", "type is one of"),
        ("{vi: tỷ lệ, en: rate}", "{vi: tỷ lệ}", "wording in vi and en"),
        ("  type: decimal\n", "", "lacks type"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, was: str, becomes: str, complaint: str) -> None:
    assert was in GOOD

    with pytest.raises(BrokenReferenceError, match=complaint) as refused:
        read(tmp_path, GOOD.replace(was, becomes))

    assert "room/parameters/test.yaml" in str(refused.value)


NUMBERS = """
- code: test.scale
  label: {vi: thang điểm, en: scale}
  unit: {vi: điểm, en: points}
  type: numbers
  parts: {from: {vi: mốc, en: base}, each: {vi: thêm, en: more}}
  values:
    - {from: 2024-01-01, value: {from: 16_000, each: "0.5"}, instrument: 1/NĐ-CP, article: Điều 1, mark: read}
"""


def test_numbers_are_exact_each_under_its_part(tmp_path: Path) -> None:
    definition = read(tmp_path, NUMBERS).definitions["test.scale"]

    assert definition.values[0].value == {"from": Decimal(16_000), "each": Decimal("0.5")}
    assert definition.parts["from"].vi == "mốc"


@pytest.mark.parametrize("becomes", ["{to: 1}", "{}", "16", "{each: half}", '{each: "NaN"}'])
def test_numbers_of_other_parts_are_refused(tmp_path: Path, becomes: str) -> None:
    with pytest.raises(BrokenReferenceError, match="not of type numbers"):
        read(tmp_path, NUMBERS.replace('{from: 16_000, each: "0.5"}', becomes))


def test_a_code_declared_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenReferenceError, match="declared twice"):
        read(tmp_path, GOOD + GOOD)


@pytest.mark.django_db
def test_an_expired_parameter_says_when_it_ceased(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = read(tmp_path, GOOD.replace("from: 2024-07-01", "from: 2024-07-01, to: 2025-01-01"))
    monkeypatch.setattr("noivu.law.parameters.parameter_files", lambda: files)

    with pytest.raises(Refusal, match="01/01/2025"):
        parameter("test.rate", date(2025, 1, 1))


@pytest.mark.django_db
def test_a_parameter_answers_with_its_source() -> None:
    found = parameter("deadline.report_to_government", date(2024, 10, 31))

    assert (found.integer, found.instrument, found.article) == (25, "09/2019/NĐ-CP", "Điều 13")
    assert not found.own


@pytest.mark.django_db
def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(Refusal, match=r"nothing\.here"):
        parameter("nothing.here", date(2024, 10, 31))
