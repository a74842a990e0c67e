"""The marks that a document or something owed bears, as columns of sheets: urgency, secrecy, priority."""

from collections.abc import Iterable
from typing import Any

from noivu.core.refusals import Refusal
from noivu.core.secrecy import SECRECIES, require_lawful_secrecy
from noivu.core.wording import Text
from noivu.intake.checking import Reason
from noivu.records.constants import URGENCIES
from noivu.sheets.api import Column, ImportContext, ParsedRow
from noivu.work.constants import PRIORITIES

_ORDINARY, _NONE = "ordinary", "none"
_NO_MARK = {"urgency": _ORDINARY, "priority": _NONE}
_URGENCIES = {
    _ORDINARY: Text(vi="Thường", en="Ordinary"),
    **{code.value: words for code, words in URGENCIES.items()},
}
MARKS = (
    Column(
        "urgency",
        Text(vi="Độ khẩn", en="Urgency"),
        kind="choice",
        choices={
            _ORDINARY: Text(vi="Thường", en="Ordinary"),
            **{code.value: words for code, words in URGENCIES.items()},
        },
        also_called=("Mức độ khẩn",),
        example="Khẩn",
    ),
    Column(
        "secrecy",
        Text(vi="Độ mật", en="Secrecy"),
        kind="choice",
        choices={code.value: words for code, words in SECRECIES.items()},
        help=Text(
            vi="Bí mật nhà nước chỉ nhập vào hệ thống đã khai là mạng độc lập.",
            en="State secrets come only into a system declared isolated.",
        ),
        also_called=("Mức độ mật",),
        example="Nội bộ",
    ),
)


PRIORITY = Column(
    "priority",
    Text(vi="Ưu tiên", en="Priority"),
    kind="choice",
    choices={_NONE: Text(vi="Không", en="None"), **PRIORITIES},
)


def marks_of(row: ParsedRow, context: ImportContext) -> dict[str, Any]:
    """The marks that the sheet has a column for; an empty cell takes the mark away."""
    said = {name: row[name] or "" for name in ("urgency", "secrecy", "priority") if name in context.given}
    return {name: "" if value == _NO_MARK.get(name) else value for name, value in said.items()}


def unlawful_secrecy(row: ParsedRow) -> Iterable[Reason]:
    """A state secret is kept out of a networked installation, row by row."""
    try:
        require_lawful_secrecy(row["secrecy"] or "")
    except Refusal as refusal:
        yield "secrecy", refusal.text()
