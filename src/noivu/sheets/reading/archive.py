"""The check of a zipped workbook before anything parses it: sizes, ratio, entries, macros, links; lies included.

The directory of a zip only declares sizes. So each entry is inflated once here, counted against its declaration and
the ceiling, and thrown away; the cells with formulas or errors of the sheet to be read are noted in passing.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from noivu.sheets.reading.faults import Fault
from noivu.sheets.reading.limits import Limits

_BLOCK = 1 << 18
_SMALL = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_END_WITHIN = _END.size + (1 << 16)
_LONGEST_NAME = 1_024
_STORED, _DEFLATED = 0, 8
_MACROS = re.compile(r"vbaProject\.bin$|^xl/macrosheets/", re.IGNORECASE)
_LINKS = re.compile(r"^xl/externalLinks/", re.IGNORECASE)
_SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
Watcher = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip whose directory has been read and found within the limits; its entries are still unread."""

    stream: BinaryIO
    entries: dict[str, zipfile.ZipInfo]
    limits: Limits

    def inflate(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """The bytes of an entry, in blocks, never more than it declared."""
        inflated = 0
        for block in _inflated(self.stream, entry):
            inflated += len(block)
            if inflated > entry.file_size:
                raise Fault("archive-lies", entry=entry.filename)
            yield block
        if inflated != entry.file_size:
            raise Fault("archive-lies", entry=entry.filename)

    def read(self, name: str) -> bytes:
        """A small entry whole; empty when there is none."""
        entry = self.entries.get(name)
        if entry is None:
            return b""
        if entry.file_size > 8 * _SMALL:
            raise Fault("archive-too-large", inflated=entry.file_size, limit=8 * _SMALL)
        return b"".join(self.inflate(entry))

    def check_contents(self, watchers: Mapping[str, Watcher]) -> None:
        """Inflate every entry once; the blocks of a watched one go to its watcher."""
        for entry in self.entries.values():
            watcher = watchers.get(entry.filename, _nobody)
            for block in self.inflate(entry):
                watcher(block)


def _nobody(block: bytes) -> None:
    """Watches an entry that only had to be inflated and counted."""


def open_archive(stream: BinaryIO, limits: Limits) -> Archive:
    """Read the directory of a zip and refuse what it declares beyond the limits."""
    _check_directory(stream, limits)
    try:
        directory = zipfile.ZipFile(stream).infolist()
    except (zipfile.BadZipFile, struct.error, UnicodeDecodeError, ValueError, OSError) as broken:
        raise Fault("truncated") from broken
    if len(directory) > limits.entries:
        raise Fault("archive-too-many", entries=len(directory), limit=limits.entries)
    entries = {entry.filename: entry for entry in directory}
    if len(entries) != len(directory):
        raise Fault("archive-lies", entry="")
    _check_sizes(directory, limits)
    _check_names(entries)
    return Archive(stream, entries, limits)


def _check_directory(stream: BinaryIO, limits: Limits) -> None:
    """The directory itself must be small: it is read whole, before its entries can be counted."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END_WITHIN))
    tail = stream.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + _END.size:
        raise Fault("truncated")
    *_, entries, length, _, _ = _END.unpack_from(tail, place)
    if length > limits.entries * _LONGEST_NAME:
        raise Fault("archive-too-many", entries=entries, limit=limits.entries)


def _check_sizes(directory: list[zipfile.ZipInfo], limits: Limits) -> None:
    inflated = sum(entry.file_size for entry in directory)
    packed = sum(entry.compress_size for entry in directory)
    if inflated > limits.inflated_bytes:
        raise Fault("archive-too-large", inflated=inflated, limit=limits.inflated_bytes)
    large = [entry for entry in directory if entry.file_size > _SMALL]
    if inflated > _SMALL and inflated > limits.ratio * packed:
        raise Fault("archive-bomb", ratio=inflated // max(1, packed), limit=limits.ratio)
    for entry in large:
        if entry.file_size > limits.ratio * entry.compress_size:
            ratio = entry.file_size // max(1, entry.compress_size)
            raise Fault("archive-bomb", ratio=ratio, limit=limits.ratio)


def _check_names(entries: dict[str, zipfile.ZipInfo]) -> None:
    for name, entry in entries.items():
        if entry.flag_bits & 0x1:
            raise Fault("encrypted")
        if entry.compress_type not in (_STORED, _DEFLATED):
            raise Fault("archive-lies", entry=name)
        if _MACROS.search(name):
            raise Fault("macros")
        if _LINKS.search(name):
            raise Fault("external-links")


def _inflated(stream: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    _go_to_contents(stream, entry)
    left = entry.compress_size
    inflater = zlib.decompressobj(-15) if entry.compress_type == _DEFLATED else None
    try:
        while left > 0:
            packed = stream.read(min(_BLOCK, left))
            if not packed:
                raise Fault("truncated")
            left -= len(packed)
            if inflater is None:
                yield packed
                continue
            while packed:
                yield inflater.decompress(packed, _BLOCK)
                packed = inflater.unconsumed_tail
        if inflater is not None and not inflater.eof:
            raise Fault("truncated")
    except zlib.error as broken:
        raise Fault("truncated") from broken


def _go_to_contents(stream: BinaryIO, entry: zipfile.ZipInfo) -> None:
    stream.seek(entry.header_offset)
    header = stream.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise Fault("truncated")
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    stream.seek(name_length + extra_length, 1)


def sheet_entries(archive: Archive) -> list[str]:
    """The names of the entries that hold the sheets, in the order of the workbook."""
    book, relations = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels")
    targets = {}
    for tag in _RELATION.findall(relations):
        target = _attribute(tag, rb"Target").lstrip("/")
        targets[_attribute(tag, rb"Id")] = target if target.startswith("xl/") else f"xl/{target}"
    return [targets.get(_attribute(tag, rb"\w+:id"), "") for tag in _SHEET_TAG.findall(book)]


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"\s*=\s*[\"']([^\"']*)[\"']", tag)
    return found.group(1).decode("utf-8", "replace") if found else ""
