"""Bulk insertion and constraints, on whichever database the suite runs."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from noivu.core.bulk import as_json, insert_rows, much_written
from noivu.core.constraints import PerVendor, append_only, no_overlap
from noivu.core.querysets import among


class Fact(models.Model):
    unit_id = models.IntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "core_tests"
        db_table = "core_tests_fact"


def _run(operation: PerVendor) -> None:
    with connection.schema_editor() as editor:
        operation.code(None, editor)  # type: ignore[arg-type]  # the operation looks at the editor alone


@pytest.fixture
def facts(transactional_db: None) -> Iterator[type[Fact]]:
    with connection.schema_editor() as editor:
        editor.create_model(Fact)
    yield Fact
    with connection.schema_editor() as editor:
        editor.delete_model(Fact)


def test_rows_go_in_by_thousands(facts: type[Fact]) -> None:
    rows = [(n, date(2024, 1, 1), None) for n in range(12_000)]
    assert insert_rows(Fact, ["unit_id", "starts_on", "ends_on"], rows) == 12_000
    assert Fact.objects.count() == 12_000
    assert Fact.objects.get(unit_id=7).starts_on == date(2024, 1, 1)


def test_overlapping_facts_are_refused_by_the_database(facts: type[Fact]) -> None:
    _run(no_overlap("core_tests_fact", ["unit_id"]))
    Fact.objects.create(unit_id=1, starts_on=date(2024, 1, 1), ends_on=date(2025, 7, 1))
    Fact.objects.create(unit_id=1, starts_on=date(2025, 7, 1))
    Fact.objects.create(unit_id=2, starts_on=date(2024, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.create(unit_id=1, starts_on=date(2024, 6, 1), ends_on=date(2024, 7, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.filter(starts_on=date(2025, 7, 1)).update(starts_on=date(2025, 6, 30))


def test_append_only_rows_stay_as_they_are(facts: type[Fact]) -> None:
    _run(append_only("core_tests_fact"))
    fact = Fact.objects.create(unit_id=1, starts_on=date(2024, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.filter(pk=fact.pk).update(unit_id=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.all().delete()
    assert Fact.objects.get().unit_id == 1
    operation: Any = append_only("core_tests_fact")
    with connection.schema_editor() as editor:
        operation.reverse_code(None, editor)


@pytest.mark.django_db
def test_any_number_of_ids_is_one_value_of_a_statement() -> None:
    groups = [Group.objects.create(name=f"nhóm {n}").pk for n in range(5)]
    everything = [*groups[1:3], *range(10**12, 10**12 + 70_000)]
    with CaptureQueriesContext(connection) as statements:
        assert set(Group.objects.filter(among("pk", everything)).values_list("pk", flat=True)) == set(groups[1:3])
    assert len(statements) == 1
    assert set(Group.objects.exclude(among("pk", groups[1:])).values_list("pk", flat=True)) >= {groups[0]}
    assert not Group.objects.filter(among("pk", [])).exists()


@pytest.mark.django_db
def test_ids_are_asked_of_a_foreign_key_too_and_rows_are_changed_by_them() -> None:
    kind = ContentType.objects.get_for_model(Group)
    permission = Permission.objects.create(content_type=kind, codename="xem", name="Xem")
    found = Permission.objects.filter(among("content_type", [kind.pk]), codename="xem")
    assert list(found) == [permission]
    assert found.update(name="Xem sổ") == 1


@pytest.mark.django_db
def test_an_act_that_writes_much_has_room_in_memory_and_gives_it_back() -> None:
    before, seen = _pages(), []

    def breaks() -> None:
        with much_written():
            seen.append(_pages())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks()
    assert (seen != [before]) is (connection.vendor == "sqlite")
    assert _pages() == before


def _pages() -> int:
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA cache_size").fetchone()[0])


class Said(models.Model):
    what = models.JSONField(null=True)

    class Meta:
        app_label = "core_tests"
        db_table = "core_tests_said"


def test_json_that_rows_share_is_written_once(transactional_db: None) -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Said)
    shared = as_json({"lý do": ["bão"]})
    insert_rows(Said, ["what"], [[shared], [shared], [{"n": 1}], [None]])
    read = list(Said.objects.order_by("pk").values_list("what", flat=True))
    with connection.schema_editor() as editor:
        editor.delete_model(Said)
    assert read == [{"lý do": ["bão"]}, {"lý do": ["bão"]}, {"n": 1}, None]
