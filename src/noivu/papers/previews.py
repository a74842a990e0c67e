"""What of a file may be shown inside a page, and under which type: PDF and plain images, judged by their bytes."""

from noivu.papers.checking.endings import ending_of, kind_of

PDF, IMAGE = "pdf", "image"
_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
}


def preview_by_name(name: str) -> str:
    """How a page would show a file of this name: PDF, IMAGE, or "" where it is only taken."""
    ending = ending_of(name)
    return "" if ending not in _TYPES else PDF if ending == "pdf" else IMAGE


def preview_type(name: str, start: bytes) -> str:
    """The media type under which it is shown; "" where the first bytes are not what the name says, or not shown."""
    ending = ending_of(name)
    return _TYPES[ending] if ending in _TYPES and kind_of(start) == ending else ""
