"""Text that a spreadsheet must not run: a cell that begins with = + - @ tab or CR is made inert.

In XLSX it is stored as text with the quote-prefix style. CSV has no such style: there an apostrophe is put before it,
which Excel, LibreOffice and our own import take for what it is. Numbers are numbers and stay so.
"""

import re

_RUNS = re.compile(r"^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_GUARD = "'"


def would_run(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula or a command."""
    return _RUNS.match(text) is not None


def guarded(text: str) -> str:
    """The text as CSV carries it."""
    return _GUARD + text if would_run(text.lstrip(_GUARD)) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith(_GUARD) and would_run(text.lstrip(_GUARD)) else text
