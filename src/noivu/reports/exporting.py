"""A report leaves the product: Word and PDF/A in the layout of the decree, XLSX of its figures, JSON for machines."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from noivu.core.console import plain_json
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.papers.api import Block, Heading, Paper, Paragraph, Run, Table, render_pdf, render_word
from noivu.reports.queries import ReportView
from noivu.reports.writing import WrittenSection
from noivu.sheets.api import XLSX, OutColumn, write_xlsx

_HEADS = {
    "vi": ("Chỉ tiêu", "Kỳ này", "Kỳ trước", "Tăng, giảm"),
    "en": ("Figure", "This period", "Previous period", "Change"),
}


def paper_of(view: ReportView) -> Paper:
    """The report as an official paper; slots that are not written yet leave a line of dots."""
    form, language = view.regime.paper, view.language
    following = view.period.next
    return Paper(
        issuer=view.issuer.name,
        symbol=form.symbol.format(abbreviation=view.issuer.code.split("-")[0]),
        place=form.place,
        kind=form.kind.in_language(language),
        subject=view.title,
        blocks=_blocks(view),
        expected_month=(following.year, following.first_month),
        recipients=_listed([one.in_language(language) for one in form.recipients]),
        signing_authority=form.signing_authority.in_language(language),
        signer_title=form.signer_title.in_language(language),
        annex=[_annex(view)],
        annex_title=view.regime.outline.annex_title.in_language(language),
        sample=bool(settings.NOIVU_SAMPLE),
    )


def _listed(names: list[str]) -> list[str]:
    """A list as documents close it: a semicolon after each, a full stop after the last."""
    return [f"{name};" for name in names[:-1]] + [f"{name}." for name in names[-1:]]


def _blocks(view: ReportView) -> list[Block]:
    blocks: list[Block] = []
    for section in view.sections:
        blocks.append(Heading(section.heading, section.section.level))
        for part in section.paragraphs:
            runs = tuple(Run(segment.text) for segment in part.segments if segment.text)
            blocks.append(Paragraph(runs or (Run("…………"),)))
    return blocks


def _annex(view: ReportView) -> Table:
    head = _HEADS[view.language]
    rows = tuple((row.label, row.value, row.previous, row.change) for row in view.annex)
    return Table(head, rows, numeric=frozenset({1, 2, 3}))


def as_word(view: ReportView) -> bytes:
    """DOCX by the office's template."""
    return render_word(paper_of(view), language=view.language)


def as_pdf(view: ReportView) -> bytes:
    """PDF/A-2b."""
    return render_pdf(paper_of(view), made_at=view.read_at, language=view.language)


def as_xlsx(view: ReportView) -> bytes:
    """The table of figures, with numbers as numbers."""
    heads = _HEADS[view.language]
    columns = [OutColumn(heads[0], width=60), *(OutColumn(head, width=14) for head in heads[1:])]
    rows = [
        [row.label, view.answer.shown(row.code), view.previous.shown(row.code), _difference(view, row.code)]
        for row in view.annex
    ]
    stream = io.BytesIO()
    day = format_day(view.answer.reading.as_of)
    as_of = Text(vi=f"Tính đến hết ngày {day}", en=f"As of the end of {day}").in_language(view.language)
    write_xlsx(columns, rows, stream, title=f"{view.issuer.name}: {view.title}", as_of=as_of)
    return stream.getvalue()


def _difference(view: ReportView, code: str) -> int | Decimal | None:
    now, before = view.answer.shown(code), view.previous.shown(code)
    return None if now is None or before is None else now - before


def as_dict(view: ReportView) -> dict[str, Any]:
    """The report for machines: sections with their text and the figures bound in it, values and identities."""
    return {
        "regime": view.regime.code,
        "unit": view.issuer.code,
        "issuer": view.issuer.name,
        "period": view.period.code,
        "window": view.regime.window.code,
        "as_of": view.answer.reading.as_of,
        "due_on": view.due_on,
        "state": "draft",
        "sample": bool(settings.NOIVU_SAMPLE),
        "title": view.title,
        "sections": [_section(section) for section in view.sections],
        "values": {code: view.answer.shown(code) for code in view.regime.outline.figures},
        "identities": [{"name": one.code, "holds": one.holds, "gap": one.gap} for one in view.identities],
        "unwritten": [
            part.slot.code for section in view.sections for part in section.paragraphs if part.slot and part.is_empty
        ],
    }


def as_json(view: ReportView) -> str:
    """The report as JSON text."""
    return plain_json(as_dict(view))


def _section(section: WrittenSection) -> dict[str, Any]:
    return {
        "code": section.code,
        "heading": section.heading,
        "paragraphs": [
            {
                "text": part.text,
                "slot": part.slot.code if part.slot else None,
                "figures": [code for segment in part.segments for code in segment.figures],
            }
            for part in section.paragraphs
        ],
    }


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which a report leaves: its name, its media type and how it is made."""

    code: str
    label: Text
    media_type: str
    make: Callable[[ReportView], bytes]


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    form.code: form
    for form in (
        Format("docx", both("Word (DOCX)"), _DOCX, as_word),
        Format("pdf", both("PDF/A"), "application/pdf", as_pdf),
        Format(
            "xlsx",
            Text(vi="Bảng số liệu (XLSX)", en="Table of figures (XLSX)"),
            XLSX,
            as_xlsx,
        ),
        Format("json", both("JSON"), "application/json", lambda view: as_json(view).encode()),
    )
}


def export(view: ReportView, form: str) -> bytes:
    """The report as bytes in one of FORMATS; a Refusal lists them."""
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        raise Refusal(
            what=Text(vi=f"Không xuất được dạng “{form}”.", en=f"There is no export as “{form}”."),
            do=Text(vi=f"Chọn một trong: {known}.", en=f"Choose one of: {known}."),
            code="format",
        )
    return FORMATS[form].make(view)


def file_name(view: ReportView, form: str) -> str:
    """ministry-monthly-BNV-2024-10.docx: plain letters, whatever the system."""
    return f"{view.regime.code}-{view.issuer.code}-{view.period.code}.{form}"
