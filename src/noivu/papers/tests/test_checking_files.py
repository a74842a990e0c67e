"""What may come in as a file of a document, and what is refused with words that help."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest

from noivu.core.refusals import Refusal
from noivu.papers.api import check_file, render_pdf, render_word
from noivu.papers.tests.test_rendering import MADE_AT, a_paper

_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def packed(**parts: bytes | str) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(**parts: bytes | str) -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{WORD_TYPES}"/></Types>'
    return packed(**{"[Content_Types].xml": types, "word/document.xml": "<w:document/>", **parts})


def opened(mime: str, **parts: bytes | str) -> bytes:
    return packed(mimetype=mime, **{"content.xml": "<x/>", **parts})


def compound(*names: str, stream: bytes = b"") -> bytes:
    """A compound file of at most three streams, the first with these bytes."""
    body = stream.ljust(4096, b"\0")
    entries = [_entry("Root Entry", 5, _END, 0), *(_entry(name, 2, 2, len(body)) for name in names)]
    table = [_FAT, _END, *range(3, 2 + len(body) // _SECTOR), _END]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9L", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109L", 0, *[_FREE] * 108)
    return header + struct.pack("<128L", *table) + b"".join(entries).ljust(_SECTOR, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack("<HBB3L", len(written) + 2, kind, 1, _FREE, _FREE, _FREE)
    return head.ljust(116, b"\0") + struct.pack("<2L", start, size) + bytes(4)


def pdf(body: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
        + body
        + b"\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF"
    )


def in_pdf(about: bytes, content: bytes) -> bytes:
    """A PDF with a compressed stream of which this is said."""
    return pdf(
        b"2 0 obj\n<< "
        + about
        + b" /Filter /FlateDecode >>\nstream\n"
        + zlib.compress(content)
        + b"\nendstream\nendobj"
    )


SHEETS = struct.pack("<HH", 0x809, 2) + b"\0\6"
ELSEWHERE = '<Relationship Type="x/attachedTemplate" Target="http://a/b.dotm" TargetMode="External"/>'
ALLOWED = {
    "Công văn.pdf": pdf(),
    "BÁO CÁO.PDF": pdf(b"(an outline says JavaScript) 3 0 obj"),
    "Quyết định.docx": word(),
    "phu luc.odt": opened("application/vnd.oasis.opendocument.text"),
    "cu.doc": compound("WordDocument"),
    "cu.xls": compound("Workbook", stream=SHEETS + struct.pack("<HH", 0x0A, 0)),
    "anh.jpeg": b"\xff\xd8\xff\xe0 anh",
    "anh.png": b"\x89PNG\r\n\x1a\n anh",
    "ghi chu.txt": "Kính gửi".encode(),
    "danh sach.csv": "\ufeffHọ tên;Ngày sinh".encode(),
    "edxml.xml": b"<edXML/>",
    "goi.zip": packed(**{"a.pdf": pdf(), "thu/b.docx": word()}),
    "co doi tuong.docx": word(**{"word/embeddings/oleObject1.bin": compound("Equation Native")}),
}
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a program": ("thu.exe", lambda: b"MZ\x90", "runs"),
    "a program under the name of a PDF": ("thu.pdf", lambda: b"MZ\x90\0", "runs"),
    "a double ending": ("thu.pdf.js", lambda: b"1", "runs"),
    "a name that hides its ending": ("thu\u202efdp.docx", word, "name"),
    "a script in a text": ("thu.txt", lambda: b"#!/bin/sh\n", "runs"),
    "a web page": ("thu.xml", lambda: b"<html><script>1</script>", "runs"),
    "an XML with entities": ("thu.xml", lambda: b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "runs"),
    "a type that is not taken": ("thu.7z", lambda: b"7z\xbc\xaf", "type"),
    "no ending": ("thu", lambda: b"chu", "type"),
    "nothing": ("thu.pdf", lambda: b"", "empty"),
    "a Word file named PDF": ("thu.pdf", word, "other"),
    "a sheet named Word": (
        "thu.docx",
        lambda: packed(**{"[Content_Types].xml": "spreadsheetml.sheet.main+xml"}),
        "other",
    ),
    "a zip named Word": ("thu.docx", lambda: packed(**{"a.txt": "chu"}), "other"),
    "an old Word file named Excel": ("thu.xls", lambda: compound("WordDocument"), "other"),
    "bytes named text": ("thu.txt", lambda: b"a\0b", "other"),
    "a file with macros by its ending": ("thu.docm", word, "macros"),
    "a file with macros renamed": ("thu.docx", lambda: word(**{"word/vbaProject.bin": b"1"}), "macros"),
    "macros under another name": (
        "thu.docx",
        lambda: word(**{"word/x.bin": "1", "[Content_Types].xml": f"{WORD_TYPES} vnd.ms-office.vbaProject"}),
        "macros",
    ),
    "an old file with macros": ("thu.doc", lambda: compound("WordDocument", "Macros", "VBA"), "macros"),
    "Excel 4 macros": (
        "thu.xls",
        lambda: compound("Workbook", stream=SHEETS + struct.pack("<HH", 0x85, 8) + b"\0\0\0\0\0\1ab"),
        "macros",
    ),
    "macros inside an embedded file": (
        "thu.docx",
        lambda: word(**{"word/embeddings/a.docx": word(**{"word/vbaProject.bin": b"1"})}),
        "macros",
    ),
    "a program in an object": (
        "thu.docx",
        lambda: word(**{"word/embeddings/o.bin": compound("\x01Ole10Native", stream=bytes(6) + b"thu.exe\0MZ")}),
        "object",
    ),
    "a template elsewhere": (
        "thu.docx",
        lambda: word(**{"word/_rels/settings.xml.rels": ELSEWHERE}),
        "remote",
    ),
    "macros of OpenDocument": (
        "thu.odt",
        lambda: opened("application/vnd.oasis.opendocument.text", **{"Basic/Standard/M.xml": "<script:module/>"}),
        "macros",
    ),
    "an object in RTF": ("thu.rtf", lambda: b"{\\rtf1{\\object{\\*\\objdata 01}}}", "object"),
    "a PDF that runs": ("thu.pdf", lambda: pdf(b"<< /S /JavaScript /JS (1) >>"), "script"),
    "a PDF that runs, written with escapes": ("thu.pdf", lambda: pdf(b"<< /S /J#61vaScript >>"), "script"),
    "a PDF that starts a program": ("thu.pdf", lambda: pdf(b"<< /S /Launch >>"), "script"),
    "a PDF that runs from a compressed object": (
        "thu.pdf",
        lambda: in_pdf(b"/Type /ObjStm /N 1 /First 4", b"5 0 << /S /JavaScript >>"),
        "script",
    ),
    "a program in a PDF": ("thu.pdf", lambda: in_pdf(b"/Type /EmbeddedFile", b"MZ\x90\0"), "object"),
    "a script in a PDF by its name": ("thu.pdf", lambda: pdf(b"<< /Type /Filespec /UF (thu.vbs) >>"), "object"),
    "an encrypted PDF": ("thu.pdf", lambda: pdf(b"<< /Encrypt 5 0 R >>"), "encrypted"),
    "an encrypted Word file": ("thu.docx", lambda: compound("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "an encrypted old Word file": ("thu.doc", lambda: compound("WordDocument", stream=bytes(11) + b"\1"), "encrypted"),
    "an encrypted old workbook": (
        "thu.xls",
        lambda: compound("Workbook", stream=SHEETS + struct.pack("<HH", 0x2F, 2) + b"\0\0"),
        "encrypted",
    ),
    "a bomb": ("thu.zip", lambda: packed(**{"a.txt": b" " * 40_000_000}), "bomb"),
    "an archive in an archive": ("thu.zip", lambda: packed(**{"b.zip": packed(**{"a.txt": "1"})}), "nested"),
    "a program in an archive": ("thu.zip", lambda: packed(**{"a.txt": "1", "b/c.scr": b"MZ"}), "runs"),
    "a cut archive": ("thu.docx", lambda: word()[:-30], "broken"),
    "a cut compound file": ("thu.doc", lambda: compound("WordDocument")[:700], "broken"),
    "a cut PDF": ("thu.pdf", lambda: b"%PDF-1.7\n1 0 obj", "broken"),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_offices_send_comes_in(name: str) -> None:
    check_file(name, ALLOWED[name])


@pytest.mark.parametrize("case", REFUSED)
def test_it_refuses(case: str) -> None:
    name, make, code = REFUSED[case]
    with pytest.raises(Refusal) as refused:
        check_file(name, make())
    assert refused.value.code == f"file_{code}"
    assert refused.value.do is not None
    assert name in refused.value.what.vi


def test_a_cut_file_is_an_answer_and_never_an_error() -> None:
    """Every beginning of a file of each kind is taken or refused."""
    for name, whole in ALLOWED.items():
        for length in range(0, len(whole), max(1, len(whole) // 40)):
            with suppress(Refusal):
                check_file(name, whole[:length])


def test_papers_of_this_product_come_in() -> None:
    paper = a_paper()
    check_file("bao-cao.docx", render_word(paper))
    check_file("bao-cao.pdf", render_pdf(paper, made_at=MADE_AT))
