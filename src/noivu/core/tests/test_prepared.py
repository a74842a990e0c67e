"""A query that is put into SQL once finds what it would find anew, for every key and whatever else was given."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, QuerySet, Value
from django.db.models.functions import Cast

from noivu.core.prepared import Prepared

pytestmark = pytest.mark.django_db


def of(key: int) -> QuerySet[ContentType]:
    wide = ContentType.objects.annotate(wide=Cast("pk", BigIntegerField())).filter(wide__gte=key)
    return wide.annotate(said=Value(f"type:{key}"), twice=Value(key, BigIntegerField())).order_by("pk")


def told(rows: list[ContentType]) -> list[tuple[object, ...]]:
    return [tuple(getattr(row, name) for name in ("pk", "app_label", "model", "said", "twice")) for row in rows]


def test_each_key_finds_what_its_own_query_finds() -> None:
    prepared = Prepared(of)
    keys = list(ContentType.objects.values_list("pk", flat=True)[:3])
    assert keys
    for key in keys:
        assert told(prepared.rows(key)) == told(list(of(key)))


def test_it_is_made_anew_for_what_else_it_depends_on_and_once_for_the_same() -> None:
    made: list[int] = []

    def counted(key: int) -> QuerySet[ContentType]:
        made.append(key)
        return of(key)

    prepared = Prepared(counted)
    for given in ("one day", "one day", "the next"):
        prepared.rows(1, given)
    assert len(made) == 2
