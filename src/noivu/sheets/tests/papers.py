"""A small template of the tests' own: papers in a register, kept in a table made for the test."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from noivu.core.wording import Text, both
from noivu.sheets.api import Column, ImportContext, Outcome, ParsedRow, Template, applied, quarantined, unchanged

CREATE = """CREATE TABLE sheets_test_paper (number integer PRIMARY KEY, received_on text NOT NULL, issuer text NOT NULL,
summary text NOT NULL, urgent integer NOT NULL)"""
FORBIDDEN_ISSUER = "Nơi không có trong sổ"


def apply(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Upsert by number, set-wise: one SELECT, one executemany."""
    standing = _standing([row["number"] for row in rows])
    outcomes, changed = [], []
    for row in rows:
        values = (row["received_on"].isoformat(), row["issuer"], row["summary"] or "", int(row["urgent"] or False))
        if row["issuer"] == FORBIDDEN_ISSUER:
            outcomes.append(quarantined(Text(vi="Không rõ nơi gửi.", en="Unknown issuer."), "issuer"))
        elif standing.get(row["number"]) == values:
            outcomes.append(unchanged())
        else:
            changed.append((row["number"], *values))
            outcomes.append(applied("sheets.paper", row["number"], {"issuer": row["issuer"]}))
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO sheets_test_paper (number, received_on, issuer, summary, urgent)
            VALUES (%s, %s, %s, %s, %s) ON CONFLICT (number) DO UPDATE SET received_on = excluded.received_on,
            issuer = excluded.issuer, summary = excluded.summary, urgent = excluded.urgent""",
            changed,
        )
    return outcomes


def _standing(numbers: list[int]) -> dict[int, tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, received_on, issuer, summary, urgent FROM sheets_test_paper WHERE number BETWEEN %s AND %s",
            [min(numbers), max(numbers)],
        )
        return {number: tuple(values) for number, *values in cursor.fetchall()}


def papers() -> list[tuple[Any, ...]]:
    """All papers that stand in the register, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, received_on, issuer, summary, urgent FROM sheets_test_paper ORDER BY number")
        return [tuple(row) for row in cursor.fetchall()]


PAPERS = Template(
    name="test-papers",
    label=Text(vi="Sổ giấy tờ", en="Register of papers"),
    columns=(
        Column("number", Text(vi="Số đến", en="Number"), "integer", required=True, is_key=True, example="1"),
        Column("received_on", Text(vi="Ngày đến", en="Received on"), "date", required=True, example="31/10/2024"),
        Column(
            "issuer",
            Text(vi="Nơi gửi", en="Issuer"),
            required=True,
            example="Bộ Nội vụ",
            also_called=("Cơ quan ban hành", "Tên cơ quan"),
        ),
        Column("summary", Text(vi="Trích yếu", en="Summary"), example="Về việc báo cáo"),
        Column("urgent", Text(vi="Khẩn", en="Urgent"), "boolean"),
        Column("dated", Text(vi="Ngày văn bản", en="Dated"), "partial_date"),
        Column(
            "kind",
            Text(vi="Loại", en="Kind"),
            "choice",
            choices={"letter": Text(vi="Công văn", en="Letter"), "decision": Text(vi="Quyết định", en="Decision")},
        ),
        Column("symbol", both("Ký hiệu"), also_called=("Số, ký hiệu",)),
    ),
    apply=apply,
    verb="sheets.import",
)
HEADS = ["number", "received_on", "issuer", "summary", "urgent"]
GOOD = [7, date(2024, 10, 31), "Bộ Nội vụ", "Về việc báo cáo", "x"]
