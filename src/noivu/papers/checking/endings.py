"""Endings of names, and what the first bytes of a file say that it is."""

import re

ZIPPED, COMPOUND = "zip", "ole"
OOXML = {
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
    "pptx": "presentationml.presentation.main+xml",
}
ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
OLD_OFFICE = {"doc": ("worddocument",), "xls": ("workbook", "book"), "ppt": ("powerpoint document",)}
WITH_MACROS = frozenset(["docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppsm", "ppam", "sldm"])
RUNNING = frozenset({
    "exe", "dll", "scr", "com", "pif", "cpl", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "wsf",
    "wsh", "hta", "msi", "msp", "msix", "jar", "lnk", "url", "reg", "inf", "sh", "py", "pl", "php", "apk", "app",
    "iso", "img", "vhd", "chm", "html", "htm", "svg", "mht", "mhtml", "xll", "sct", "application", "gadget",
})  # fmt: skip
PLAIN = frozenset({"txt", "csv", "xml"})
_MARKS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "rtf": (b"{\\rtf",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "tif": (b"II*\x00", b"MM\x00*"),
    "bmp": (b"BM",),
    ZIPPED: (b"PK\x03\x04",),
    COMPOUND: (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
}
_PROGRAMS = (
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"#!", "script"),
    (b"\xca\xfe\xba\xbe", "class"),
    (b"L\0\0\0\1\x14\2", "LNK"),
)
_SAME = {"jpeg": "jpg", "tiff": "tif"}
_PAGE = re.compile(rb"^\s*(?:<!doctype html|<html|<script|<svg|<hta:|<job|<\?php)", re.IGNORECASE)
ALLOWED = frozenset([*OOXML, *ODF, *OLD_OFFICE, *PLAIN, *(kind for kind in _MARKS if kind != COMPOUND)])


def ending_of(name: str) -> str:
    """The ending of a name in small letters, by the usual one of those that mean the same; "" where there is none."""
    last = name.rsplit(".", 1)[-1].strip().lower() if "." in name else ""
    return _SAME.get(last, last)


def kind_of(content: bytes) -> str:
    """What the first bytes say: one of the known kinds, "text" for what has none and no zero bytes, else ""."""
    start = content[:4096].removeprefix(b"\xef\xbb\xbf")
    for kind, marks in _MARKS.items():
        if start.startswith(marks):
            return kind
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "text" if is_wide or b"\x00" not in start else ""


def program_in(content: bytes) -> str:
    """The kind of a program or script whose bytes these are; "" for what does not run."""
    for mark, kind in _PROGRAMS:
        if content.startswith(mark):
            return kind
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")
    return "HTML/script" if _PAGE.search(start) else ""
