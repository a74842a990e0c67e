"""What pages read from the log: the history of a thing, in words."""

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from noivu.audit.actions import ReadValue, field_label, is_key_alone, kind_label, reader_of, referred_by, wording_of
from noivu.audit.chunks import CHUNK_ROWS, read_chunk
from noivu.audit.keys import actor_ref
from noivu.audit.models import Entry, RowChunk, RowPlace
from noivu.audit.services import Thing, identify
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text

YES, NO = Text(vi="có", en="yes"), Text(vi="không", en="no")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an act changed. Values as the log keeps them: text, whole numbers, truth values, lists, None."""

    field: str
    label: Text
    old: Any
    new: Any
    on: date = dataclasses.field(default=date.max, compare=False)
    read: ReadValue | None = dataclasses.field(default=None, compare=False)
    referred: tuple[tuple[str, str], ...] = dataclasses.field(default=(), compare=False)

    @property
    def old_words(self) -> Text | str:
        return self._said(self.old)

    @property
    def new_words(self) -> Text | str:
        return self._said(self.new)

    def _said(self, value: Any) -> Text | str:
        if self.read is None or value in (None, "", []):
            return in_words(value)
        if isinstance(value, list):
            return ", ".join(str(self.read(part, self.on)) for part in value)
        return self.read(value, self.on)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act in the history of a thing. `number` is None until the act has its place in the log."""

    entry_id: int
    number: int | None
    recorded_at: datetime
    action: str
    wording: Text
    object_kind: str
    object_id: str
    actor_name: str
    unit_code: str
    reason: str
    instrument: str
    label: str
    changes: tuple[Change, ...]
    is_bulk: bool
    is_erased: bool
    is_withheld: bool = False

    @property
    def thing(self) -> Text | str:
        """What the act was about, in words: a bulk act says it itself."""
        if self.label or not self.object_kind:
            return self.label
        kind = kind_label(self.object_kind)
        return Text(vi=f"{kind.vi} {self.object_id}", en=f"{kind.en} {self.object_id}")


def in_words(value: Any) -> Text | str:
    """A value of the log as a page writes it: days in the country's form, truth values in words."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return ", ".join(str(in_words(part)) for part in value) or "–"
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        with suppress(ValueError):  # thirty days of February: text that only looks like a day
            return format_day(date.fromisoformat(value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def history(*things: Thing, limit: int = 200) -> list[HistoryLine]:
    """What happened to the things (rows, or pairs of kind and id), the latest first. One query.

    Bulk acts appear with what they did to the thing. Where the payload is erased, the act still shows, without its
    actor, reason and values.
    """
    return histories_of([identify(thing) for thing in things], limit)


def history_of(kind: str, object_id: Any, limit: int = 200) -> list[HistoryLine]:
    """`history` of one thing named by its kind (`records.incomingdocument`) and id."""
    return histories_of([(kind, str(object_id))], limit)


def histories_of(things: Sequence[tuple[str, str]], limit: int) -> list[HistoryLine]:
    """The acts on any of the things, the latest first."""
    named = reduce(or_, (Q(object_kind=kind, object_id=key) for kind, key in things))
    entries = Entry.objects.filter(named | Q(pk__in=RowPlace.objects.filter(named).values("entry")))
    with_place = entries.annotate(position=_place(named)).annotate(chunk=_chunk())
    return [
        line_of(entry) for entry in with_place.select_related("payload", "leaf").order_by("-recorded_at", "-pk")[:limit]
    ]


def last_entries(kind: str, object_ids: Sequence[int]) -> dict[int, int]:
    """The last act on each of these things of a kind that the log knows, bulk acts among them. One query."""
    keys = [str(key) for key in object_ids]
    own = Entry.objects.filter(object_kind=kind, object_id__in=keys).values_list("object_id", "pk")
    in_bulk = RowPlace.objects.filter(object_kind=kind, object_id__in=keys).values_list("object_id", "entry")
    found: dict[int, int] = {}
    for key, entry in own.union(in_bulk):
        found[int(key)] = max(entry, found.get(int(key), 0))
    return found


@dataclass(frozen=True, slots=True)
class LastAct:
    """What was last done to a thing, and by whom, as the log names one."""

    action: str
    actor_ref: str

    def is_by(self, actor: Actor) -> bool:
        return self.actor_ref == actor_ref(actor.id)


def last_act(thing: Thing) -> LastAct | None:
    """The last act on a thing that the log knows, bulk acts among them. Two queries."""
    kind, key = identify(thing)
    entries = Entry.objects.filter(pk__in=last_entries(kind, [int(key)]).values())
    return next((LastAct(*row) for row in entries.values_list("action", "actor_ref")), None)


def entry_at(number: int) -> HistoryLine:
    """The act that stands at a number of the log; of a bulk act, without its rows."""
    found = Entry.objects.filter(leaf=number).select_related("payload", "leaf").first()
    if found is None:
        raise Refusal(
            what=Text(vi=f"Nhật ký không có số {number}.", en=f"The log has no number {number}."),
            do=Text(vi="Số thứ tự đếm từ 0.", en="Numbers count from 0."),
            code="audit.no_such_numbers",
        )
    return line_of(found)


def _place(named: Q) -> Subquery:
    """Where the thing stands in a bulk act: its last row there."""
    places: QuerySet[RowPlace] = RowPlace.objects.filter(named, entry=OuterRef("pk"))
    return Subquery(places.order_by("-position").values("position")[:1])


def _chunk() -> Subquery:
    chunks = RowChunk.objects.filter(entry=OuterRef("pk"), first__lte=OuterRef("position"))
    return Subquery(chunks.order_by("-first").values("rows")[:1])


def line_of(entry: Any) -> HistoryLine:
    """An entry in words, with its payload and leaf read along."""
    payload, leaf = getattr(entry, "payload", None), getattr(entry, "leaf", None)
    content: dict[str, Any] = json.loads(payload.content) if payload else {}
    kind, before, after = entry.object_kind, content.get("before"), content.get("after")
    chunk = getattr(entry, "chunk", None)
    if chunk is not None:
        kind, _, after = read_chunk(chunk)[entry.position % CHUNK_ROWS]
    return HistoryLine(
        entry_id=entry.pk,
        number=leaf.number if leaf else None,
        recorded_at=entry.recorded_at,
        action=entry.action,
        wording=wording_of(entry.action),
        object_kind=entry.object_kind,
        object_id=entry.object_id,
        actor_name=content.get("actor", {}).get("name", ""),
        unit_code=entry.unit_code,
        reason=content.get("reason", ""),
        instrument=content.get("instrument", ""),
        label=content.get("label", ""),
        changes=changes(kind, before, after, timezone.localdate(entry.recorded_at)),
        is_bulk=entry.rows_count is not None,
        is_erased=payload is None,
    )


def changes(
    kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, on: date
) -> tuple[Change, ...]:
    """The fields of an act with their old and new values, in the order of their names."""
    old, new = before or {}, after or {}
    return tuple(
        Change(
            name,
            field_label(kind, name),
            old.get(name),
            new.get(name),
            on,
            reader_of(kind, name),
            referred_by(kind, name, old, new),
        )
        for name in sorted({*old, *new})
        if not is_key_alone(kind, name)
    )
