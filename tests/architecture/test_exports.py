"""Tables leave the product through the writers of `sheets` alone: there no cell is ever run by a spreadsheet."""

import ast

from tests.architecture.house import SOURCE, product_files, syntax

WRITERS = {"sheets/writing.py", "sheets/template_file.py"}
READERS = {"sheets/reading/delimited.py"}
LIBRARIES = {"csv", "xlsxwriter", "openpyxl", "xlwt", "odf", "pandas"}


def test_only_the_writers_of_sheets_write_tables() -> None:
    users = {str(path.relative_to(SOURCE)) for path in product_files() if _libraries(syntax(path)) & LIBRARIES}
    assert users - WRITERS - READERS == set(), "write tables with write_xlsx or write_csv of noivu.sheets.api"
    assert users >= WRITERS | READERS


def test_the_reader_of_delimited_text_writes_none() -> None:
    for name in READERS:
        assert "csv.writer" not in (text := (SOURCE / name).read_text(encoding="utf-8"))
        assert "DictWriter" not in text


def _libraries(module: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found
