"""What was counted when a due date was set, kept beside it: the calendar may change later, what was counted did not."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from noivu.core.wording import Text, both
from noivu.law.constants import MARKS
from noivu.law.deadlines import Deadline
from noivu.law.parameter_files import parameter_files
from noivu.law.why_dates import WhyDate, WhyRow, weekday_words, why_date

_TONES = {"event": "e", "counted": "c", "skip": "s", "end": "d"}
_TONE_OF = {short: tone for tone, short in _TONES.items()}


def trace_of(deadline: Deadline) -> dict[str, Any]:
    """A deadline as a small JSON value: its runs of days as days after the event, words only where a run is no plain
    stretch of the week, and what it rests on."""
    why = why_date(deadline)
    said = {
        "from": deadline.starts_on.isoformat(),
        "due": deadline.due_on.isoformat(),
        "length": deadline.length,
        "counts": deadline.counts,
        "rows": [_kept(row, deadline.starts_on) for row in why.rows],
        "rule": deadline.rule,
        "instrument": why.instrument,
        "article": why.article,
        "mark": deadline.mark,
        "note": why.note,
        "doubt": _pair(why.doubt),
        "conditions": [_pair(words) for words in why.conditions],
    }
    return {name: value for name, value in said.items() if value}


def read_trace(trace: Mapping[str, Any]) -> WhyDate:
    """The explanation as it was when the trace was kept."""
    start = date.fromisoformat(trace["from"])
    return WhyDate(
        due_on=date.fromisoformat(trace["due"]),
        rows=tuple(_row(row, start) for row in trace["rows"]),
        rule=_label(trace["rule"]) if "rule" in trace else None,
        instrument=trace.get("instrument", ""),
        article=trace.get("article", ""),
        mark=MARKS.get(trace.get("mark", "")),
        note=trace.get("note", ""),
        doubt=_text(trace.get("doubt")),
        conditions=tuple(Text(*pair) for pair in trace.get("conditions", ())),
    )


def _kept(row: WhyRow, start: date) -> list[Any]:
    plain = row.tone in {"counted", "skip"} and row.words == weekday_words(row.first, row.last, row.tone)
    words = [] if plain else [row.words.vi, row.words.en]
    return [(row.first - start).days, (row.last - start).days, row.number, _TONES[row.tone], *words]


def _row(kept: list[Any], start: date) -> WhyRow:
    first, last, number, short, *words = kept
    begins, ends = start + timedelta(days=first), start + timedelta(days=last)
    tone = _TONE_OF[short]
    return WhyRow(number, begins, ends, Text(*words) if words else weekday_words(begins, ends, tone), tone)


def _label(code: str) -> Text:
    known = parameter_files().get(code)
    return known.label if known else both(code)


def _pair(words: Text | None) -> list[str] | None:
    return [words.vi, words.en] if words else None


def _text(pair: list[str] | None) -> Text | None:
    return Text(*pair) if pair else None
