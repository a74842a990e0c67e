"""A paper as PDF/A-2b: typeset offline, fonts embedded, tagged, fit for the archive."""

import json
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
import yaml

from noivu.core.wording import Text
from noivu.papers.fonts import paper_font
from noivu.papers.paper import MOTTO, NATIONAL_NAME, Block, Heading, Paper, Paragraph

TEMPLATE = Path(__file__).resolve().parent / "templates" / "papers" / "paper.typ"
LAYOUT = Path(__file__).resolve().parent / "layout.yaml"
SAMPLE_WORDS = Text(vi="Số liệu mẫu", en="Sample data")


@lru_cache(maxsize=1)
def layout() -> dict[str, Any]:
    """The layout prescribed by Decree 30/2020, Annex I."""
    loaded: dict[str, Any] = yaml.safe_load(LAYOUT.read_text(encoding="utf-8"))
    return loaded


def _plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"type": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"type": "paragraph", "runs": [asdict(run) for run in block.runs]}
    return {
        "type": "table",
        "head": list(block.head),
        "rows": [list(row) for row in block.rows],
        "numeric": sorted(block.numeric),
        "caption": block.caption,
        "widths": list(block.widths),
    }


def _described(paper: Paper, language: str) -> dict[str, Any]:
    return {
        "national_name": NATIONAL_NAME,
        "motto": MOTTO,
        "issuer": paper.issuer,
        "superior": paper.superior,
        "number_line": paper.number_line,
        "place_and_date": paper.place_and_date,
        "kind": paper.kind,
        "subject": paper.subject,
        "blocks": [_plain(block) for block in paper.blocks],
        "annex": [_plain(block) for block in paper.annex],
        "annex_title": paper.annex_title,
        "recipients": list(paper.recipients),
        "signing_authority": paper.signing_authority,
        "signer_title": paper.signer_title,
        "signer_name": paper.signer_name,
        "sample": paper.sample,
        "sample_words": SAMPLE_WORDS.in_language(language),
        "language": language,
        "layout": layout(),
        "font": paper_font().family,
    }


def render_pdf(paper: Paper, *, made_at: datetime, language: str = "vi") -> bytes:
    """The paper as PDF/A-2b bytes. `made_at` becomes the document's date: the same paper gives the same bytes."""
    font = paper_font()
    return bytes(
        typst.compile(
            TEMPLATE,
            root=TEMPLATE.parent,
            format="pdf",
            pdf_standards=["a-2b"],
            ignore_system_fonts=True,
            font_paths=[font.folder] if font.folder else [],
            sys_inputs={"paper": json.dumps(_described(paper, language), ensure_ascii=False)},
            timestamp=int(made_at.timestamp()),
        )
    )
