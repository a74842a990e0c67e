"""Rows that lean on others of the same file come after them, also where these stand in a later chunk.

Those that must wait do so on disk, and take their turn when the file is through: what is kept in memory are the names
that are leaned on, and those of the rows that wait.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from types import TracebackType

from noivu.sheets.declarations import Names, ParsedRow
from noivu.sheets.spool import Chunk, Row, Spool


class Order:
    """The order in which the rows of one file are handed to a room. Without `names` it is that of the file."""

    def __init__(self, names: Names | None) -> None:
        self._names = names
        self._called: set[str] = set()
        self._comes: dict[str, int] = {}
        self._begin()
        self._is_stuck = False

    def __enter__(self) -> "Order":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.__exit__(kind, error, trace)

    def _begin(self) -> None:
        self._waiting, self._held, self._rows, self._chunks = Spool(), dict[str, int](), 0, 0

    def see(self, row: ParsedRow) -> None:
        """A row of the file is read: whoever leaned on it before must wait."""
        if self._names is None:
            return
        name, leans_on = self._names(row.values)
        if name in self._called:
            self._comes[name] = row.number
        if leans_on:
            self._called.add(leans_on)

    def ready(self, rows: Sequence[Row], at: int) -> list[Row]:
        """Those rows whose turn it is; the others wait. `at`: the number of the last row of the chunk."""
        if self._names is None or self._is_stuck or not (self._comes or self._held):
            return list(rows)
        names = [self._names(row.values) for _, row in rows]
        leaning: defaultdict[str, list[int]] = defaultdict(list)
        for place, (_, leans_on) in enumerate(names):
            leaning[leans_on].append(place)
        late = [place for place, (_, leans_on) in enumerate(names) if leans_on and self._is_to_come(leans_on, at)]
        waiting: set[int] = set()
        while late:
            place = late.pop()
            if place not in waiting:
                waiting.add(place)
                late += leaning.get(names[place][0], ())
        self._hold([rows[place] for place in sorted(waiting)])
        return [row for place, row in enumerate(rows) if place not in waiting]

    def rest(self) -> Iterator[list[Row]]:
        """The rows that waited, chunk by chunk; those that lean on one another in a circle come last, as they are."""
        while self._rows:
            there = self._rows
            with self._waiting as waiting:
                self._comes = self._held
                self._begin()
                for at, chunk in enumerate(waiting.chunks()):
                    yield self.ready(chunk.good, at)
            self._is_stuck = self._rows == there

    def _is_to_come(self, name: str, at: int) -> bool:
        return name in self._held or self._comes.get(name, at) > at

    def _hold(self, rows: list[Row]) -> None:
        if not rows or self._names is None:
            return
        self._waiting.put(Chunk(rows, []))
        self._held |= {self._names(row.values)[0]: self._chunks for _, row in rows}
        self._rows += len(rows)
        self._chunks += 1
