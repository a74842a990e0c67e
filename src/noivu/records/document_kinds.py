"""The types of official documents, as data (`reference/document_kinds.yaml`)."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from noivu.core.text import fold, nfc
from noivu.core.wording import Text, both

_TABLE = Path(__file__).with_name("reference") / "document_kinds.yaml"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A type of document (loại văn bản) and the abbreviation it bears in a symbol; empty for công văn and thư công."""

    code: str
    label: Text
    abbreviation: str
    is_administrative: bool
    aliases: tuple[str, ...] = ()


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return table


@cache
def document_kinds() -> tuple[DocumentKind, ...]:
    """All types, the 29 administrative ones of the decree first."""
    return tuple(
        DocumentKind(
            code=row["code"],
            label=Text(vi=row["name"], en=row["english"]),
            abbreviation=row["abbreviation"],
            is_administrative=part == "administrative",
            aliases=tuple(row.get("aliases", ())),
        )
        for part in ("administrative", "normative")
        for row in _table()[part]
    )


@cache
def _by_code() -> dict[str, DocumentKind]:
    return {kind.code: kind for kind in document_kinds()}


@cache
def _by_word() -> dict[str, DocumentKind]:
    """Types by every way they are written. A word written without accents is kept only where it names one type."""
    exact: dict[str, DocumentKind] = {}
    folded: dict[str, list[DocumentKind]] = {}
    for kind in document_kinds():
        for word in (kind.code, kind.label.vi, kind.label.en, kind.abbreviation, *kind.aliases):
            if word:
                exact.setdefault(nfc(word).casefold(), kind)
                folded.setdefault(fold(word), []).append(kind)
    return {word: kinds[0] for word, kinds in folded.items() if len(set(kinds)) == 1} | exact


@lru_cache(maxsize=4096)
def kind_code(written: str) -> str:
    """The code of a type as a register writes it (Quyết định, QĐ, quyet dinh); what is not known is kept as written."""
    cleaned = nfc(written)
    known = _by_word().get(cleaned.casefold()) or _by_word().get(fold(cleaned))
    return known.code if known else cleaned


def kind_label(code: str) -> Text:
    """The name of a type by its code; a type that is not in the table is its own name."""
    known = _by_code().get(code)
    return known.label if known else both(code)
