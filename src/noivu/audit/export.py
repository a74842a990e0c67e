"""The log as JSON Lines, in the form that `verify` reads (and documents)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from noivu.audit.actions import ENTRY_KIND, ERASE_PAYLOAD
from noivu.audit.canonical import canonical
from noivu.audit.checkpoints import as_line, seal
from noivu.audit.chunks import read_chunk
from noivu.audit.leaves import entry_fields
from noivu.audit.models import Checkpoint, Entry, Leaf, Payload, RowChunk
from noivu.audit.sequencer import load_frontier, number_entries
from noivu.audit.verify import FORMAT
from noivu.core.refusals import Refusal
from noivu.core.wording import Text

_BATCH = 2_000
Line = dict[str, Any]


def export_lines(first: int = 0, last: int | None = None) -> Iterator[bytes]:
    """The leaves `first` to `last` (both included; None: to the end), sealed by a checkpoint over the last of them."""
    number_entries()
    size = load_frontier().size
    if first > size or (last is not None and not first <= last < size):
        raise Refusal(
            what=Text(vi=f"Nhật ký chỉ có {size} bút toán.", en=f"The log has only {size} entries."),
            do=Text(vi="Chọn --from, --to trong khoảng đó, đếm từ 0.", en="Choose --from and --to within, from 0."),
            code="audit.no_such_numbers",
        )
    export = _Export(first, last)
    for line in export.lines():
        yield canonical(line) + b"\n"


@dataclass
class _Export:
    first: int
    last: int | None
    entries: int = 0
    checkpoints: int = 0
    unexplained: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[Line]:
        start, end = self.first, self._end()
        yield self._header()
        yield from self._checkpoints(self.first, self.first)
        while True:
            yield from self._leaves(start, end)
            # A payload erased while we read: the entry that says so was numbered after we had looked for the end.
            start, end = end, self._end()
            if self.last is not None or not self.unexplained or start == end:
                break
        yield {"type": "end", "entries": self.entries, "checkpoints": self.checkpoints}

    def _header(self) -> Line:
        frontier = load_frontier(self.first)
        return {
            "type": "log",
            "format": FORMAT,
            "first": self.first,
            "frontier": [peak.hex() for peak in frontier.peaks],
            "whole": self.first == 0 and self.last is None,
        }

    def _end(self) -> int:
        """One past the last leaf to write, sealed."""
        if self.last is None:
            number_entries()
        end = load_frontier().size if self.last is None else self.last + 1
        seal(end)
        return end

    def _leaves(self, start: int, end: int) -> Iterator[Line]:
        for low in range(start, end, _BATCH):
            high = min(low + _BATCH, end)
            seals = {line["statement"]["size"]: line for line in self._checkpoints(low + 1, high)}
            leaves = Leaf.objects.filter(number__gte=low, number__lt=high).order_by("number")
            for leaf in leaves.select_related("entry", "entry__payload"):
                yield from self._entry(leaf)
                if leaf.number + 1 in seals:
                    yield seals[leaf.number + 1]

    def _checkpoints(self, smallest: int, largest: int) -> list[Line]:
        sealed = Checkpoint.objects.filter(tree_size__gte=smallest, tree_size__lte=largest).order_by("tree_size")
        lines = [as_line(made) for made in sealed]
        self.checkpoints += len(lines)
        return lines

    def _entry(self, leaf: Leaf) -> Iterator[Line]:
        entry = leaf.entry
        payload: Payload | None = getattr(entry, "payload", None)
        chunks: list[bytes] = []
        if payload is not None and entry.rows_count:
            chunks = [bytes(chunk.rows) for chunk in RowChunk.objects.filter(entry=entry).order_by("first")]
            if not Payload.objects.filter(pk=entry.pk).exists():  # erased between the two readings
                payload, chunks = None, []
        self._note_erasure(entry, payload)
        yield {
            "type": "entry",
            "number": leaf.number,
            "leaf": bytes(leaf.leaf_hash).hex(),
            "entry": entry_fields(entry),
            "payload": json.loads(payload.content) if payload else None,
            "salt": bytes(payload.salt).hex() if payload else None,
        }
        yield from _rows(leaf.number, chunks)

    def _note_erasure(self, entry: Entry, payload: Payload | None) -> None:
        self.entries += 1
        if payload is None:
            self.unexplained.add(str(entry.pk))
        if entry.action == ERASE_PAYLOAD and entry.object_kind == ENTRY_KIND:
            self.unexplained.discard(entry.object_id)


def _rows(number: int, chunks: list[bytes]) -> Iterator[Line]:
    first = 0
    for chunk in chunks:
        rows = read_chunk(chunk)
        yield {"type": "rows", "number": number, "first": first, "rows": rows}
        first += len(rows)
