"""Writing to the log: one entry per act, in the transaction of the act; and the one way to erase a payload."""

import secrets
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.db.transaction import TransactionManagementError

from noivu.audit import checkpoints, merkle
from noivu.audit.actions import ENTRY_KIND, ERASE_PAYLOAD, actions
from noivu.audit.canonical import canonical, plain
from noivu.audit.chunks import CHUNK_ROWS, read_chunk
from noivu.audit.keys import actor_ref
from noivu.audit.leaves import commitment, row_hash
from noivu.audit.models import Entry, Payload, ReadLine, RowChunk, RowPlace
from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.bulk import insert_rows
from noivu.core.refusals import Refusal
from noivu.core.wording import Text

Values = Mapping[str, Any]
Thing = Model | tuple[str, Any]
BulkRow = tuple[str, Any, Values | None]
_SALT_BYTES = 32


def record(
    *,
    actor: Actor,
    action: str,
    thing: Thing,
    before: Values | None = None,
    after: Values | None = None,
    reason: str = "",
    instrument: str = "",
) -> Entry:
    """Write one act to the log, in the transaction of the act (outside one it raises).

    `thing` is a row, or a pair (kind, id). Of `before` and `after` only what differs is kept; where one of them is
    None (a beginning, an end) the other is kept whole. Two INSERTs; the number comes after the commit.
    """
    old, new = changed(before, after)
    kind, object_id = identify(thing)
    content = {"after": new, "before": old, "instrument": instrument, "reason": reason}
    return _write(actor, action, (kind, object_id), content, name=actor.name_over(thing))


def record_bulk(
    *, actor: Actor, action: str, label: str, rows: Iterable[BulkRow], reason: str = "", instrument: str = ""
) -> Entry:
    """Write one act on many things: `rows` are (kind, id, after), read once, in any number.

    One entry commits to the Merkle root of its rows; the rows are kept compressed beside the payload, and each thing's
    history finds the act. `label` says what was done to what, for people ("Nhập văn bản đến, tệp …").
    """
    salt = secrets.token_bytes(_SALT_BYTES)
    frontier = merkle.Frontier()
    chunks = list(_compressed(rows, salt, frontier))
    content = {"instrument": instrument, "label": label, "reason": reason}
    root = (frontier.size, frontier.root())
    entry = _write(actor, action, ("", ""), content, salt=salt, rows=root)
    firsts = range(0, frontier.size, CHUNK_ROWS)
    insert_rows(RowChunk, ["entry", "first", "rows"], ((entry.pk, *c) for c in zip(firsts, chunks, strict=True)))
    insert_rows(RowPlace, ["entry", "position", "object_kind", "object_id"], _places(entry, chunks))
    return entry


def erase_payload(*, actor: Actor, entry: Entry, reason: str, instrument: str) -> Entry:
    """Erase what an entry was about (personal data whose keeping is no longer lawful); the log still verifies.

    The erasure is itself an entry, with its reason and legal ground; the entry erased keeps its place and hash.
    """
    if not (reason.strip() and instrument.strip()):
        raise Refusal(
            what=Text(vi="Thiếu lý do hoặc căn cứ xóa.", en="The reason or the legal ground is missing."),
            why=Text(vi="Việc xóa phải chứng minh được.", en="An erasure must be accountable."),
            do=Text(vi="Ghi lý do và số, ký hiệu văn bản.", en="Give the reason and the document's number."),
            code="audit.erasure_without_ground",
        )
    with transaction.atomic():
        if not Payload.objects.select_for_update().filter(entry=entry).exists():
            raise Refusal(
                what=Text(vi="Nội dung bút toán này đã xóa.", en="The content of this entry is erased already."),
                code="audit.already_erased",
            )
        erasure = record(
            actor=actor, action=ERASE_PAYLOAD, thing=(ENTRY_KIND, entry.pk), reason=reason, instrument=instrument
        )
        RowChunk.objects.filter(entry=entry).delete()
        Payload.objects.filter(entry=entry).delete()
    return erasure


def record_reading(actor: Actor, kind: str, ids: Iterable[Any], purpose: str) -> None:
    """Note that someone opened records holding personal data: one INSERT, outside the Merkle log."""
    ReadLine.objects.create(
        recorded_at=clock.now(),
        actor_ref=actor_ref(actor.id),
        unit_code=actor.unit_code,
        object_kind=kind,
        object_ids=[str(i) for i in ids],
        purpose=purpose,
    )


def identify(thing: Thing) -> tuple[str, str]:
    """The kind and the id under which a thing stands in the log."""
    if isinstance(thing, Model):
        kind, key = thing._meta.label_lower, thing.pk
    else:
        kind, key = thing
    if key is None:
        raise ValueError(f"a {kind} is recorded after it is saved: it has no id yet")
    return kind, str(key)


def changed(before: Values | None, after: Values | None) -> tuple[Any, Any]:
    """The values before and after, without those that stayed the same."""
    old, new = plain(before), plain(after)
    if old is None or new is None:
        return old, new
    differing = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    return _only(old, differing), _only(new, differing)


def _only(values: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key in keys}


def _write(
    actor: Actor,
    action: str,
    thing: tuple[str, str],
    content: dict[str, Any],
    *,
    salt: bytes | None = None,
    rows: tuple[int, bytes] | None = None,
    name: str = "",
) -> Entry:
    if not connection.in_atomic_block:
        raise TransactionManagementError("an act is recorded inside the transaction that carries it out")
    if action not in actions:
        raise LookupError(f"the action “{action}” is not declared: declare_action(code, Text(vi=…, en=…))")
    salt = salt or secrets.token_bytes(_SALT_BYTES)
    text = canonical({**content, "actor": {"id": actor.id, "name": name or actor.name}})
    entry = Entry.objects.create(
        recorded_at=clock.now(),
        actor_ref=actor_ref(actor.id),
        unit_code=actor.unit_code,
        action=action,
        object_kind=thing[0],
        object_id=thing[1],
        rows_count=rows[0] if rows else None,
        rows_root=rows[1] if rows else None,
        commitment=commitment(salt, text),
    )
    Payload.objects.create(entry=entry, salt=salt, content=text.decode())
    checkpoints.number_after_commit()
    return entry


def _compressed(rows: Iterable[BulkRow], salt: bytes, frontier: merkle.Frontier) -> Iterator[bytes]:
    """The rows as compressed chunks; their hashes go to the frontier on the way."""
    lines: list[bytes] = []
    for kind, key, after in rows:
        line = canonical([kind, str(key), plain(after)])
        frontier.append(row_hash(salt, frontier.size, line))
        lines.append(line)
        if len(lines) == CHUNK_ROWS:
            yield zlib.compress(b"\n".join(lines))
            lines = []
    if lines:
        yield zlib.compress(b"\n".join(lines))


def _places(entry: Entry, chunks: list[bytes]) -> Iterator[tuple[int, int, str, str]]:
    """Where each thing stands, read back from the chunks, so that a long act is not held in memory twice."""
    position = 0
    for chunk in chunks:
        for kind, key, _ in read_chunk(chunk):
            yield entry.pk, position, kind, key
            position += 1
