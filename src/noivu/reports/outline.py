"""An outline as data (đề cương): sections, narrative slots, and sentences whose figures are bound to their records."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from noivu.core.wording import Text

PLACE = re.compile(r"\{([^{}]+)\}")
WORDS = frozenset({"starts_on", "ends_on", "issuer", "period", "period_short", "next_period"})
"""What a sentence may name besides figures."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause is said only when a figure is nothing (`zero`) or something (`some`)."""

    figure: str
    is_zero: bool

    def holds(self, value: int) -> bool:
        return (value == 0) == self.is_zero


@dataclass(frozen=True, slots=True)
class Binding:
    """A place in a sentence that a figure fills.

    `{code}` writes the figure; `{part/whole}` writes both with a stroke between; `{code:words}` writes the words, which
    then stand for the figure and open to its records.
    """

    figures: tuple[str, ...]
    words: str = ""

    @classmethod
    def read(cls, inside: str) -> "Binding":
        codes, _, words = inside.partition(":")
        return cls(tuple(codes.split("/")), words)


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence in both languages, perhaps conditional."""

    wording: Text
    when: Condition | None = None

    @property
    def figures(self) -> set[str]:
        named = {
            code
            for language in ("vi", "en")
            for inside in PLACE.findall(self.wording.in_language(language))
            if inside not in WORDS
            for code in Binding.read(inside).figures
        }
        return named | ({self.when.figure} if self.when else set())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph made of clauses: the product writes it from the figures."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A paragraph that the unit writes. `hint` says what belongs there."""

    code: str
    hint: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the report and what stands under it."""

    code: str
    number: str
    title: Text
    short: Text
    level: int
    paragraphs: tuple[Sentence | Slot, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(part for part in self.paragraphs if isinstance(part, Slot))


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections in order, and the figures tabled in the annex."""

    sections: tuple[Section, ...]
    annex_title: Text
    annex_figures: tuple[str, ...]

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure that the report shows, each once."""
        named = {code for clause in self.clauses() for code in clause.figures} | set(self.annex_figures)
        return tuple(sorted(named))

    def clauses(self) -> Iterator[Clause]:
        for section in self.sections:
            for part in section.paragraphs:
                if isinstance(part, Sentence):
                    yield from part.clauses

    def slot(self, code: str) -> Slot | None:
        return next((slot for section in self.sections for slot in section.slots if slot.code == code), None)


def read_text(given: dict[str, str]) -> Text:
    """A wording of a regime file: both languages, and nothing else (an unquoted comma makes a second entry)."""
    if set(given) - {"when"} != {"vi", "en"}:
        raise ValueError(f"a wording has vi and en, and quotes around commas: {given}")
    return Text(vi=given["vi"], en=given["en"])


def read_outline(sections: list[dict[str, Any]], annex: dict[str, Any]) -> Outline:
    """The outline of a regime file."""
    return Outline(
        sections=tuple(_read_section(section) for section in sections),
        annex_title=read_text(annex["title"]),
        annex_figures=tuple(annex["figures"]),
    )


def _read_section(given: dict[str, Any]) -> Section:
    title = read_text(given["title"])
    return Section(
        code=given["code"],
        number=given["number"],
        title=title,
        short=read_text(given["short"]) if "short" in given else title,
        level=given.get("level", 1),
        paragraphs=tuple(_read_paragraph(part) for part in given.get("paragraphs", ())),
    )


def _read_paragraph(given: dict[str, Any]) -> Sentence | Slot:
    if "slot" in given:
        return Slot(given["slot"], read_text(given["hint"]))
    return Sentence(tuple(_read_clause(clause) for clause in given["clauses"]))


def _read_clause(given: dict[str, Any]) -> Clause:
    when = given.get("when")
    return Clause(wording=read_text(given), when=Condition(when["figure"], when["is"] == "zero") if when else None)
