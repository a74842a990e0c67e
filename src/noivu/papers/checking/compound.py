"""Files of the older Office (OLE compound files): a directory of streams, read within limits."""

import struct
from collections.abc import Iterator

from noivu.papers.checking.findings import Finding

_END, _HEADER, _ENTRY = 0xFFFFFFF8, 512, 128
_MOST_STREAM = 64 << 20


class Compound:
    """The streams of a compound file by their names in small letters."""

    def __init__(self, content: bytes) -> None:
        try:
            self._open(content)
        except (struct.error, IndexError) as broken:
            raise Finding("broken") from broken

    def _open(self, content: bytes) -> None:
        self._content = content
        shift, mini = struct.unpack_from("<2H", content, 30)
        if shift not in (9, 12) or mini != 6:
            raise Finding("broken")
        self._size = 1 << shift
        first_directory, self._cutoff = struct.unpack_from("<L4xL", content, 48)
        first_small, _, first_extra, _ = struct.unpack_from("<4L", content, 60)
        self._table = self._words(self._table_sectors(first_extra))
        self._small_table = self._words(list(self._chain(first_small)))
        directory = b"".join(self._sector(number) for number in self._chain(first_directory))
        self.entries: list[tuple[str, int, int, int]] = []
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, place + 64)
            start, size = struct.unpack_from("<2L", directory, place + 116)
            name = directory[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
            if kind:
                self.entries.append((name, kind, start, size))
        if not self.entries:
            raise Finding("broken")
        root = next((entry for entry in self.entries if entry[1] == 5), None)
        self._small = self._read(root[2], root[3]) if root else b""

    def _sector(self, number: int) -> bytes:
        place = max(_HEADER, self._size) + number * self._size
        return self._content[place : place + self._size]

    def _table_sectors(self, extra: int) -> list[int]:
        found = list(struct.unpack_from("<109L", self._content, 76))
        for _ in range(len(self._content) // self._size):
            if extra >= _END:
                break
            words = self._words([extra])
            found, extra = [*found, *words[:-1]], words[-1]
        return [number for number in found if number < _END]

    def _words(self, sectors: list[int]) -> list[int]:
        joined = b"".join(self._sector(number) for number in sectors)
        return list(struct.unpack(f"<{len(joined) // 4}L", joined[: len(joined) // 4 * 4]))

    def _chain(self, number: int) -> Iterator[int]:
        for _ in range(len(self._table)):
            if number >= _END:
                return
            yield number
            number = self._table[number]
        if number < _END:
            raise Finding("broken")

    def _read(self, start: int, size: int) -> bytes:
        if size > _MOST_STREAM:
            raise Finding("bomb", f"{size >> 20} MB")
        return b"".join(self._sector(number) for number in self._chain(start))[:size]

    @property
    def names(self) -> set[str]:
        return {name for name, *_ in self.entries}

    def streams(self, *names: str) -> Iterator[bytes]:
        """The bytes of every stream that has one of these names."""
        for name, kind, start, size in self.entries:
            if kind == 2 and name in names:
                try:
                    yield self._read(start, size) if size >= self._cutoff else self._read_small(start, size)
                except IndexError as broken:
                    raise Finding("broken") from broken

    def _read_small(self, number: int, size: int) -> bytes:
        parts = []
        for _ in range(size // 64 + 1):
            if number >= _END:
                break
            parts.append(self._small[number * 64 : number * 64 + 64])
            number = self._small_table[number]
        return b"".join(parts)[:size]
