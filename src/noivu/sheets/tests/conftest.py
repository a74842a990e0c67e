"""What the tests of imports share: a register to import into, and files as officials bring them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection

from noivu.core.actors import SYSTEM
from noivu.core.wording import Text
from noivu.sheets.api import Batch, ColumnMap, Limits, QuarantinedRow, Source, import_file
from noivu.sheets.tests.papers import CREATE, PAPERS

Rows = list[list[Any]]


@pytest.fixture
def register(db: None) -> Iterator[None]:
    """The table of papers, empty."""
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE sheets_test_paper")


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Makes an .xlsx of rows."""

    def make(rows: Rows, name: str = "so.xlsx") -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    """Makes a text file of these bytes or words."""

    def make(content: str | bytes, name: str = "so.csv", encoding: str = "utf-8") -> Path:
        data = content if isinstance(content, bytes) else content.encode(encoding)
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return make


def import_papers(
    path: Path, *, dry_run: bool = False, column_map: ColumnMap | None = None, limits: Limits | None = None
) -> Batch:
    """Import into the register of papers as the local operator."""
    source = Source(path, column_map=column_map or ColumnMap(), **({"limits": limits} if limits else {}))
    return import_file(actor=SYSTEM, template=PAPERS, source=source, dry_run=dry_run)


def counts(batch: Batch) -> tuple[int, int, int, int]:
    """read, applied, unchanged, quarantined."""
    return batch.read, batch.applied, batch.unchanged, batch.quarantined


def kept(batch: Batch) -> list[tuple[int, str, Text]]:
    """Row, column and reason of each row kept aside."""
    return [(row.number, row.column, row.reason) for row in QuarantinedRow.objects.filter(batch=batch)]
