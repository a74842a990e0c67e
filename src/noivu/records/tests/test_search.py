from datetime import date
from typing import Any

import pytest
from django.db import connection

from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.records import searching
from noivu.records.api import IncomingDocument, IncomingRow, RegisterNumber, remove_document, write_incoming
from noivu.records.searching import search_pieces, search_text
from noivu.records.testing import arrives
from noivu.units.testing import small_sector

DAY = date(2024, 10, 15)


def found(query: str) -> list[str]:
    return sorted(IncomingDocument.objects.current().matching(query).values_list("summary", flat=True))


@pytest.fixture
def register(db: None) -> None:
    unit = small_sector().office
    arrives(unit, DAY, issuer="Bộ Nội vụ", symbol="1015/QĐ-TTg", summary="Phân cấp hội")
    arrives(unit, DAY, issuer="Sở Nội vụ Hòa Bình", symbol="05/BC-SNV", summary="Đội ngũ công chức")
    arrives(unit, DAY, issuer="Văn phòng Chính phủ", summary='Dấu "nháy" và 100% _ \\ lạ')


@pytest.mark.parametrize(
    ("query", "summaries"),
    [
        ("doi ngu", ["Đội ngũ công chức"]),
        ("ĐỘI NGŨ", ["Đội ngũ công chức"]),
        ("chuc cong", ["Đội ngũ công chức"]),
        ("hoà bình", ["Đội ngũ công chức"]),
        ("1015/qd-ttg", ["Phân cấp hội"]),
        ("ttg", ["Phân cấp hội"]),
        ("qd", ["Phân cấp hội"]),
        ("5/BC-SNV", ["Đội ngũ công chức"]),
        ("noi vu", ["Phân cấp hội", "Đội ngũ công chức"]),
        ("bo", ["Phân cấp hội"]),
        ("vu bo", ["Phân cấp hội"]),
        ("3", ['Dấu "nháy" và 100% _ \\ lạ']),
        ("không có", []),
        ('"nháy"', ['Dấu "nháy" và 100% _ \\ lạ']),
        ("100%", ['Dấu "nháy" và 100% _ \\ lạ']),
        ("%%%", []),
        ("' OR 1=1 --", []),
        ("* NEAR (", []),
    ],
)
def test_it_finds_words_without_accents(register: None, query: str, summaries: list[str]) -> None:
    assert found(query) == summaries


@pytest.mark.parametrize("query", ["", "   ", "\u200b"])
def test_an_empty_query_finds_all(register: None, query: str) -> None:
    assert len(found(query)) == 3


def test_a_very_long_query_does_not_fail(register: None) -> None:
    assert found("công " * 3000) == ["Đội ngũ công chức"]
    assert found("x" * 5000) == []


def test_short_words_hold_on_to_the_edges_of_words() -> None:
    assert search_pieces("Bộ a chức") == [" bo", " a ", "chuc"]
    assert search_text(["Bộ Nội vụ", "05/QĐ"]) == " bo noi vu 05/qd 05 qd "


def test_rows_written_together_are_found_like_those_written_one_by_one(register: None) -> None:
    unit = IncomingDocument.objects.all()[0].unit
    given = {"issuer": "Bộ Tài chính", "summary": "Quyết toán Quỳnh Lưu"}
    write_incoming([IncomingRow(unit.pk, RegisterNumber(n), DAY, given) for n in (91, 92)], clock.now())
    assert found("quynh luu") == ["Quyết toán Quỳnh Lưu"] * 2
    later = arrives(unit, DAY, summary="Sau Quỳnh Lưu")
    assert found("quynh luu") == ["Quyết toán Quỳnh Lưu"] * 2 + ["Sau Quỳnh Lưu"]
    remove_document(actor=SYSTEM, document=later, reason="nhập nhầm")
    assert found("quynh luu") == ["Quyết toán Quỳnh Lưu"] * 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server judges by its own statistics")
def test_a_sample_tells_common_words_from_rare_ones_without_a_statement_for_each(
    register: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    unit = IncomingDocument.objects.all()[0].unit
    rows = [IncomingRow(unit.pk, RegisterNumber(100 + n), DAY, {"summary": "Đội ngũ đông"}) for n in range(40)]
    write_incoming(rows, clock.now())
    monkeypatch.setattr(searching, "_GATHERED_AT_MOST", 20)
    searching._read_sample.cache_clear()
    with django_assert_num_queries(1):
        sample = searching._sample("default", IncomingDocument)
        judged = [sample.rows_like(search_pieces(words)) > 20 for words in ("doi dong", "ttg", "noi")]
    assert judged == [True, False, False]
    with django_assert_num_queries(1):
        assert len(found("doi dong")) == 40
    searching._read_sample.cache_clear()
