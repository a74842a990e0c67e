"""The child process: limits itself, then writes the words of one file to standard output as JSON.

`{"text": …}` or `{"fault": code}`. Started as `python -m noivu.papers.texts.child FILE docx|pdf`; it imports nothing of
the web framework. Exit 0 in both cases: what is told is the answer.
"""

import codecs
import io
import json
import logging
import resource
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pypdf._codecs._codecs
import pypdf.filters
from pypdf.errors import PyPdfError

MEMORY, SECONDS = 1_000_000_000, 60
MOST_LETTERS = 5_000_000
_MOST_INFLATED = 200_000_000
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")
_CODECS = (
    *("ascii", "latin-1", "charmap", "cp437", "cp1250", "cp1251", "cp1252", "cp1258", "mac-roman"),
    *("utf-8", "utf-16", "utf-16-be", "utf-16-le", "utf-32-be", "gbk", "gb18030", "big5", "shift-jis", "euc-kr"),
)
_BREAKS = {f"{_WORDS}{name}" for name in ("p", "br", "tab", "cr")}


_DAMAGED = (
    *(PyPdfError, zipfile.BadZipFile, ElementTree.ParseError, OSError, LookupError, ValueError, TypeError),
    *(AttributeError, ArithmeticError, RuntimeError, AssertionError),
)
"""What readers raise over a damaged file: it may end them anywhere."""


class Fault(Exception):  # noqa: N818  it is a finding about a file
    """Why the words of a file cannot be read."""


def make_ready() -> None:
    """What readers load when they need it is loaded now, while files can be opened."""
    for codec in _CODECS:
        codecs.lookup(codec)


def limit() -> None:
    """From here on: so much memory and time, nothing written, nothing opened, no call out."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def words_of_docx(content: bytes) -> Iterator[str]:
    """The text of a Word document, its heads and feet and notes, piece by piece."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [one for one in archive.infolist() if one.filename.startswith(_PARTS) and one.filename.endswith(".xml")]
        if sum(part.file_size for part in parts) > _MOST_INFLATED:
            raise Fault("too-large")
        for part in sorted(parts, key=lambda one: (not one.filename.startswith(_PARTS[0]), one.filename)):
            written = archive.read(part)
            if b"<!DOCTYPE" in written[:1024] or b"<!ENTITY" in written:
                raise Fault("unreadable")
            for _, element in ElementTree.iterparse(io.BytesIO(written)):  # noqa: S314  no entities get here
                if element.tag == f"{_WORDS}t":
                    yield element.text or ""
                elif element.tag in _BREAKS:
                    yield "\n"
                    if element.tag == f"{_WORDS}p":
                        element.clear()


def words_of_pdf(content: bytes) -> Iterator[str]:
    """The text of a PDF, page by page."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise Fault("encrypted")
    for page in reader.pages:
        yield page.extract_text()
        yield "\n"


READERS = {"docx": words_of_docx, "pdf": words_of_pdf}


def text_of(content: bytes, kind: str) -> str:
    """All words, composed Unicode, single spaces; no more letters than are kept."""
    pieces, letters = [], 0
    for piece in READERS[kind](content):
        pieces.append(piece)
        letters += len(piece)
        if letters > MOST_LETTERS:
            break
    joined = unicodedata.normalize("NFC", "".join(pieces)).replace("\x00", " ")
    return " ".join(joined.encode("utf-8", "replace").decode().split())


def main(arguments: list[str]) -> int:
    """Read the file, or tell why not."""
    logging.disable()  # what a reader murmurs about a file is no answer
    content = Path(arguments[0]).read_bytes()
    make_ready()
    limit()
    try:
        told = {"text": text_of(content, arguments[1])}
    except Fault as fault:
        told = {"fault": str(fault)}
    except (MemoryError, RecursionError):
        told = {"fault": "too-costly"}
    except _DAMAGED:
        told = {"fault": "unreadable"}
    sys.stdout.buffer.write(json.dumps(told).encode())
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
