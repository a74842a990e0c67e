"""The text of a plan as pages change it: what is not touched stays as it was written."""

from datetime import date

import pytest

from noivu.core.refusals import Refusal
from noivu.planning.content import (
    PlanHead,
    event_written,
    head_of,
    with_event,
    with_event_moved,
    with_head,
    without_event,
)
from noivu.planning.reading import read_plan

TEXT = """
title: Sắp xếp
takes_effect_on: 01/03/2026
instrument: 01/NQ
instruments: [{number: 01/NQ, title: Nghị quyết, issuer: HĐND, issued_on: 2026-01-15}, {number: 02/NQ, title: Khác}]
heirs: {"00001": "00004"}
events:
- merge:
    into: {code: 00004, name: Phường A, kind: phường, uid: 6f1c1f6e-7c7c-4f3f-8f2d-0c6f1f8f6b11}
    from: [00001, 00007]
- rename: {unit: "00009", name: Phường B, short_name: B}
  title: Đổi tên
"""


def said(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(event.kind.value, event.units) for event in read_plan(text, unfinished=True).events]


def test_an_event_is_added_and_the_rest_says_the_same() -> None:
    before = read_plan(TEXT)
    after = read_plan(with_event(TEXT, {"recode": {"unit": "00012", "code": "00013"}}))
    assert after.events[:2] == before.events
    assert (after.heirs, after.instruments, after.on) == (before.heirs, before.instruments, before.on)
    assert after.events[2].changes == {"code": "00013"}


def test_written_again_it_reads_the_same_also_for_others_who_read_yaml() -> None:
    import yaml

    again = with_event_moved(TEXT, 1, -1)
    assert read_plan(again).events == read_plan(TEXT).events
    others = yaml.safe_load(again)
    assert others["events"][0]["merge"]["from"] == ["00001", "00007"]
    assert others["instruments"][0]["issued_on"] == date(2026, 1, 15)


def test_events_are_moved_and_taken_out_and_stay_at_the_ends() -> None:
    assert [kind for kind, _ in said(with_event_moved(TEXT, 2, -1))] == ["rename", "merge"]
    assert [kind for kind, _ in said(with_event_moved(TEXT, 2, 1))] == ["merge", "rename"]
    assert [kind for kind, _ in said(without_event(TEXT, 1))] == ["rename"]
    with pytest.raises(Refusal):
        without_event(TEXT, 3)
    with pytest.raises(Refusal):
        event_written(TEXT, 0)


def test_the_head_is_read_and_written_with_the_instrument_that_the_plan_brings() -> None:
    head = head_of(TEXT)
    assert head == PlanHead("Sắp xếp", date(2026, 3, 1), "01/NQ", "Nghị quyết", "HĐND", date(2026, 1, 15))
    assert head_of(with_head(TEXT, head)) == head
    renamed = with_head(TEXT, PlanHead("Khác", date(2026, 4, 1), "03/NQ", "Quyết định", "UBND", None))
    assert [paper.number for paper in read_plan(renamed).instruments] == ["03/NQ", "02/NQ"]
    assert read_plan(renamed).events == read_plan(TEXT).events


def test_a_plan_begins_without_instrument_and_events() -> None:
    begun = with_head("", PlanHead("Mới", date(2026, 3, 1)))
    assert read_plan(begun, unfinished=True).events == ()
    with pytest.raises(Refusal):
        read_plan(begun)
