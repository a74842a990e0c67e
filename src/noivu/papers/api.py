"""papers (trang giấy): official papers as files, apart from what registers hold of them.

Owns
    * `Paper` (văn bản hành chính as plain data) and its renderers, `render_word` and `render_pdf` (PDF/A-2b), in the
      layout of Decree 30/2020. The Word template lies in the data directory, for the office to edit.
    * `check_file(name, content)`: what a file is by its bytes and what it must not carry; refused with what to do.
    * What of a file is shown inside a page (`preview_by_name`, `preview_type`): PDF and images, by their bytes.
    * `read_words(path, kind)`: the words of a DOCX or PDF, read in a limited child process.
    * How numbers and days are written on them: `written_number`, `written_day`.

Words
    A paper knows no register and no unit: whoever draws one up says what stands on it. Numbers and symbols are given
    and kept in `records`.

Invariants
    * The same paper gives the same bytes of PDF; both forms say the same.
    * This room owns no rows.
"""

from noivu.papers.checking import check_file
from noivu.papers.fonts import paper_font
from noivu.papers.paper import MOTTO, NATIONAL_NAME, Block, Heading, Paper, Paragraph, Run, Table
from noivu.papers.pdf import render_pdf
from noivu.papers.previews import preview_by_name, preview_type
from noivu.papers.texts.parent import READABLE, Words, read_words
from noivu.papers.writing import written_day, written_number

__all__ = [
    "MOTTO",
    "NATIONAL_NAME",
    "READABLE",
    "Block",
    "Heading",
    "Paper",
    "Paragraph",
    "Run",
    "Table",
    "Words",
    "check_file",
    "default_word_template",
    "paper_font",
    "preview_by_name",
    "preview_type",
    "read_words",
    "render_pdf",
    "render_word",
    "written_day",
    "written_number",
]


def render_word(paper: Paper, *, language: str = "vi") -> bytes:
    """The paper as DOCX bytes, by the office's template."""
    from noivu.papers import word  # Word is loaded where a document is written, not with every command

    return word.render_word(paper, language=language)


def default_word_template() -> bytes:
    """The Word template that comes with the product, to be edited by an office."""
    from noivu.papers import word

    return word.default_template()
