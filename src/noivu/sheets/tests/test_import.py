"""Importing: what is applied, unchanged, kept aside; all in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from noivu.audit.models import Entry
from noivu.core.actors import SYSTEM
from noivu.sheets.api import ImportContext, Outcome, ParsedRow, Source, import_file
from noivu.sheets.models import Batch, QuarantinedRow
from noivu.sheets.reading.parent import RawRow
from noivu.sheets.rows import Kept, RowParser
from noivu.sheets.tests.conftest import counts, import_papers, kept
from noivu.sheets.tests.papers import FORBIDDEN_ISSUER, GOOD, HEADS, PAPERS, papers

pytestmark = [pytest.mark.usefixtures("register")]
Make = Callable[..., Path]


def test_it_applies_a_good_row(workbook: Make) -> None:
    batch = import_papers(workbook([HEADS, GOOD]))
    assert counts(batch) == (1, 1, 0, 0)
    assert papers() == [(7, "2024-10-31", "Bộ Nội vụ", "Về việc báo cáo", 1)]


def test_the_same_file_again_changes_nothing(workbook: Make) -> None:
    path = workbook([HEADS, GOOD])
    import_papers(path)
    assert counts(import_papers(path)) == (1, 0, 1, 0)


def test_a_trial_counts_the_same_and_leaves_the_register(workbook: Make) -> None:
    path = workbook([HEADS, GOOD, [8, "31/02/2024", "Bộ Nội vụ"]])
    trial = import_papers(path, dry_run=True)
    assert (counts(trial), trial.state, papers()) == ((2, 1, 0, 1), Batch.TRIED, [])
    assert [number for number, _, _ in kept(trial)] == [3]
    assert counts(import_papers(path)) == counts(trial)


def test_a_row_with_a_bad_date_is_kept_with_its_number_column_and_reason(workbook: Make) -> None:
    batch = import_papers(workbook([HEADS, GOOD, [8, "31/02/2024", "Bộ Nội vụ"]]))
    [(number, column, reason)] = kept(batch)
    assert (number, column) == (3, "received_on")
    assert "tháng 02/2024 có 29 ngày" in reason.vi
    assert "February 2024 has 29 days" in reason.en
    assert QuarantinedRow.objects.get().cells == ["8", "31/02/2024", "Bộ Nội vụ"]


def test_all_that_is_wrong_with_a_row_is_said_at_once(workbook: Make) -> None:
    [(_, column, reason)] = kept(import_papers(workbook([HEADS, ["x", "hôm qua", None]])))
    assert column == "number"
    assert [part in reason.vi for part in ("số nguyên", "không phải ngày", "Thiếu nơi gửi")] == [True] * 3


def test_the_second_of_two_rows_with_one_key_is_kept_and_names_the_first(workbook: Make) -> None:
    batch = import_papers(workbook([HEADS, GOOD, [8, *GOOD[1:]], GOOD]))
    [(number, column, reason)] = kept(batch)
    assert (counts(batch), number, column) == ((3, 2, 0, 1), 4, "number")
    assert "dòng 2" in reason.vi


def test_of_two_rows_with_one_key_the_second_says_nothing_of_what_became_of_the_first(workbook: Make) -> None:
    batch = import_papers(workbook([HEADS, [7, GOOD[1], FORBIDDEN_ISSUER], GOOD]))
    assert [number for number, _, _ in kept(batch)] == [2, 3]
    assert "nhập" not in kept(batch)[1][2].vi


def test_a_row_the_room_refuses_is_kept_with_the_rooms_reason(workbook: Make) -> None:
    [(number, column, reason)] = kept(import_papers(workbook([HEADS, [7, GOOD[1], FORBIDDEN_ISSUER]])))
    assert (number, column, reason.en) == (2, "issuer", "Unknown issuer.")


def test_a_batch_and_its_rows_are_one_entry_of_the_log(workbook: Make) -> None:
    import_papers(workbook([HEADS, *([n, date(2024, 10, 1), "Bộ Nội vụ"] for n in range(1, 6))]))
    entry = Entry.objects.get(action="sheets.import")
    assert entry.rows_count == 5


def test_a_trial_writes_no_import_into_the_log(workbook: Make) -> None:
    import_papers(workbook([HEADS, GOOD]), dry_run=True)
    assert [entry.action for entry in Entry.objects.all()] == ["sheets.try"]


def test_decomposed_unicode_is_stored_composed(text_file: Make) -> None:
    import unicodedata

    decomposed = unicodedata.normalize("NFD", "number,received_on,issuer\n7,31/10/2024,Ủy ban nhân dân tỉnh Nghệ An\n")
    import_papers(text_file(decomposed))
    assert papers()[0][2] == "Ủy ban nhân dân tỉnh Nghệ An"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("có", 1), ("x", 1), ("X", 1), ("yes", 1), ("1", 1), ("không", 0), ("no", 0), ("0", 0), ("", 0)],
)
def test_booleans_in_every_form(text_file: Make, typed: str, stored: int) -> None:
    import_papers(text_file(f"number,received_on,issuer,urgent\n7,31/10/2024,Bộ Nội vụ,{typed}\n"))
    assert papers()[0][4] == stored


@pytest.mark.parametrize("typed", ["1.234", "1,234", "1 234", "1234", "01234"])
def test_whole_numbers_with_or_without_groups(text_file: Make, typed: str) -> None:
    import_papers(text_file(f"number;received_on;issuer\n{typed};31/10/2024;Bộ Nội vụ\n"))
    assert papers()[0][0] == 1234


@pytest.mark.parametrize(
    ("column", "typed", "said"),
    [
        ("kind", "Công vắn bản", "không có trong danh mục"),
        ("urgent", "có lẽ", "không phải có hoặc không"),
        ("dated", "13/2024", "không có tháng 13"),
        ("number", "bảy", "không phải số nguyên"),
        ("received_on", "45596", "không phải ngày"),
    ],
)
def test_a_wrong_type_says_what_is_right(text_file: Make, column: str, typed: str, said: str) -> None:
    row = {"number": "7", "received_on": "31/10/2024", "issuer": "Bộ Nội vụ", column: typed}
    batch = import_papers(text_file(";".join(row) + "\n" + ";".join(row.values()) + "\n"))
    [(number, found, reason)] = kept(batch)
    assert (number, found) == (2, column)
    assert said in reason.vi
    assert reason.en
    assert papers() == []


@pytest.mark.parametrize("typed", ["9" * 5_000, "9" * 19, "1." + "000." * 1_700 + "000", 10**300])
def test_a_number_of_very_many_digits_is_kept_aside_alone(
    workbook: Make, text_file: Callable[..., Path], typed: object
) -> None:
    if isinstance(typed, str):
        path = text_file(f"number;received_on;issuer\n{typed};31/10/2024;A\n8;31/10/2024;A\n")
    else:
        path = workbook([HEADS, [typed, *GOOD[1:]], [8, *GOOD[1:]]])
    batch = import_papers(path)
    assert (counts(batch), [column for _, column, _ in kept(batch)]) == ((2, 1, 0, 1), ["number"])


def test_leading_zeros_do_not_count_as_digits(text_file: Make) -> None:
    import_papers(text_file(f"number;received_on;issuer\n{'0' * 5_000}7;31/10/2024;A\n"))
    assert papers()[0][0] == 7


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_cell_with_the_character_nul_is_kept_aside_with_its_sign(text_file: Make, place: int) -> None:
    cells = ["8", "31/10/2024", "Bộ Nội vụ", "Về việc"]
    cells[place] += "\x00"
    batch = import_papers(
        text_file(f"number,received_on,issuer,summary\n7,31/10/2024,A,\n{'.' * 300_000}\n{','.join(cells)}\n")
    )
    assert batch.applied == 1
    row = QuarantinedRow.objects.get(batch=batch, number=4)
    assert (row.column, row.cells[place]) == (HEADS[place], cells[place].replace("\x00", "␀"))
    assert "không đọc được" in row.reason.vi


def test_a_head_with_the_character_nul_hinders_nothing(text_file: Make) -> None:
    batch = import_papers(text_file(f"number,received_on,issuer,{'x' * 300_000}\x00\n7,31/10/2024,A,\n"))
    assert (batch.applied, batch.heads[3][-1]) == (1, "␀")


def test_a_number_where_a_date_belongs_says_that_the_format_is_lost(workbook: Make) -> None:
    [(_, _, reason)] = kept(import_papers(workbook([HEADS, [7, 45596, "Bộ Nội vụ"]])))
    assert "số 45596" in reason.vi


def test_a_key_that_excel_turned_into_a_date_is_not_taken(workbook: Make) -> None:
    [(_, column, _)] = kept(import_papers(workbook([HEADS, [date(2024, 10, 5), GOOD[1], "Bộ Nội vụ"]])))
    assert column == "number"


@pytest.mark.parametrize("dry_run", [True, False])
def test_rows_are_read_and_typed_before_the_transaction_that_writes(
    text_file: Make, monkeypatch: pytest.MonkeyPatch, dry_run: bool
) -> None:
    """On the embedded database that transaction shuts out every other writer."""
    outside = len(connection.savepoint_ids)
    depths: dict[str, set[int]] = {"typed": set(), "applied": set()}
    parse, apply = RowParser.parse, PAPERS.apply

    def typing(parser: RowParser, row: RawRow) -> ParsedRow | Kept:
        depths["typed"].add(len(connection.savepoint_ids) - outside)
        return parse(parser, row)

    def applying(rows: Sequence[ParsedRow], context: ImportContext) -> Sequence[Outcome]:
        depths["applied"].add(len(connection.savepoint_ids) - outside)
        return apply(rows, context)

    monkeypatch.setattr(RowParser, "parse", typing)
    monkeypatch.setattr("noivu.sheets.importing.CHUNK_ROWS", 3)
    rows = "".join(f"{n},31/10/2024,Bộ Nội vụ\n" for n in range(10))
    source = Source(text_file("number,received_on,issuer\n" + rows))
    batch = import_file(actor=SYSTEM, template=replace(PAPERS, apply=applying), source=source, dry_run=dry_run)
    assert (batch.applied, depths["typed"], 0 in depths["applied"]) == (10, {0}, False)


def test_counts_balance_over_several_chunks(text_file: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noivu.sheets.importing.CHUNK_ROWS", 3)
    rows = "".join(f"{n % 8},{'31/02/2024' if n == 2 else '31/10/2024'},Bộ Nội vụ\n" for n in range(10))
    batch = import_papers(text_file("number,received_on,issuer\n" + rows))
    assert counts(batch) == (10, 7, 0, 3)
    assert [number for number, _, _ in kept(batch)] == [4, 10, 11]
