"""The order in which a file is looked at, and what each kind of file must not carry."""

import re
import zipfile
from collections.abc import Callable

from noivu.papers.checking import portable
from noivu.papers.checking.archives import open_archive, read_entry
from noivu.papers.checking.compound import Compound
from noivu.papers.checking.endings import (
    ALLOWED,
    COMPOUND,
    ODF,
    OLD_OFFICE,
    OOXML,
    PLAIN,
    RUNNING,
    WITH_MACROS,
    ZIPPED,
    ending_of,
    kind_of,
    program_in,
)  # fmt: skip
from noivu.papers.checking.findings import Finding, refusal_of

_DEEPEST = 3
_REVERSING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MACRO_PARTS = re.compile(r"vbaProject[^/]*\.bin$|(^|/)macrosheets/|(^|/)vbaData\.xml$", re.IGNORECASE)
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_EMBEDDED = re.compile(r"(^|/)(embeddings|activeX)/[^/]+$", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>", re.IGNORECASE)
_ELSEWHERE = re.compile(rb"Target\s*=\s*[\"'](?:https?:|ftp:|\\\\|file:/*(?:\\\\|//[^/]))", re.IGNORECASE)
_ODF_MACROS = re.compile(r"^(Basic|Scripts)/.", re.IGNORECASE)
_MACRO_STORES = {"_vba_project", "_vba_project_cur", "vba", "macros"}
_PACKAGED = ("\x01ole10native",)
_POINT_MACROS = re.compile(rb"\x02\x00\x00\x04\x0c\x00\x00\x00.{4}(?!\x00{4}).{4}", re.DOTALL)
_OF_XML = re.compile(rb"<!DOCTYPE|<!ENTITY|macrosPresent\s*=\s*[\"']yes|<(?:\w+:)?script[\s>]", re.IGNORECASE)


def check_file(name: str, content: bytes) -> str:
    """Refuse a file that may not come in: by its bytes, held against its name. Else its type, as an ending ("pdf")."""
    try:
        _check(name, content, 0)
    except Finding as finding:
        raise refusal_of(name, finding) from finding
    return ending_of(name)


def _check(name: str, content: bytes, depth: int) -> None:
    ending = ending_of(name)
    if _REVERSING.search(name):
        raise Finding("name")
    if ending in RUNNING:
        raise Finding("runs", f".{ending}")
    if ending in WITH_MACROS:
        raise Finding("macros", f".{ending}")
    if not content:
        raise Finding("empty")
    if program := program_in(content):
        raise Finding("runs", program)
    if ending not in ALLOWED:
        raise Finding("type", f".{ending}" if ending else "–")
    kind = kind_of(content)
    wanted = _WANTED.get(ending, ending)
    if kind == COMPOUND and wanted == ZIPPED and "encryptedpackage" in Compound(content).names:
        raise Finding("encrypted")
    if kind != wanted:
        raise Finding("other", f".{ending}")
    if inside := _INSIDE.get(kind):
        inside(ending, content, depth)


_WANTED = {
    **dict.fromkeys((*OOXML, *ODF), ZIPPED),
    **dict.fromkeys(OLD_OFFICE, COMPOUND),
    **dict.fromkeys(PLAIN, "text"),
}


def _check_zipped(ending: str, content: bytes, depth: int) -> None:
    archive = open_archive(content)
    if ending in OOXML:
        _check_office(ending, archive, depth)
    elif ending in ODF:
        _check_open_document(ending, archive)
    else:
        _check_packed(archive, depth)


def _check_office(ending: str, archive: zipfile.ZipFile, depth: int) -> None:
    types = read_entry(archive, "[Content_Types].xml")
    for part in archive.namelist():
        if _MACRO_PARTS.search(part):
            raise Finding("macros", part)
        if part.endswith(".rels") and (called := _called(read_entry(archive, part))):
            raise Finding("remote", called)
        if _EMBEDDED.search(part):
            _check_embedded(part, read_entry(archive, part), depth)
    if _MACRO_TYPES.search(types):
        raise Finding("macros", "[Content_Types].xml")
    if OOXML[ending].encode() not in types:
        raise Finding("other", f".{ending}")


def _called(relations: bytes) -> str:
    """The template of another machine that a part calls when it is opened."""
    for tag in _RELATION.findall(relations):
        if b"attachedTemplate" in tag and _ELSEWHERE.search(tag):
            called: bytes = tag.partition(b"Target=")[2][1:80]
            return called.decode("utf-8", "replace").split('"')[0]
    return ""


def _check_embedded(name: str, content: bytes, depth: int) -> None:
    """What is embedded in a file may not run; else it may be what it likes."""
    if depth >= _DEEPEST:
        raise Finding("nested", name)
    if program := program_in(content):
        raise Finding("object", program)
    kind = kind_of(content)
    if kind == COMPOUND:
        _check_compound("", content, depth + 1)
    elif kind == ZIPPED:
        archive = open_archive(content)
        ending = next(
            (one for one, mark in OOXML.items() if mark.encode() in read_entry(archive, "[Content_Types].xml")), ""
        )
        if ending:
            _check_office(ending, archive, depth + 1)
        elif any(_MACRO_PARTS.search(part) or ending_of(part) in RUNNING for part in archive.namelist()):
            raise Finding("object", name)


def _check_open_document(ending: str, archive: zipfile.ZipFile) -> None:
    if read_entry(archive, "mimetype").strip() != ODF[ending].encode():
        raise Finding("other", f".{ending}")
    for part in archive.namelist():
        if _ODF_MACROS.search(part) and not part.endswith((".xml", ".xlb", "/")):
            raise Finding("macros", part)
        if _ODF_MACROS.search(part) and b"script:module" in read_entry(archive, part):
            raise Finding("macros", part)
    if b"encryption-data" in read_entry(archive, "META-INF/manifest.xml"):
        raise Finding("encrypted")


def _check_packed(archive: zipfile.ZipFile, depth: int) -> None:
    """Every file of an archive may itself come in; archives do not hold archives."""
    for part in archive.namelist():
        if part.endswith("/"):
            continue
        if ending_of(part) == ZIPPED:
            raise Finding("nested", part)
        _check(part, read_entry(archive, part), depth + 1)


def _check_compound(ending: str, content: bytes, depth: int) -> None:
    found = Compound(content)
    if found.names & {"encryptedpackage", "encryptedsummary"}:
        raise Finding("encrypted")
    if found.names & _MACRO_STORES or "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Finding("macros", "VBA")
    if ending and not found.names & set(OLD_OFFICE[ending]):
        raise Finding("other", f".{ending}")
    for stream in found.streams(*_PACKAGED):
        label = stream[6:262].split(b"\x00", 1)[0].decode("latin-1")
        if ending_of(label) in RUNNING | WITH_MACROS:
            raise Finding("object", label)
    _check_streams(found)


def _check_streams(found: Compound) -> None:
    for stream in found.streams("worddocument"):
        if len(stream) > 11 and stream[11] & 0x01:
            raise Finding("encrypted")
    for stream in found.streams("workbook", "book"):
        _check_sheets(stream)
    for stream in found.streams("powerpoint document"):
        if _POINT_MACROS.search(stream):
            raise Finding("macros", "VBA")


def _check_sheets(stream: bytes) -> None:
    """The first records of a workbook: one says that it is encrypted, those of its sheets which of them are macros."""
    place = 0
    while place + 4 <= len(stream):
        record, length = int.from_bytes(stream[place : place + 2], "little"), stream[place + 2 : place + 4]
        size = int.from_bytes(length, "little")
        if record == 0x2F:
            raise Finding("encrypted")
        if record == 0x85 and size > 5 and stream[place + 4 + 5] in (1, 6):
            raise Finding("macros", "Excel 4.0")
        if record == 0x0A:  # the end of what concerns the whole workbook
            return
        place += 4 + size


def _check_pdf(ending: str, content: bytes, depth: int) -> None:
    for name, embedded in portable.check_pdf(content):
        if ending_of(name) in RUNNING | WITH_MACROS:
            raise Finding("object", name)
        _check_embedded(name, embedded, depth)


def _check_rich_text(ending: str, content: bytes, depth: int) -> None:
    if re.search(rb"\\obj(?:data|ocx|autlink)", content):
        raise Finding("object", "RTF \\objdata")


def _check_text(ending: str, content: bytes, depth: int) -> None:
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Finding("other", f".{ending}")
    if ending == "xml" and (found := _OF_XML.search(content.replace(b"\x00", b""))):
        raise Finding("runs", found.group().decode("ascii", "replace"))


_INSIDE: dict[str, Callable[[str, bytes, int], None]] = {
    ZIPPED: _check_zipped,
    COMPOUND: _check_compound,
    "pdf": _check_pdf,
    "rtf": _check_rich_text,
    "text": _check_text,
}
