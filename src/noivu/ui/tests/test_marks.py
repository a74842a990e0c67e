"""The small marks of a page, in both languages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from noivu.core.dates import PartialDate
from noivu.ui.tests.markup import text_of


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


def written(source: str, **values: Any) -> str:
    return Template("{% load noivu %}" + source).render(Context(values))


def test_a_number_is_grouped_as_its_language_does(language: str) -> None:
    assert written("{{ n|number }}", n=3629) == {"vi": "3.629", "en": "3,629"}[language]
    assert written("{{ n|number }}", n=None) == "–"
    assert written("{{ n|number }}", n=0) == "0"


def test_a_rate_is_computed_from_its_parts(language: str) -> None:
    assert written("{% rate 137 149 %}") == {"vi": "91,9%", "en": "91.9%"}[language]
    assert written("{% rate 0 0 %}") == "–"


def test_a_day_reads_alike_in_both_languages_and_for_machines(language: str) -> None:
    assert written("{{ d|day }}", d=date(2024, 10, 31)) == '<time datetime="2024-10-31">31/10/2024</time>'
    assert written("{{ d|day }}", d=PartialDate(2024, 10)) == '<time datetime="2024-10">10/2024</time>'
    assert written('{{ d|day:"text" }}', d=date(2024, 10, 31)) == "31/10/2024"


def test_an_instant_is_told_in_the_countrys_time(language: str) -> None:
    at = datetime(2024, 10, 31, 23, 40, tzinfo=UTC)
    assert (
        text_of(written("{{ at|instant }}", at=at))
        == {
            "vi": "06:40 ngày 01/11/2024",
            "en": "06:40 on 01/11/2024",
        }[language]
    )


@pytest.mark.parametrize(
    ("count", "vi", "en"), [(1, "1 văn bản", "1 document"), (3629, "3.629 văn bản", "3,629 documents")]
)
def test_a_sentence_counts(language: str, count: int, vi: str, en: str) -> None:
    said = written('{% say "{n} văn bản" "{n} document||{n} documents" n=count %}', count=count)
    assert said == {"vi": vi, "en": en}[language]


def test_a_value_in_a_sentence_is_escaped_and_its_own_marks_are_kept() -> None:
    assert written('{% say "<b>{x}</b>" "<b>{x}</b>" x=x %}', x="<script>") == "<b>&lt;script&gt;</b>"


def test_a_year_in_a_sentence_is_not_grouped() -> None:
    assert written('{% say "Năm {year}" "Year {year}" year=2024 %}') == "Năm 2024"


def test_state_is_round_and_timeliness_angular_and_both_have_their_word() -> None:
    assert written('{% state "doing" %}') == (
        '<span class="state"><svg class="shape" aria-hidden="true"><use href="#s-doing"/></svg>Đang xử lý</span>'
    )
    assert 'class="chip is-late"' in written('{% chip "late" %}')
    assert text_of(written('{% chip "late" "Quá 3 ngày" %}')) == "Quá 3 ngày"


def test_a_bound_figure_is_a_link_and_an_unbound_one_is_not() -> None:
    assert written('{% fig 3629 "/r/" %}') == '<a class="fig" href="/r/">3.629</a>'
    assert written('{% fig 3629 "/r/" current=True %}').count("aria-current") == 1
    assert written("{% fig 3629 %}") == '<span class="num">3.629</span>'
    assert written('{% fig 129 "" typed=True %}') == '<span class="num typed">129</span>'


@pytest.mark.parametrize(
    ("days", "long", "short"),
    [
        (-3, "quá 3 ngày làm việc", "quá 3 ngày"),
        (1, "còn 1 ngày làm việc", "còn 1 ngày"),
        (0, "hạn hôm nay", "hạn hôm nay"),
    ],
)
def test_distance_to_a_due_day_is_told_in_working_days(days: int, long: str, short: str) -> None:
    assert written("{{ d|distance }}", d=days) == long
    assert written('{{ d|distance:"short" }}', d=days) == short


def test_names_and_symbols_do_not_break() -> None:
    assert written("{{ s|nb }}", s="1015/QĐ-TTg") == '<span class="nb">1015/QĐ-TTg</span>'
    assert written("{{ s|tied }}", s="Vụ Tiền lương") == "Vụ Tiền\u00a0lương"
    assert written("{{ s|tied }}", s="Kỳ họp thứ 7, khóa XV") == "Kỳ họp thứ\u00a07, khóa\u00a0XV"
