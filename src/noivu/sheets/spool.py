"""Typed rows on their way from a file to the register, chunk by chunk on disk.

A file is read and typed before the transaction that writes: on the embedded database that transaction shuts out every
other writer, and reading takes most of the time. Memory does not grow with the file.
"""

import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType

from noivu.sheets.declarations import ParsedRow
from noivu.sheets.reading.parent import RawRow
from noivu.sheets.rows import Kept

_IN_MEMORY = 8_000_000


Row = tuple[RawRow, ParsedRow]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows that follow one another: those to be applied beside their cells, and those that are kept aside."""

    good: list[Row]
    kept: list[Kept]

    def __len__(self) -> int:
        return len(self.good) + len(self.kept)

    @property
    def ends(self) -> int:
        """The number of the last row that may be applied."""
        return self.good[-1][0].number if self.good else 0


class Spool:
    """Chunks that are put in once and taken out once, in order; small files never touch the disk."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  closed when the import ends

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, chunk: Chunk) -> None:
        pickle.dump(chunk, self._file, protocol=pickle.HIGHEST_PROTOCOL)

    def chunks(self) -> Iterator[Chunk]:
        """All chunks, from the first."""
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            chunk: Chunk = pickle.load(self._file)  # noqa: S301  written by this process a moment ago, and nameless
            yield chunk
