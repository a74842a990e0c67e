"""A minimal workbook of Excel 97 (BIFF8 in a compound file), written by hand: no library of ours writes them."""

import struct
from collections.abc import Sequence

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _label(row: int, column: int, text: str) -> bytes:
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _number(row: int, column: int, value: float) -> bytes:
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def _stream(rows: Sequence[Sequence[str | int]]) -> bytes:
    start = struct.pack("<HHHHLL", 0x0600, 0x0005, 0, 0, 0, 6)
    name = b"\x02\x00So"
    head = _record(0x0809, start)
    sheet_at = len(head) + 4 + 6 + len(name) + 4
    book = head + _record(0x0085, struct.pack("<LH", sheet_at, 0) + name) + _record(0x000A, b"")
    sheet = _record(0x0809, start[:2] + struct.pack("<H", 0x0010) + start[4:])
    width = max(len(row) for row in rows)
    sheet += _record(0x0200, struct.pack("<LLHHH", 0, len(rows), 0, width, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet += _label(row, column, cell) if isinstance(cell, str) else _number(row, column, cell)
    return book + sheet + _record(0x000A, b"")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBLLL", len(encoded), kind, 1, _FREE, _FREE, child)
        + bytes(16 + 4 + 8 + 8)
        + struct.pack("<LQ", start, size)
    )


def workbook_of_1997(rows: Sequence[Sequence[str | int]]) -> bytes:
    """The bytes of an .xls with one sheet of these rows."""
    stream = _stream(rows).ljust(4096, b"\0")
    stream = stream.ljust(-(-len(stream) // _SECTOR) * _SECTOR, b"\0")
    sectors = len(stream) // _SECTOR
    table = [_FAT, _END, *range(3, sectors + 2), _END]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<LLLLLLLLL", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<L", 0) + struct.pack("<L", _FREE) * 108
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    return header + struct.pack("<128L", *table) + directory.ljust(_SECTOR, b"\0") + stream
