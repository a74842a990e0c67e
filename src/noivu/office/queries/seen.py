"""How an obligation stands as the form of an act shows it, and in words what differs from what its reader saw."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from noivu.audit.api import HistoryLine, history, last_entries
from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.office.queries.acting import standing_of
from noivu.office.queries.process import unit_name
from noivu.ui.page import words_of_instant
from noivu.units.api import tree
from noivu.work.api import Obligation, ObligationSpan, State
from noivu.work.constants import STAGES, STATUSES, Status

_MOST_TOLD = 20
_NONE = Text(vi="không có", en="none")


def standing_seen(obligation: Obligation, state: State | None) -> str:
    """How it stands, and the last act that the log holds of it: what a form carries."""
    return _carried(state, history(obligation, limit=1))


def happened_since(obligation: Obligation, saw: Mapping[str, Any], day: date) -> tuple[list[Text], str]:
    """In words what happened since it stood as seen, nothing where it stands the same; and how it stands now."""
    state, lines = standing_of(obligation, day)[0], history(obligation, limit=_MOST_TOLD)
    stands = _carried(state, lines)
    if json.loads(stands) == saw:
        return [], stands
    last = saw.get("log")
    newer = [line for line in lines if isinstance(last, int) and line.entry_id > last]
    return [*(_told(line) for line in reversed(newer)), *_moved(saw, _plain(state), day)], stands


def all_seen(chosen: Sequence[Obligation], day: date) -> str:
    """`standing_seen` of several at once, each under its key: two statements."""
    keys = [one.pk for one in chosen]
    spans = ObligationSpan.objects.current().holding_on(day).filter(obligation__in=keys)
    plain = {span.obligation_id: _plain(span.state) for span in spans}
    last = last_entries("work.obligation", keys)
    return json.dumps({str(key): {**plain.get(key, {}), "log": last.get(key, 0)} for key in keys})


def all_since(chosen: Sequence[Obligation], saw: Mapping[str, Any], day: date) -> tuple[dict[int, list[Text]], str]:
    """`happened_since` of those that stand otherwise than seen, by their keys; and how all of them stand now."""
    stands = all_seen(chosen, day)
    now, found = json.loads(stands), {}
    for one in chosen:
        seen = saw.get(str(one.pk))
        if isinstance(seen, dict) and seen != now[str(one.pk)]:
            found[one.pk] = happened_since(one, seen, day)[0]
    return {key: told for key, told in found.items() if told}, stands


def _carried(state: State | None, lines: Sequence[HistoryLine]) -> str:
    return json.dumps({**_plain(state), "log": lines[0].entry_id if lines else 0})


def _plain(state: State | None) -> dict[str, Any]:
    if state is None:
        return {}
    stage = state.stage.value if state.status is Status.OPEN else ""
    due_on = state.due_on.isoformat() if state.due_on else ""
    return {"unit": state.unit_id, "status": state.status.value, "stage": stage, "due_on": due_on}


def _told(line: HistoryLine) -> Text:
    """Who did what when, and why."""
    when, reason = words_of_instant(line.recorded_at), f" ({line.reason})" if line.reason else ""
    vi, en = (
        f"{line.actor_name} – {getattr(line.wording, language)}, {getattr(when, language)}{reason}"
        for language in ("vi", "en")
    )
    return Text(vi=vi, en=en)


def _moved(saw: Mapping[str, Any], now: Mapping[str, Any], day: date) -> Iterator[Text]:
    """State, due date and unit, from what was seen to what stands."""
    labels = {
        "status": Text(vi="trạng thái", en="state"),
        "stage": Text(vi="mức xử lý", en="progress"),
        "due_on": Text(vi="hạn", en="due date"),
        "unit": Text(vi="đơn vị", en="unit"),
    }
    for name, label in labels.items():
        old, new = (_words(name, side.get(name), day) for side in (saw, now))
        if saw.get(name) != now.get(name) and not (name == "stage" and saw.get("status") != now.get("status")):
            yield Text(vi=f"{label.vi} từ “{old.vi}” thành “{new.vi}”", en=f"{label.en} from “{old.en}” to “{new.en}”")


def _words(name: str, value: Any, day: date) -> Text:
    if name == "unit":
        known = unit_name(tree(day), value) if isinstance(value, int) else ""
    elif name == "due_on":
        known = _day(value)
    else:
        words = {**{key.value: text for key, text in STATUSES.items()}, **{key.value: t for key, t in STAGES.items()}}
        return words.get(value, _NONE)
    return Text(vi=known, en=known) if known else _NONE


def _day(value: Any) -> str:
    try:
        return format_day(date.fromisoformat(value))
    except (TypeError, ValueError):  # a form carries what its sender wrote
        return ""
