"""The glossary: every model, kind of unit and role has its word, once, in Vietnamese order."""

from collections.abc import Iterator

from django.apps import apps

from noivu.core.access import ROLES
from noivu.core.text import collation_key
from noivu.units.kinds import kinds
from tests.architecture.house import ROOT

PLUMBING = {
    "audit.RowChunk",
    "audit.RowPlace",
    "audit.Unnumbered",
    "units.UnitClosure",
    "units.UnitRevision",
}
"""Models that nobody speaks of: they are how something is kept, not what it is."""


def rows() -> Iterator[list[str]]:
    """Vietnamese, English, meaning, place in code."""
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| Tiếng Việt"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def test_the_glossary_is_in_vietnamese_order_and_names_nothing_twice() -> None:
    terms = [row[0] for row in rows()]
    assert terms == sorted(terms, key=collation_key)
    assert len(terms) == len({term.casefold() for term in terms})


def test_every_row_says_both_words_and_what_they_mean() -> None:
    assert [row for row in rows() if len(row) != 4 or not all(row)] == []


def test_every_model_has_its_word() -> None:
    models = {f"{model._meta.app_label}.{model.__name__}" for model in apps.get_models()
              if model.__module__.startswith("noivu.") and ".tests." not in model.__module__}  # fmt: skip
    named = " ".join(row[3] for row in rows())
    missing = {model for model in models - PLUMBING if f"`{model}`" not in named}
    assert missing == set(), f"Give each its row in docs/glossary.md: {missing}"


def test_kinds_of_units_and_roles_have_their_words() -> None:
    spoken = {row[3].strip("`"): (row[0], row[1]) for row in rows()}
    for kind in kinds:
        assert spoken.get(kind.code) == (kind.label.vi, kind.label.en), kind.code
    for role, words in ROLES.items():
        assert spoken.get(role) == (words.vi, words.en), role
