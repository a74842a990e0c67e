"""The settlement slip of an incoming document (phiếu giải quyết văn bản đến), as Word and PDF.

Three opinions one below the other: the leader's with lead, co-operating units, the due date of each and the day on
which it was given, the unit head's, the officer's proposal. What the register knows is filled in; the rest are dots to
write on. Above it stands what the "ĐẾN" stamp says. The words of the form are the decree's, in Vietnamese whatever the
reader's language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from noivu.core import clock
from noivu.core.dates import format_day
from noivu.core.wording import Text, both
from noivu.desk.queries.documents import IncomingDetail, Share
from noivu.papers.api import Block, Heading, Paper, Paragraph, Run, Table, render_pdf, render_word
from noivu.work.api import ObligationEvent
from noivu.work.constants import Happening

_OPEN = "……"
_LINE = "…" * 30
_LINES = (Paragraph.of(_LINE),) * 2
_SIGNED = Paragraph((Run("Ngày …… tháng …… năm ……", italic=True),))


def slip_of(detail: IncomingDetail, helping: tuple[Share, ...]) -> Paper:
    """The slip of a document as it stands on the day of `detail`; `helping`: the co-operating units."""
    opinion = _opinion(detail)
    return Paper(
        issuer=detail.unit,
        symbol="",
        place="",
        kind="Phiếu giải quyết văn bản đến",
        subject=f"Số đến {detail.document.number}",
        blocks=[
            _stamp(detail),
            Paragraph.of(""),
            _document(detail),
            Heading("I. Ý kiến của lãnh đạo cơ quan, tổ chức"),
            _shares(detail, helping, opinion),
            *((Paragraph.of(opinion.reason),) if opinion and opinion.reason else _LINES),
            _SIGNED,
            Heading("II. Ý kiến của lãnh đạo đơn vị"),
            *_LINES,
            _SIGNED,
            Heading(f"III. Ý kiến đề xuất của người giải quyết: {detail.document.assigned_to or _OPEN}"),
            *_LINES,
            _SIGNED,
        ],
        sample=bool(settings.NOIVU_SAMPLE),
    )


def _day(day: date | None) -> str:
    return format_day(day) if day else _OPEN


def _stamp(detail: IncomingDetail) -> Table:
    """What the stamp of arrival says: number, date, transfer to, file symbol; the register keeps no file symbol."""
    document = detail.document
    to = detail.assigned_unit or document.assigned_to or _OPEN
    handed = f", ngày {format_day(document.transferred_on)}" if document.transferred_on else ""
    rows = (str(document.number), format_day(document.arrived_on), f"{to}{handed}", _OPEN)
    return Table(("ĐẾN: Số", "Ngày", "Chuyển", "Số và ký hiệu hồ sơ"), (rows,), widths=(18, 22, 50, 28))


def _document(detail: IncomingDetail) -> Block:
    document = detail.document
    day = f"ngày {format_day(document.issued_on)}" if document.issued_on else ""
    named = ", ".join(part for part in (document.kind_label.vi, document.symbol, day) if part)
    said = (
        ("Tên loại, số, ký hiệu, ngày", named),
        ("Tác giả", document.issuer),
        ("Trích yếu nội dung", document.summary),
        ("Độ khẩn, độ mật", ", ".join(mark.vi for mark in document.marks)),
    )
    return Table(("Văn bản", "Nội dung"), tuple((name, words) for name, words in said if words), widths=(42, 76))


def _opinion(detail: IncomingDetail) -> ObligationEvent | None:
    """The last act by which somebody gave the document to a unit, with its words."""
    given = (
        one for one in detail.events if one.happening == Happening.ASSIGNED and one.unit_id and one.on <= detail.day
    )
    return max(given, key=lambda one: (one.on, one.order), default=None)


def _shares(detail: IncomingDetail, helping: tuple[Share, ...], opinion: ObligationEvent | None) -> Table:
    """Who leads and who co-operates, each with its due date and the day on which that was given; the due date of the
    reply is the lead's."""
    lead = Share(
        detail.assigned_unit or _OPEN, detail.owed.due_on if detail.owed else None, opinion.on if opinion else None
    )
    roles = (("Chủ trì", lead), *(("Phối hợp", share) for share in helping or (Share(_OPEN),)))
    rows = tuple((role, share.unit, _day(share.due_on), _day(share.given_on)) for role, share in roles)
    return Table(("Phân công", "Đơn vị, cá nhân", "Thời hạn", "Ngày giao"), rows, widths=(20, 54, 22, 22))


@dataclass(frozen=True, slots=True)
class SlipForm:
    """A form in which the slip leaves: its name, its media type and how it is made."""

    code: str
    label: Text
    media_type: str
    make: Callable[[Paper], bytes]


def _pdf(paper: Paper) -> bytes:
    return render_pdf(paper, made_at=clock.now())


FORMS = {
    form.code: form
    for form in (
        SlipForm("pdf", both("PDF"), "application/pdf", _pdf),
        SlipForm(
            "docx",
            both("Word"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            render_word,
        ),
    )
}


def file_name(detail: IncomingDetail, form: str) -> str:
    """phieu-giai-quyet-SNV-40-2024-31906.pdf."""
    document = detail.document
    return f"phieu-giai-quyet-{detail.unit_code}-{document.arrived_on.year}-{document.number}.{form}"
