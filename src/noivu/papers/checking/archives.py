"""What a zip holds, read within limits: its directory first, then single entries, never more than they declare."""

import io
import struct
import zipfile
import zlib

from noivu.papers.checking.findings import Finding

MEGABYTE = 1_000_000
_MOST_ENTRIES, _MOST_INFLATED, _RATIO = 5_000, 300 * MEGABYTE, 150
_END = struct.Struct("<4s4H2LH")
_LONGEST_ENTRY = 1_024
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive, its directory found to be within the limits; nothing is inflated yet."""
    place = content.rfind(b"PK\x05\x06", max(0, len(content) - _END.size - (1 << 16)))
    if place < 0 or len(content) < place + _END.size:
        raise Finding("broken")
    if _END.unpack_from(content, place)[5] > _MOST_ENTRIES * _LONGEST_ENTRY:
        raise Finding("bomb", "> 5 MB")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, struct.error, ValueError, OSError) as broken:
        raise Finding("broken") from broken
    _check(archive.infolist())
    return archive


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Finding("encrypted")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise Finding("broken")
    inflated, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
    if len(entries) > _MOST_ENTRIES:
        raise Finding("bomb", f"{len(entries)} tệp/files")
    if inflated > _MOST_INFLATED or (inflated > 10 * MEGABYTE and inflated > _RATIO * packed):
        raise Finding("bomb", f"{inflated // MEGABYTE} MB")


def read_entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of an entry; empty where there is none."""
    try:
        return archive.read(name)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as broken:
        raise Finding("broken") from broken
