"""Whatever way a search goes, it finds what reading every document finds."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noivu.accounts.testing import Cast
from noivu.core import access, clock
from noivu.core.access import ASSIGNED
from noivu.core.text import fold
from noivu.records import searching
from noivu.records.api import IncomingDocument, latest_holding, matching, symbol_key
from noivu.records.searching import Sample
from noivu.records.testing import arrives

pytestmark = pytest.mark.django_db
FIELDS = [
    ("Bộ Tài chính", "1234/UBND-NC", "Đề nghị quyết toán kinh phí đơn vị"),
    ("Bộ Tài nguyên và Môi trường", "234/UBND-NC", "Hoà giải đất đai ở xã"),
    ("Sở Nội vụ tỉnh Nghệ An", "05/BC-SNV", "Thủy triều, tuỳ chọn và 100% _ lạ"),
    ("UBND xã Quỳnh Lưu", "1/QĐ", 'Đội ngũ "nháy" đ Đ'),
    ("Sở Tư pháp", "12345/STP-VB", "Kiểm tra văn bản đơn vị sự nghiệp"),
]
WORDS = [
    *("tai", "chinh", "TÀI", "đơn", "don vi", "đ", "D", "hoà", "hòa", "thuỷ", "tuy", "so", "sở", "xa", "1234/ubnd-nc"),
    *("34/UBND-NC", "ubnd", "nc", "5", "05", "1", "12", "bc-snv", "%", "_", '"', "quỳnh", "LUU", "moi truong", "an"),
    *("khong-co", "vien", "u", "tinh nghe an", "'", "*", "9999/ubnd"),
]
queries = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
slowly = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def holds(document: IncomingDocument, query: str) -> bool:
    """The meaning of a query, word by word over the words of the fields."""
    said = [document.issuer, document.symbol, symbol_key(document.symbol), document.summary]
    said.append(str(document.arrival_number))
    words = {word for text in said for word in fold(text).split()}
    words |= {part for word in words for part in re.split(r"[^\w]+", word) if part}
    return all(_is_in(word, words) for word in fold(query).split())


def _is_in(wanted: str, words: set[str]) -> bool:
    if len(wanted) == 1:
        return wanted in words
    return any(word.startswith(wanted) if len(wanted) == 2 else wanted in word for word in words)


@pytest.fixture
def documents(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[IncomingDocument]:
    """In three registers, every third given to another unit or person; two on each day."""
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))
    given_to: list[dict[str, Any]] = [
        {},
        {"assigned_unit_id": cast.chi.unit.pk},
        {"assigned_officer": cast.an.actor.id},
    ]
    units = [cast.an.unit, cast.em.unit, cast.dung.unit]
    return [
        arrives(
            units[n % 3],
            date(2024, 10, 1 + n // 2),
            issuer=issuer,
            symbol=symbol,
            summary=summary,
            **given_to[n // 3 % 3],
        )
        for n, (issuer, symbol, summary) in enumerate(FIELDS * 4)
    ]


def looked_up(patch: pytest.MonkeyPatch) -> dict[str, Any]:
    return {}


def read(patch: pytest.MonkeyPatch) -> dict[str, Any]:
    return {"among": 10}


def as_common(patch: pytest.MonkeyPatch) -> dict[str, Any]:
    patch.setattr(searching, "_GATHERED_AT_MOST", 0)
    return {}


def by_rare_letters(patch: pytest.MonkeyPatch) -> dict[str, Any]:
    patch.setattr(Sample, "is_whole", False)
    patch.setattr(Sample, "rows_like", lambda *asked: 0)
    patch.setattr(searching, "_RARE", 1)
    return {}


@pytest.mark.parametrize("way", [looked_up, read, as_common, by_rare_letters])
@given(query=queries)
@slowly
def test_words_are_found_alike_on_every_way(
    documents: list[IncomingDocument], way: Callable[[pytest.MonkeyPatch], dict[str, Any]], query: str
) -> None:
    searching._read_sample.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        found = matching(IncomingDocument.objects.current(), query, **way(patch))
        assert {document.pk for document in found} == {d.pk for d in documents if holds(d, query)}


WAYS: dict[str, tuple[bool, bool, int, int]] = {
    "small": (True, False, 0, 0),
    "back in time": (False, True, 0, 0),
    "by words": (False, False, 1, 2),
    "by reach": (False, False, 2, 1),
}


@pytest.mark.parametrize("way", WAYS)
@given(query=queries, person=st.sampled_from(["an", "em", "chi", "dung"]), limit=st.integers(1, 20))
@slowly
def test_the_latest_within_reach_are_found_alike_on_every_way(
    documents: list[IncomingDocument], cast: Cast, way: str, query: str, person: str, limit: int
) -> None:
    actor = getattr(cast, person).actor
    is_whole, are_met, like, having = WAYS[way]
    searching._read_sample.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sample, "is_whole", is_whole)
        patch.setattr(Sample, "are_met", lambda *asked: are_met)
        patch.setattr(Sample, "rows_like", lambda *asked: like)
        patch.setattr(Sample, "rows_of", lambda *asked: having)
        rows = IncomingDocument.objects.current()
        found = list(latest_holding(actor, "records.view", rows, query, "arrived_on")[:limit])
    seen = [d for d in documents if holds(d, query) and access.may(actor, "records.view", d)]
    assert found == sorted(seen, key=lambda d: (d.arrived_on, d.pk), reverse=True)[:limit]


@pytest.mark.parametrize("person", ["an", "em", "chi", "dung", "binh"])
def test_reach_by_its_ways_is_reach(documents: list[IncomingDocument], cast: Cast, person: str) -> None:
    actor = getattr(cast, person).actor
    rows = IncomingDocument.objects.current()
    apart = {d.pk for way in access.ways(actor, "records.view", rows) for d in way}
    assert apart == {d.pk for d in access.scope(actor, "records.view", rows, given=True)}
    own = {d.pk for d in access.scope(actor, "records.view", rows)}
    assert own == {d.pk for d in documents if d.unit_id in access.units(actor, "records.view")}
    assert access.ways(None, "records.view", rows) == []


def test_the_way_is_chosen_by_what_a_sample_shows(
    documents: list[IncomingDocument], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_GATHERED_AT_MOST", 5)
    # As many picks as there were keys: which rows stand at the picked ones is not a matter of the tests run before.
    monkeypatch.setattr(searching, "_SAMPLED", max(document.pk for document in documents) + 1)
    searching._read_sample.cache_clear()
    sample = searching._sample("default", IncomingDocument)
    assert not sample.is_whole
    assert sample.last >= len(documents)
    ans = access.units(cast.an.actor, "records.view")
    assert sample.are_met(["don", " vi"], ans)
    assert not sample.are_met(["thuy", "trieu", "khong"], ans)
    assert sample.rows_of(ans) < sample.rows_of(access.units(cast.em.actor, "records.view"))
    searching._read_sample.cache_clear()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server chooses its own plan")
def test_a_narrow_reach_is_not_walked_through_the_registers_of_all(
    documents: list[IncomingDocument], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, answer in {"are_met": False, "rows_like": 2, "rows_of": 1}.items():
        monkeypatch.setattr(Sample, name, lambda *asked, answer=answer: answer)
    monkeypatch.setattr(Sample, "is_whole", False)
    rows = IncomingDocument.objects.current()
    plan = latest_holding(cast.an.actor, "records.view", rows, "đơn vị", "arrived_on")[:8].explain()
    for index in ("records_in_of_unit", "records_in_assigned", "records_in_of_officer"):
        assert index in plan, plan
    # What is restricted is few, and has an index of its own.
    walked = [line for line in plan.splitlines() if "SCAN records_incomingdocument" in line]
    assert all("records_in_restricted" in line for line in walked), plan
    assert ASSIGNED in access.verbs["records.view"].ways
