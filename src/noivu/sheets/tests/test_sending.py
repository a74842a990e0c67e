"""Tables that leave by a page."""

from pathlib import Path

import pytest

from noivu.sheets.api import XLSX, OutColumn, table_file, write_csv


@pytest.mark.django_db  # an answer that is closed ends a request, which looks at the connection
def test_a_table_is_sent_under_its_name_and_kind_and_leaves_no_file_behind() -> None:
    answer = table_file("so-den.csv", lambda stream: write_csv([OutColumn("Số")], [[5]], stream))
    written = Path(answer.file_to_stream.name)  # type: ignore[union-attr]  # there is one before it is sent
    assert answer["Content-Type"] == "text/csv"
    assert answer["Content-Disposition"] == 'attachment; filename="so-den.csv"'
    assert b"5" in b"".join(answer)
    answer.close()
    assert not written.exists()
    assert table_file("so-den.xlsx", lambda stream: stream.write(b"PK"))["Content-Type"] == XLSX
