"""A paper as Word. The template is an ordinary document; an office may put its own in place of the one made here."""

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docxtpl import DocxTemplate, RichText

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.papers.paper import MOTTO, NATIONAL_NAME, Block, Heading, Paper, Paragraph, Table
from noivu.papers.pdf import SAMPLE_WORDS, layout

CENTRE, JUSTIFIED, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.RIGHT


def own_template() -> Path:
    """Where an office puts a template of its own; without one the default is used, always the present one."""
    return Path(settings.NOIVU_DATA) / "templates" / "paper.docx"


@lru_cache(maxsize=1)
def default_template() -> bytes:
    """The default Word template: the layout of Decree 30/2020 with the places to be filled in braces."""
    document = Document()
    _set_page(document)
    _set_styles(document)
    _letterhead(document)
    _title(document)
    _flow(document, "text")
    _closing(document)
    _annex(document)
    _page_number(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_page(document: Any) -> None:
    page, section = layout()["page"], document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(page["top_mm"]), Mm(page["bottom_mm"])
    section.left_margin, section.right_margin = Mm(page["left_mm"]), Mm(page["right_mm"])
    section.different_first_page_header_footer = True


def _set_styles(document: Any) -> None:
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = layout()["font_word"]
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), layout()["font_word"])
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(attribute), None)
        style.element.rPr.rFonts.set(qn("w:cs"), layout()["font_word"])
        style.font.size = Pt(layout()["sizes_pt"]["body"])
        style.font.color.rgb = None
        style.paragraph_format.space_after = Pt(layout()["paragraph_spacing_pt"])
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.line_spacing = layout()["line_spacing"]
        if name != "Normal":
            style.font.bold = True
            style.paragraph_format.first_line_indent = Cm(layout()["first_line_indent_cm"])
            style.paragraph_format.keep_with_next = True


def _cell_line(
    cell: Any, text: str, size: str, *, first: bool = False, bold: bool = False, italic: bool = False
) -> Any:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(layout()["sizes_pt"][size])
    return paragraph


def _rule(paragraph: Any, indent_mm: int) -> None:
    """A paragraph that is but a thin rule, as the decree draws under the issuer, the motto and the title."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent_mm)
    paragraph.paragraph_format.space_after = Pt(3)
    paragraph.paragraph_format.line_spacing = Pt(4)
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.makeelement(qn("w:pBdr"), {})
    borders.append(borders.makeelement(qn("w:top"), {
        qn("w:val"): "single", qn("w:sz"): "4", qn("w:space"): "1", qn("w:color"): "auto",
    }))  # fmt: skip
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _borderless(document: Any, columns: Sequence[float]) -> Any:
    table = document.add_table(rows=1, cols=len(columns))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _letterhead(document: Any) -> None:
    left, right = _borderless(document, (63, 102)).rows[0].cells
    _cell_line(left, "{%p if superior %}", "issuer", first=True)
    _cell_line(left, "{{ superior }}", "issuer")
    _cell_line(left, "{%p endif %}", "issuer")
    _cell_line(left, "{{ issuer }}", "issuer", bold=True)
    _rule(left.add_paragraph(), 20)
    _cell_line(left, "{{ number_line }}", "number")
    _cell_line(right, NATIONAL_NAME, "national_name", first=True, bold=True)
    _cell_line(right, MOTTO, "motto", bold=True)
    _rule(right.add_paragraph(), 22)
    _cell_line(right, "{{ place_and_date }}", "place_date", italic=True)


def _title(document: Any) -> None:
    for text in ("", "{{ kind }}", "{{ subject }}"):
        paragraph = document.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(layout()["sizes_pt"]["title"])
    _rule(document.add_paragraph(), 64)
    document.add_paragraph()


def _flow(document: Any, name: str) -> None:
    """The blocks of a text, each in the style of its kind."""
    document.add_paragraph(f"{{%p for block in {name} %}}")
    for level in (1, 2, 3):
        document.add_paragraph(f"{{%p if block.is == 'heading {level}' %}}")
        document.add_paragraph("{{ block.text }}", style=f"Heading {level}")
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if block.is == 'paragraph' %}")
    paragraph = document.add_paragraph("{{r block.text }}")
    paragraph.alignment = JUSTIFIED
    paragraph.paragraph_format.first_line_indent = Cm(layout()["first_line_indent_cm"])
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if block.is == 'table' %}")
    document.add_paragraph("{%p if block.caption %}")
    caption = document.add_paragraph()
    caption.alignment = CENTRE
    caption.paragraph_format.keep_with_next = True
    caption.add_run("{{ block.caption }}").bold = True
    document.add_paragraph("{%p endif %}")
    _table(document)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")


def _table(document: Any) -> None:
    """A ruled table: its head repeats on each page, numbers stand to the right."""
    table = document.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    cells = {
        0: ("{%tc for title in block.head %}", "{{ title }}", "{%tc endfor %}"),
        1: ("{%tr for row in block.rows %}", "", ""),
        2: ("{%tc for cell in row %}", "", "{%tc endfor %}"),
        3: ("{%tr endfor %}", "", ""),
    }
    for number, texts in cells.items():
        for cell, text in zip(table.rows[number].cells, texts, strict=True):
            cell.paragraphs[0].text = text
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(head._tr.makeelement(qn("w:tblHeader"), {}))
    _set_in_table(head.cells[1].paragraphs[0], CENTRE, bold=True)
    row = table.rows[2]
    row._tr.get_or_add_trPr().append(row._tr.makeelement(qn("w:cantSplit"), {}))
    content = row.cells[1]
    content.paragraphs[0].text = "{%p if cell.is_number %}"
    _set_in_table(content.add_paragraph("{{ cell.text }}"), RIGHT)
    content.add_paragraph("{%p else %}")
    _set_in_table(content.add_paragraph("{{ cell.text }}"), None)
    content.add_paragraph("{%p endif %}")


def _set_in_table(paragraph: Any, alignment: Any, *, bold: bool | None = None) -> None:
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1
    for run in paragraph.runs:
        run.bold, run.font.size = bold, Pt(layout()["sizes_pt"]["table"])


def _annex(document: Any) -> None:
    document.add_paragraph("{%p if annex %}")
    heading = document.add_paragraph()
    heading.paragraph_format.page_break_before = True
    heading.alignment = CENTRE
    heading.add_run("{{ annex_title }}").bold = True
    _flow(document, "annex")
    document.add_paragraph("{%p endif %}")


def _closing(document: Any) -> None:
    document.add_paragraph()
    left, right = _borderless(document, (82, 82)).rows[0].cells
    sizes = layout()["sizes_pt"]
    left.paragraphs[0].add_run("{%p if recipients %}")
    head = left.add_paragraph()
    run = head.add_run("Nơi nhận:")
    run.bold, run.italic, run.font.size = True, True, Pt(sizes["recipients_head"])
    for text in ("{%p for one in recipients %}", "- {{ one }}", "{%p endfor %}", "{%p endif %}"):
        paragraph = left.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text).font.size = Pt(sizes["recipients"])
    for text in ("{%p if signing_authority %}", "{{ signing_authority }}", "{%p endif %}", "{{ signer_title }}"):
        _cell_line(right, text, "title", first=text.endswith("signing_authority %}"), bold=True)
    _cell_line(right, "{%p if signing_authority or signer_title or signer_name %}", "title")
    for _ in range(4):
        _cell_line(right, "", "title")
    _cell_line(right, "{{ signer_name }}", "title", bold=True)
    _cell_line(right, "{%p endif %}", "title")


def _page_number(document: Any) -> None:
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    run.font.size = Pt(layout()["sizes_pt"]["page_number"])
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        name = "w:instrText" if text else "w:fldChar"
        element = run._r.makeelement(qn(name), {} if text else {qn("w:fldCharType"): str(kind)})
        if text:
            element.text = text
        run._r.append(element)
    for header in (document.sections[0].header, document.sections[0].first_page_header):
        mark = header.add_paragraph("{{ sample_mark }}")
        mark.alignment = RIGHT


def render_word(paper: Paper, *, language: str = "vi") -> bytes:
    """The paper as DOCX bytes, by the office's template."""
    places = _places(paper, language)
    own = own_template()
    tables = [block for block in (*paper.blocks, *paper.annex) if isinstance(block, Table) and block.widths]
    if not own.exists():
        return _filled(io.BytesIO(default_template()), places, tables)
    try:
        return _filled(own, places, tables)
    except Exception as problem:  # whatever an edited document can do wrong, it is that file which needs mending
        raise Refusal(
            what=Text(vi=f"Mẫu Word {own} không dùng được.", en=f"The Word template {own} cannot be used."),
            why=Text(vi=str(problem), en=str(problem)),
            do=Text(
                vi="Sửa tệp, hoặc bỏ đi để dùng mẫu có sẵn: noivu report template -o paper.docx.",
                en="Mend the file, or remove it to use the default: noivu report template -o paper.docx.",
            ),
            code="template",
        ) from problem


