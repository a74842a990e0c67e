"""The database refuses, whoever asks: through raw SQL, on both databases."""

import pytest
from django.db import DatabaseError, connection, transaction

from noivu.audit.api import erase_payload, number_entries, record, record_bulk
from noivu.audit.models import Entry, Leaf, Payload, RowChunk, Unnumbered
from noivu.audit.services import record_reading
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal

pytestmark = pytest.mark.django_db
TABLES = {
    "audit_entry": "action",
    "audit_payload": "content",
    "audit_rowchunk": "first",
    "audit_rowplace": "position",
    "audit_leaf": "entry_id",
    "audit_readline": "purpose",
}


@pytest.fixture
def log(an: Actor) -> Entry:
    entry = record(actor=an, action="test.change", thing=("a", 1), after={"name": "Nguyễn Văn Ẩn Danh"})
    record_bulk(actor=an, action="test.load", label="Nạp", rows=[("a", 2, {"name": "x"})])
    record_reading(an, "a", [1, 2], "Xem hồ sơ")
    number_entries()
    return entry


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(("table", "column"), TABLES.items())
def test_no_row_of_the_log_is_changed(log: Entry, table: str, column: str) -> None:
    with pytest.raises(DatabaseError, match=table):
        execute(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_the_log_is_deleted(log: Entry, table: str) -> None:
    with pytest.raises(DatabaseError, match=table):
        execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", [*TABLES, "audit_checkpoint", "audit_unnumbered"])
def test_no_table_of_the_log_is_emptied(log: Entry, table: str) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match=table):
        execute(f"TRUNCATE {table} CASCADE")


def test_no_entry_leaves_the_queue_without_a_number(an: Actor) -> None:
    record(actor=an, action="test.change", thing=("a", 1))
    with pytest.raises(DatabaseError, match="audit_unnumbered"):
        execute("DELETE FROM audit_unnumbered")
    assert Unnumbered.objects.count() == 1


def test_no_number_is_skipped(log: Entry, an: Actor) -> None:
    entry = record(actor=an, action="test.change", thing=("a", 1))
    with pytest.raises(DatabaseError, match="audit_leaf"), transaction.atomic():
        Leaf.objects.create(number=9, entry=entry, leaf_hash=b"", subtree_hash=b"")


def test_a_payload_is_erased_by_an_entry_that_says_why(log: Entry, an: Actor) -> None:
    erasure = erase_payload(actor=an, entry=log, reason="Hết thời hạn lưu", instrument="13/2023/NĐ-CP")
    assert (erasure.object_kind, erasure.object_id) == ("audit.entry", str(log.pk))
    assert not Payload.objects.filter(entry=log).exists()
    assert Payload.objects.filter(entry=erasure).exists()


def test_a_bulk_payload_is_erased_with_its_rows(log: Entry, an: Actor) -> None:
    bulk = Entry.objects.get(rows_count=1)
    erase_payload(actor=an, entry=bulk, reason="Hết thời hạn lưu", instrument="13/2023/NĐ-CP")
    assert not RowChunk.objects.exists()


def test_it_refuses_an_erasure_without_ground_or_twice(log: Entry, an: Actor) -> None:
    with pytest.raises(Refusal, match="căn cứ"):
        erase_payload(actor=an, entry=log, reason="Hết thời hạn lưu", instrument=" ")
    erase_payload(actor=an, entry=log, reason="Hết thời hạn lưu", instrument="13/2023/NĐ-CP")
    with pytest.raises(Refusal, match="đã xóa"):
        erase_payload(actor=an, entry=log, reason="Hết thời hạn lưu", instrument="13/2023/NĐ-CP")


def test_an_erasure_opens_no_other_payload(log: Entry, an: Actor) -> None:
    erase_payload(actor=an, entry=log, reason="Hết thời hạn lưu", instrument="13/2023/NĐ-CP")
    with pytest.raises(DatabaseError, match="audit_payload"):
        execute("DELETE FROM audit_payload")
