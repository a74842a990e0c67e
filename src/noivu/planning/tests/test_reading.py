"""What a plan may say, and what is answered to one that cannot be read."""

import pytest

from noivu.core.refusals import Refusal
from noivu.planning.plan import PART, WHOLE, EventKind
from noivu.planning.reading import read_plan

HEAD = "title: Thử\ntakes_effect_on: 2026-03-01\ninstrument: 01/NQ\n"


def test_codes_keep_their_zeros_and_numbers_are_whole() -> None:
    plan = read_plan(
        HEAD
        + """
events:
- merge:
    into: {code: 00004, name: Phường Ba Đình, kind: phường, territory: 01, area_km2: 2.97, population: 65023}
    from: [00001, {unit: 00007, share: part, population: 1200, villages: tổ 1 đến tổ 5}]
  clause: khoản 1
"""
    )
    [event] = plan.events
    assert event.kind is EventKind.MERGE
    assert event.clause == "khoản 1"
    [target] = event.targets
    assert (target.code, target.kind, target.area_hectares, target.population) == ("00004", "ward", 297, 65_023)
    assert target.lines == {"territory": "01"}
    assert [(source.unit, source.portion.share) for source in event.sources] == [("00001", WHOLE), ("00007", PART)]


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("", "", "bảng khóa"),
        ("events: [", "", "không phải YAML"),
        ("title: a", "takes_effect_on", "còn thiếu"),
        (HEAD, "events", "chưa có sự kiện"),
        (HEAD + "colour: red\nevents: []", "colour", "khóa không có"),
        (HEAD.replace("2026-03-01", "31/02/2026") + "events: []", "takes_effect_on", "không phải ngày"),
        (HEAD + "events: [{abolish: {}}]", "events[1]", "cần đúng một trong"),
        (HEAD + "events: [{rename: {unit: A}}]", "events[1].rename.name", "còn thiếu"),
        (HEAD + "events: [{rename: {unit: A, nme: B}}]", "events[1].rename.nme", "khóa không có"),
        (HEAD + "events: [{merge: {into: A}}]", "events[1].merge.from", "còn thiếu"),
        (HEAD + "events: [{split: {unit: A, into: B}}]", "events[1].split.into", "ít nhất hai"),
        (HEAD + "events: [{reclassify: {unit: A, kind: tổ dân phố}}]", "events[1].reclassify.kind", "dùng một trong"),
        (
            HEAD + "events: [{transfer: {unit: A, to: B, population: -5}}]",
            "events[1].transfer.population",
            "không phải số nguyên",
        ),
        (
            HEAD + "events: [{transfer: {unit: A, to: B, area_km2: 1.234}}]",
            "events[1].transfer.area_km2",
            "hai chữ số thập phân",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text: str, where: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_plan(text)
    assert (refused.value.where or "") == where
    assert words in refused.value.what.vi


def test_references_that_would_multiply_its_events_are_not_read() -> None:
    lines = [
        "title: Sắp xếp",
        "takes_effect_on: 2026-03-01",
        "instrument: 01/NQ-HĐND",
        "events:",
        "- &a {dissolve: {unit: x}}",
    ]
    with pytest.raises(Refusal, match="tham chiếu"):
        read_plan("\n".join([*lines, "- *a"]))
    assert read_plan("\n".join(lines).replace("&a ", "").replace("Sắp xếp", "Sắp xếp *")).title == "Sắp xếp *"
