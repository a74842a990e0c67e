"""Names of units: the short form, and the form for search."""

from noivu.core.text import fold, nfc
from noivu.units.kinds import kinds


def short_name(name: str, kind: str) -> str:
    """The name without its kind ("Phường Sài Gòn" → "Sài Gòn"); a bare number keeps its kind ("Phường 4")."""
    clean = nfc(name)
    known = kinds.get(kind)
    for label in (known.label.vi if known else "", "thành phố"):
        rest = clean[len(label) :].strip()
        if label and clean.casefold().startswith(f"{label.casefold()} ") and not rest.isdigit():
            return rest
    return clean


def name_columns(name: str, kind: str, short: str | None = None) -> tuple[str, str, str]:
    """What is stored of a name: in full, short, folded."""
    clean = nfc(name)
    return clean, nfc(short) if short else short_name(clean, kind), fold(clean)
