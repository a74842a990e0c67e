"""In which encoding a text file is: marks and zero bytes first, then validity, then plausibility as Vietnamese."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from noivu.sheets.legacy.detection import Finding, find_table, has_accents, share_of_syllables
from noivu.sheets.reading.faults import Fault

_BLOCK = 1 << 20
_SAMPLE = 1 << 18
_ZEROS = 0.2
_PLAUSIBLE = 0.7
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = "cp1252"


def _undefined_as_latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("latin", _undefined_as_latin)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode a file; `finding` when its letters then still have to be taken from an old table."""

    codec: str
    errors: str = "strict"
    finding: Finding | None = None


def detect(path: Path) -> Encoding:
    """The encoding of a whole file (it is read once), or a fault that tells what was tried."""
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
    for mark, marked in _MARKS:
        if start.startswith(mark):
            return _with_table(marked, start.decode(marked, "ignore"))
    if codec := _by_zeros(start):
        return Encoding(codec)
    if b"\x00" in start:
        raise Fault("not-text")
    accented = _lines_beyond_ascii(path)
    if accented is None:
        return Encoding("utf-8")
    sample, valid = accented
    return _with_table("utf-8", sample.decode("utf-8", "ignore")) if valid else _eight_bits(sample)


def _with_table(codec: str, sample: str) -> Encoding:
    return Encoding(codec, finding=find_table(sample.splitlines()))


def _by_zeros(start: bytes) -> str | None:
    half = len(start) // 2
    if half and start[1::2].count(0) > _ZEROS * half and start[::2].count(0) < start[1::2].count(0) // 4:
        return "utf-16-le"
    if half and start[::2].count(0) > _ZEROS * half and start[1::2].count(0) < start[::2].count(0) // 4:
        return "utf-16-be"
    return None


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block


def _lines_beyond_ascii(path: Path) -> tuple[bytes, bool] | None:
    """A sample of the lines that hold bytes beyond ASCII, and whether the whole file is UTF-8; None: all is ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    sample, valid, beyond = bytearray(), True, False
    for block in _blocks(path):
        if block.isascii() and valid and not decoder.getstate()[0]:
            continue
        beyond = True
        if len(sample) < _SAMPLE:
            sample += b"".join(line for line in block.splitlines(keepends=True) if not line.isascii())
        valid = valid and _decodes(decoder, block)
        if not valid and len(sample) >= _SAMPLE:
            break
    if valid and not _decodes(decoder, b"", final=True):
        if not sample.decode("utf-8", "ignore").isascii():
            raise Fault("truncated")  # all is UTF-8 but the last character, which is cut in its middle
        valid = False
    return (bytes(sample[: 2 * _SAMPLE]), valid) if beyond else None


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _eight_bits(sample: bytes) -> Encoding:
    western = sample.decode(WESTERN, "latin")
    lines = western.splitlines()
    if finding := find_table(lines):
        return Encoding(WESTERN, "latin", finding)
    vietnamese = sample.decode("cp1258", "replace").splitlines()
    share = share_of_syllables(vietnamese)
    if share >= _PLAUSIBLE and share >= share_of_syllables(lines) and any(map(has_accents, vietnamese)):
        return Encoding("cp1258", "replace")
    if share_of_syllables(lines) >= _PLAUSIBLE:
        return Encoding(WESTERN, "latin")
    raise Fault("encoding", share=round(100 * share))
