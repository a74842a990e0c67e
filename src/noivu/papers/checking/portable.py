"""PDF: names that act, wherever in the file they stand, also written with escapes or inside compressed objects.

The file is searched as bytes and not as a reader would follow it: what one reader skips, another may open. So what is
no longer referred to counts too, which is stricter and never laxer.
"""

import re
import zlib
from collections.abc import Iterator

from noivu.papers.checking.findings import Finding

_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTING = re.compile(rb"/(JavaScript|Launch|RichMedia|ImportData)(?![A-Za-z0-9])")
_ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_STREAM = re.compile(rb"\bstream\r?\n")
_FILE_NAME = re.compile(rb"/U?F\s*\(((?:[^()\\]|\\.){1,255})\)", re.DOTALL)
_TEXTS = re.compile(rb"\((?:[^()\\]|\\.)*\)|%[^\r\n]*", re.DOTALL)
_MOST_INFLATED = 100 << 20
_DICTIONARY_WITHIN = 1 << 14


def check_pdf(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Refuse what acts or is encrypted; give the name and the content of whatever is embedded."""
    if b"%%EOF" not in content[-4096:] and b"startxref" not in content:
        raise Finding("broken")
    left = _MOST_INFLATED
    _check_names(content)
    yield from _named(content)
    for found in _STREAM.finditer(content):
        about = _dictionary(content[max(0, found.start() - _DICTIONARY_WITHIN) : found.start()])
        holds_objects = b"/ObjStm" in about or (b"/First" in about and b"/N" in about)
        if not holds_objects and b"/EmbeddedFile" not in about:
            continue
        inflated = _inflated(content, found.end(), about, left)
        left -= len(inflated)
        if holds_objects:
            _check_names(inflated)
            yield from _named(inflated)
        else:
            yield "", inflated


def _dictionary(before: bytes) -> bytes:
    """What an object says of its stream; texts and comments, which may say anything, are left out."""
    return _unescaped(_TEXTS.sub(b"", before).rpartition(b" obj")[2])


def _unescaped(part: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _check_names(part: bytes) -> None:
    plain = _unescaped(part)
    if found := _ACTING.search(plain):
        raise Finding("script", found.group().decode())
    if _ENCRYPTED.search(plain):
        raise Finding("encrypted")


def _named(part: bytes) -> Iterator[tuple[str, bytes]]:
    for found in _FILE_NAME.finditer(part):
        yield found[1].replace(b"\x00", b"").decode("latin-1"), b""


def _inflated(content: bytes, start: int, about: bytes, left: int) -> bytes:
    """The bytes of a stream as the reader gets them."""
    end = content.find(b"endstream", start)
    raw = content[start : end if end >= 0 else len(content)]
    filters = re.findall(rb"/(\w+Decode)\b", about)
    if not filters and b"/Filter" not in about:
        return raw
    if filters not in ([b"FlateDecode"], [b"Fl"]):
        raise Finding("broken")
    inflater = zlib.decompressobj()
    try:
        inflated = inflater.decompress(content[start:], left + 1)
    except zlib.error as broken:
        raise Finding("broken") from broken
    if len(inflated) > left:
        raise Finding("bomb", f"> {_MOST_INFLATED >> 20} MB")
    return inflated
