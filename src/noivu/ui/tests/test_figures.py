"""A whole with its parts."""

from decimal import Decimal

from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from noivu.core.wording import Text
from noivu.ui.figures import Balance, Part
from noivu.ui.tests.markup import text_of

ANY = Text(vi="văn bản", en="documents")


def balance(whole: int, *values: int) -> Balance:
    kinds = ("done", "time", "late")
    parts = tuple(Part(ANY, value, kind) for value, kind in zip(values, kinds, strict=False))
    return Balance(whole, ANY, parts, mend=Text(vi="Ghi hạn", en="Enter the date"), mend_href="/mend/")


def test_a_balance_that_holds_writes_out_its_sum() -> None:
    assert balance(287, 170, 117, 0).sum_words == "287 = 170 + 117 + 0"


def test_a_broken_balance_is_said_with_the_way_to_mend_it() -> None:
    drawn = Template("{% load noivu %}{% identity b %}").render(Context({"b": balance(287, 170, 116, 0)}))
    assert "Không khớp: 287 ≠ 170 + 116 + 0 . Ghi hạn" in text_of(drawn)
    assert 'href="/mend/"' in drawn


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=3))
def test_the_bar_is_to_scale_and_never_longer_than_the_whole(values: list[int]) -> None:
    segments = balance(sum(values), *values).segments
    assert len(segments) == sum(value > 0 for value in values)
    ends = [Decimal(s.start[:-1]) + Decimal(s.length[:-1]) for s in segments]
    assert all(0 <= end <= 100 for end in ends)
    assert ends == sorted(ends)


def test_nothing_counted_draws_no_bar() -> None:
    assert balance(0, 0, 0, 0).segments == []
