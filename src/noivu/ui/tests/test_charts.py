"""Charts: the same picture on the page and on paper."""

import re
import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from pathlib import Path

from django.utils import translation

from noivu.core.wording import Text, both
from noivu.ui import charts
from noivu.ui.charts import Point, Trend

RECEIVED = Trend(
    Text(vi="Văn bản đến", en="Incoming documents"),
    tuple(Point(both(f"T{place}"), value) for place, value in enumerate((3140, 2240, 3629), start=1)),
)
RATE = Trend(
    Text(vi="Tỷ lệ", en="Rate"),
    tuple(Point(both(f"T{place}"), Decimal(value)) for place, value in enumerate(("86.4", "83.75", "91.9"), start=1)),
    is_rate=True,
)


def test_a_trend_says_its_least_and_its_most() -> None:
    assert str(RECEIVED.words()) == "Văn bản đến từ T1 đến T3: thấp nhất 2.240 (T2), cao nhất 3.629 (T3)"
    assert RATE.words().en == "Rate from T1 to T3: least 83.8% (T2), most 91.9% (T3)"


def test_a_spark_is_one_picture_with_a_spoken_label() -> None:
    drawn = charts.spark(RECEIVED)
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-label") == str(RECEIVED.words())
    assert [e for e in root.iter() if e is not root and (e.get("role") or e.get("aria-label"))] == []
    assert len(re.findall("<path", drawn)) == 3


def test_the_present_period_is_in_ink() -> None:
    assert charts.spark(RECEIVED).count('fill="var(--ink)"') == 1
    assert charts.spark(RATE).count('fill="var(--ink)"') == 1


def test_a_drawing_keeps_to_the_content_policy_and_to_the_tokens() -> None:
    drawn = charts.draw(charts.months([("T1", 3140), ("T2", 2240)]), label="x")
    assert "style=" not in drawn
    assert "http" not in drawn
    assert not re.search(r'(fill|stroke)="#', drawn)


def test_an_axis_speaks_the_readers_language() -> None:
    spec = charts.months([("T1", 3140), ("T2", 2240)])
    assert "3.000" in charts.draw(spec, label="x")
    with translation.override("en"):
        assert "3,000" in charts.draw(spec, label="x")


def test_paper_gets_the_same_picture_with_the_colours_of_print() -> None:
    spec = charts.bars([("Hà Nội", 12), ("Nghệ An", 7)])
    page, paper = charts.draw(spec, label="x"), charts.draw_for_document(spec)
    assert "var(" not in paper
    assert 'fill="#222"' in paper
    assert re.findall(r' d="[^"]*"', page) == re.findall(r' d="[^"]*"', paper)
    assert paper.startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_the_colours_of_print_are_those_of_the_style_sheet() -> None:
    tokens = (Path(charts.__file__).parent / "static/ui/tokens.css").read_text()
    in_print = dict(re.findall(r"--([a-z0-9-]+): ([^;]+);", tokens.split("@media print", 1)[1]))
    assert {name: in_print[name] for name in charts.PRINT_COLOURS} == charts.PRINT_COLOURS


def test_a_trend_of_one_period_draws_nothing() -> None:
    assert charts.spark(Trend(both("x"), RECEIVED.points[:1])) == ""
