"""Foreign heads: title rows, merged heads, Vietnamese names, column numbers."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from noivu.core.refusals import Refusal
from noivu.sheets.planning import Source, propose
from noivu.sheets.tests.conftest import counts, import_papers
from noivu.sheets.tests.papers import PAPERS, papers

pytestmark = [pytest.mark.usefixtures("register")]
Make = Callable[..., Path]
TITLE = [["UBND TỈNH NGHỆ AN"], ["SỔ VĂN BẢN ĐẾN NĂM 2024"], []]


def test_title_rows_above_and_vietnamese_heads_are_understood(workbook: Make) -> None:
    rows = [*TITLE, ["SỐ ĐẾN", "Ngày  đến", "Cơ quan ban hành", "Trich yeu"], [7, "31/10/2024", "Bộ Nội vụ", "a"]]
    assert counts(import_papers(workbook(rows))) == (1, 1, 0, 0)


def test_a_row_of_column_numbers_is_no_data(workbook: Make) -> None:
    rows = [["Số đến", "Ngày đến", "Nơi gửi"], ["(1)", "(2)", "(3)"], [7, "31/10/2024", "Bộ Nội vụ"]]
    assert counts(import_papers(workbook(rows))) == (1, 1, 0, 0)


def test_a_first_row_of_small_numbers_is_data(workbook: Make) -> None:
    rows = [["Số đến", "Ngày đến", "Nơi gửi"], [1, "31/10/2024", "Bộ Nội vụ"]]
    assert counts(import_papers(workbook(rows))) == (1, 1, 0, 0)


def test_merged_heads_of_two_rows_are_understood(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [["Đến", None, "Văn bản", None], ["Số đến", "Ngày đến", "Nơi gửi", "Trích yếu"], [7, "31/10/2024", "A", "b"]]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:D1")
    book.save(tmp_path / "so.xlsx")
    assert counts(import_papers(tmp_path / "so.xlsx")) == (1, 1, 0, 0)


def test_a_head_that_spans_two_rows_and_parts_of_another_are_understood_together(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["Số đến", "Ngày", None, "Nơi gửi"], [None, "đến", "ký", None], [7, "31/10/2024", "1", "A"]]:
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("D1:D2")
    book.save(tmp_path / "so.xlsx")
    assert counts(import_papers(tmp_path / "so.xlsx")) == (1, 1, 0, 0)
    assert papers()[0][2] == "A"


def test_missing_columns_are_named_with_what_might_be_meant(workbook: Make) -> None:
    with pytest.raises(Refusal) as refused:
        import_papers(workbook([["Số đến", "Ngày nhận đến", "Nơi gửi"], [7, "31/10/2024", "A"]]))
    text = refused.value.text()
    assert "Ngày đến (received_on)" in text.vi
    assert '"Ngày nhận đến": received_on' in text.en
    assert refused.value.where == "1"


def test_a_proposal_shows_heads_suggestions_and_first_rows(workbook: Make) -> None:
    path = workbook([["Số đến", "Ngày nhận đến", "Nơi gửi"], [7, "31/10/2024", "A"]])
    proposal = propose(PAPERS, Source(path))
    assert dict(proposal.keys) == {0: "number", 2: "issuer"}
    assert dict(proposal.suggested) == {1: "received_on"}
    assert len(proposal.rows) == 1


def test_heads_that_only_share_a_word_are_not_proposed(workbook: Make) -> None:
    path = workbook([["STT sổ", "Đến hôm", "Ai"], [7, "31/10/2024", "A"]])
    assert dict(propose(PAPERS, Source(path)).suggested) == {}


def test_columns_of_no_use_are_named(workbook: Make) -> None:
    rows = [["Số đến", "Ngày đến", "Nơi gửi", "Tủ hồ sơ"], [7, "31/10/2024", "A", "T3"]]
    assert "Tủ hồ sơ" in import_papers(workbook(rows)).notes[0]["vi"]


def test_a_file_without_any_heads_is_refused(workbook: Make) -> None:
    with pytest.raises(Refusal, match="tiêu đề"):
        import_papers(workbook([["một mình"]]))
