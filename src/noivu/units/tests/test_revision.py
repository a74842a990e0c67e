"""Within one request all trees are of one revision, asked for once; a change made in it is seen."""

from datetime import date
from typing import Any

import pytest

from noivu.core.actors import SYSTEM
from noivu.units.api import one_revision, rename_unit, tree
from noivu.units.testing import Sector, an_instrument

TODAY = date(2024, 11, 1)
pytestmark = pytest.mark.django_db


def test_a_request_asks_once_for_all_its_trees(sector: Sector, django_assert_num_queries: Any) -> None:
    tree(TODAY)
    with one_revision(), django_assert_num_queries(1):
        assert tree(TODAY) is tree(TODAY)


def test_outside_a_request_every_tree_asks(sector: Sector, django_assert_num_queries: Any) -> None:
    tree(TODAY)
    with django_assert_num_queries(2):
        assert tree(TODAY) is tree(TODAY)


def test_a_change_within_the_request_is_seen(sector: Sector) -> None:
    with one_revision():
        before = tree(TODAY)
        rename_unit(
            actor=SYSTEM, unit=sector.archives, name="Cục Lưu trữ", on=date(2024, 10, 1), instrument=an_instrument()
        )
        after = tree(TODAY)
    assert before is not after
    assert [tree_.node(sector.archives.pk).name for tree_ in (before, after)] == [  # type: ignore[union-attr]  # both hold it
        "Cục Văn thư và Lưu trữ nhà nước",
        "Cục Lưu trữ",
    ]
