"""The text of a plan as pages change it: one event added, replaced, moved or taken out, all the rest as it was written.

What is written stays YAML as `noivu reorganise` reads it. Comments do not outlive a change made by a form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.planning.reading import read_content, read_plan

Content = dict[str, Any]
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_COUNTED = {"population", "position"}
_DAYS = {"takes_effect_on", "issued_on"}
_WIDTH = 120


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What a plan says of itself: title, day, and its instrument as far as it is known yet."""

    title: str
    on: date
    instrument: str = ""
    instrument_title: str = ""
    issuer: str = ""
    issued_on: date | None = None


def head_of(text: str) -> PlanHead:
    """The head of a plan."""
    plan = read_plan(text, unfinished=True)
    paper = next((one for one in plan.instruments if one.number == plan.instrument), None)
    if paper is None:
        return PlanHead(plan.title, plan.on, plan.instrument)
    return PlanHead(plan.title, plan.on, plan.instrument, paper.title, paper.issuer, paper.issued_on)


def with_head(text: str, head: PlanHead) -> str:
    """The plan under another head; "" is a plan that begins."""
    content = _content(text) if text else {}
    before = content.get("instrument") or ""
    brought = [paper for paper in content.get("instruments") or [] if paper.get("number") not in {before, ""}]
    if head.instrument and (head.instrument_title or head.issuer or head.issued_on):
        paper = {"number": head.instrument, "title": head.instrument_title or head.title}
        more = {"issuer": head.issuer, "issued_on": head.issued_on.isoformat() if head.issued_on else ""}
        brought.insert(0, paper | {key: value for key, value in more.items() if value})
    said = {
        "title": head.title,
        "takes_effect_on": head.on.isoformat(),
        "instrument": head.instrument,
        "instruments": brought,
    }
    kept = {key: value for key, value in content.items() if key not in said}
    return _written({key: value for key, value in said.items() if value} | {"events": []} | kept)


def event_written(text: str, number: int) -> Content:
    """An event as it stands in the text, from 1."""
    events = _events(_content(text))
    event: Content = events[_place(events, number)]
    return event


def with_event(text: str, event: Mapping[str, Any], number: int | None = None) -> str:
    """The plan with an event in the place of that number, or at its end."""
    content = _content(text)
    events = _events(content)
    if number is None:
        events.append(dict(event))
    else:
        events[_place(events, number)] = dict(event)
    return _written(content | {"events": events})


def without_event(text: str, number: int) -> str:
    """The plan without an event."""
    content = _content(text)
    events = _events(content)
    del events[_place(events, number)]
    return _written(content | {"events": events})


def with_event_moved(text: str, number: int, step: int) -> str:
    """The plan with an event one place earlier (-1) or later (1); at the end of the list it stays."""
    content = _content(text)
    events = _events(content)
    place = _place(events, number)
    other = min(max(place + step, 0), len(events) - 1)
    events[place], events[other] = events[other], events[place]
    return _written(content | {"events": events})


def _content(text: str) -> Content:
    content: Content = read_content(text)
    return content


def _events(content: Content) -> list[Any]:
    events = content.get("events") or []
    return list(events) if isinstance(events, list) else [events]


def _place(events: list[Any], number: int) -> int:
    if not 1 <= number <= len(events):
        raise Refusal(
            what=Text(vi=f"Phương án không có sự kiện {number}.", en=f"The plan has no event {number}."),
            do=Text(vi="Mở lại phương án.", en="Open the plan again."),
            code="planning.no_event",
        )
    return number - 1


def _written(content: Content) -> str:
    """As YAML: codes quoted where others would take them for numbers, days and numbers bare."""
    text: str = yaml.dump(
        _bare(content), Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=_WIDTH
    )
    return text


def _bare(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _bare(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_bare(inner) for inner in value]
    if key in _COUNTED and isinstance(value, str) and value.isdecimal():
        return int(value)
    if key in _DAYS and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