def _filled(file: Path | io.BytesIO, places: dict[str, Any], tables: Sequence[Table]) -> bytes:
    template = DocxTemplate(file)
    template.render(places, autoescape=True)
    for table in tables:
        _set_widths(template.docx, table)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


def _set_widths(document: Any, wanted: Table) -> None:
    """Give the columns of a table their widths, within the width that the table has."""
    for table in document.element.body.iter(qn("w:tbl")):
        rows = table.tr_lst
        heads = ["".join(part.text or "" for part in cell.iter(qn("w:t"))) for cell in rows[0].tc_lst]
        if heads != list(wanted.head):
            continue
        columns = table.tblGrid.gridCol_lst
        whole, parts = sum(int(column.w or 0) for column in columns), sum(wanted.widths)
        widths = [whole * width // parts for width in wanted.widths]
        for column, width in zip(columns, widths, strict=True):
            column.w = width
        for row in rows:
            for cell, width in zip(row.tc_lst, widths, strict=True):
                cell.width = width


def _places(paper: Paper, language: str) -> dict[str, Any]:
    """What stands in the places of the template."""
    return {
        "superior": paper.superior.upper(),
        "issuer": paper.issuer.upper(),
        "number_line": paper.number_line,
        "place_and_date": paper.place_and_date,
        "kind": paper.kind.upper(),
        "subject": paper.subject,
        "text": [_described(block) for block in paper.blocks],
        "annex": [_described(block) for block in paper.annex],
        "annex_title": paper.annex_title,
        "recipients": list(paper.recipients),
        "signing_authority": paper.signing_authority.upper(),
        "signer_title": paper.signer_title.upper(),
        "signer_name": paper.signer_name,
        "sample_mark": SAMPLE_WORDS.in_language(language) if paper.sample else "",
    }


def _described(block: Block) -> dict[str, Any]:
    """A block in the words of the template."""
    if isinstance(block, Heading):
        return {"is": f"heading {block.level}", "text": block.text}
    if isinstance(block, Paragraph):
        text = RichText()
        for part in block.runs:
            text.add(part.text, bold=part.bold, italic=part.italic)
        return {"is": "paragraph", "text": text}
    rows = [
        [{"text": text, "is_number": place in block.numeric} for place, text in enumerate(row)] for row in block.rows
    ]
    return {"is": "table", "caption": block.caption, "head": list(block.head), "rows": rows}
