"""What a file is, by its first bytes and never by its name."""

import re

from noivu.sheets.reading.faults import Fault

ZIPPED, COMPOUND, TEXT = "xlsx", "xls", "csv"
_PAGE = re.compile(
    rb"^\s*(?:<!doctype html|<html|<head|<meta|<style|<table|<body|<div|<\?xml|mime-version:)", re.IGNORECASE
)
_OTHERS = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)


def kind_of_file(start: bytes) -> str:
    """xlsx, xls or csv; a fault for what is none of them."""
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Fault("empty")
    if start.startswith(b"PK"):
        return ZIPPED
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return COMPOUND
    for mark, kind in _OTHERS:
        if start.startswith(mark):
            raise Fault("other-kind", kind=kind)
    if _PAGE.search(start.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")[:400]):
        raise Fault("web-page")
    return TEXT
