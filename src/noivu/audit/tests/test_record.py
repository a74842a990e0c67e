"""Writing an act to the log."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from noivu.audit.api import number_entries, record, record_bulk
from noivu.audit.canonical import canonical, plain
from noivu.audit.chunks import read_chunk
from noivu.audit.leaves import commitment, leaf_hash, row_hash
from noivu.audit.merkle import root_of
from noivu.audit.models import Entry, Leaf, Payload, RowChunk, RowPlace, Unnumbered
from noivu.core.actors import Actor

pytestmark = pytest.mark.django_db
DOCUMENT = ("records.incomingdocument", 7)


def content(entry: Entry) -> dict[str, Any]:
    return dict(json.loads(Payload.objects.get(entry=entry).content))


def test_an_act_says_who_did_what_to_which_thing_and_why(an: Actor) -> None:
    entry = record(
        actor=an, action="test.change", thing=DOCUMENT, after={"due_on": date(2024, 10, 31)}, reason="Gia hạn"
    )
    assert (entry.action, entry.object_kind, entry.object_id) == ("test.change", "records.incomingdocument", "7")
    assert entry.unit_code == "SNV-40"
    assert content(entry) == {
        "actor": {"id": "an", "name": "Trần Khánh An"},
        "after": {"due_on": "2024-10-31"},
        "before": None,
        "instrument": "",
        "reason": "Gia hạn",
    }


def test_the_entry_itself_names_nobody(an: Actor) -> None:
    entry = record(actor=an, action="test.change", thing=DOCUMENT, reason="Trần Khánh An xin nghỉ")
    row = Entry.objects.filter(pk=entry.pk).values().get()
    assert "Khánh" not in str(row)
    assert row["actor_ref"] != "an"
    assert len(row["actor_ref"]) == 32


def test_only_what_changed_is_kept(an: Actor) -> None:
    before = {"summary": "Về biên chế", "due_on": None, "pages": 2}
    after = {"summary": "Về biên chế", "due_on": date(2024, 11, 1), "pages": 3}
    entry = record(actor=an, action="test.change", thing=DOCUMENT, before=before, after=after)
    assert content(entry)["before"] == {"due_on": None, "pages": 2}
    assert content(entry)["after"] == {"due_on": "2024-11-01", "pages": 3}


def test_the_entry_commits_to_its_payload_with_a_salt_of_its_own(an: Actor) -> None:
    first, second = (record(actor=an, action="test.change", thing=DOCUMENT, after={"a": 1}) for _ in range(2))
    payload = Payload.objects.get(entry=first)
    assert first.commitment == commitment(bytes(payload.salt), payload.content.encode())
    assert first.commitment != second.commitment


def test_a_row_is_named_by_its_model_and_key(an: Actor) -> None:
    thing = record(actor=an, action="test.change", thing=DOCUMENT)
    entry = record(actor=an, action="test.change", thing=thing)
    assert (entry.object_kind, entry.object_id) == ("audit.entry", str(thing.pk))


def test_it_refuses_a_thing_that_is_not_saved_yet(an: Actor) -> None:
    with pytest.raises(ValueError, match="no id yet"):
        record(actor=an, action="test.change", thing=Entry())


def test_it_refuses_an_action_that_no_room_declared(an: Actor) -> None:
    with pytest.raises(LookupError, match="not declared"):
        record(actor=an, action="test.unheard_of", thing=DOCUMENT)
    assert not Entry.objects.exists()


def test_an_act_rolled_back_leaves_no_entry(an: Actor) -> None:
    with transaction.atomic():
        record(actor=an, action="test.change", thing=DOCUMENT)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert not Unnumbered.objects.exists()


def test_two_inserts_and_no_other_query(an: Actor, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        record(actor=an, action="test.change", thing=DOCUMENT)


def test_a_bulk_act_is_one_entry_over_the_root_of_its_rows(an: Actor) -> None:
    rows = [("units.unit", n, {"name": f"Xã {n}"}) for n in range(2_345)]
    entry = record_bulk(actor=an, action="test.load", label="Nạp xã", rows=iter(rows))
    salt = bytes(Payload.objects.get(entry=entry).salt)
    kept = [row for chunk in RowChunk.objects.order_by("first") for row in read_chunk(chunk.rows)]
    hashes = (row_hash(salt, n, canonical(row)) for n, row in enumerate(kept))
    assert Entry.objects.count() == 1
    assert entry.rows_count == len(kept) == 2_345
    assert entry.rows_root == root_of(hashes)
    assert kept[2_344] == ["units.unit", "2344", {"name": "Xã 2344"}]
    assert RowPlace.objects.get(object_kind="units.unit", object_id="2344").position == 2_344


def test_a_bulk_act_on_nothing_is_still_an_act(an: Actor) -> None:
    entry = record_bulk(actor=an, action="test.load", label="Nạp tệp rỗng", rows=[])
    assert entry.rows_count == 0
    assert entry.rows_root == root_of([])


def test_waiting_entries_are_numbered_from_zero_in_their_order(an: Actor) -> None:
    entries = [record(actor=an, action="test.change", thing=DOCUMENT, after={"n": n}) for n in range(5)]
    assert number_entries() == 5
    record(actor=an, action="test.change", thing=DOCUMENT)
    assert number_entries() == 1
    assert number_entries() == 0
    leaves = list(Leaf.objects.order_by("number"))
    assert [leaf.number for leaf in leaves] == list(range(6))
    assert [leaf.entry_id for leaf in leaves[:5]] == [entry.pk for entry in entries]
    assert bytes(leaves[0].leaf_hash) == leaf_hash(Entry.objects.get(pk=entries[0].pk))
    assert not Unnumbered.objects.exists()


def test_one_numbering_follows_a_commit_however_many_entries_it_holds(
    an: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        for n in range(20):
            record(actor=an, action="test.change", thing=DOCUMENT, after={"n": n})
    assert len(callbacks) == 1
    assert Leaf.objects.count() == 20


def test_a_savepoint_rolled_back_takes_only_its_own_entries(an: Actor, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        with transaction.atomic():
            record(actor=an, action="test.change", thing=DOCUMENT)
            transaction.set_rollback(True)
        kept = record(actor=an, action="test.change", thing=DOCUMENT)
    assert [leaf.entry_id for leaf in Leaf.objects.all()] == [kept.pk]


def test_plain_values_have_one_form() -> None:
    assert plain({"a": Decimal("1.50"), "b": (1, None), "c": {"y", "x"}}) == {
        "a": "1.50",
        "b": [1, None],
        "c": ["x", "y"],
    }
    with pytest.raises(TypeError, match="float"):
        plain(1.5)


@pytest.mark.django_db(transaction=True)
def test_a_committed_act_has_its_number(an: Actor) -> None:
    with transaction.atomic():
        entry = record(actor=an, action="test.change", thing=DOCUMENT)
        assert not Leaf.objects.exists()
    assert [leaf.entry_id for leaf in Leaf.objects.all()] == [entry.pk]


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_record_outside_a_transaction(an: Actor) -> None:
    with pytest.raises(TransactionManagementError):
        record(actor=an, action="test.change", thing=DOCUMENT)
