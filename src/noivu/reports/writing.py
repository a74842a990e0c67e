"""From an outline, an answer and what the unit wrote, to the text of a report: every figure stays bound."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from noivu.core.numbers import format_integer, format_percent
from noivu.core.periods import Period
from noivu.core.wording import Text
from noivu.figures.api import Answer
from noivu.papers.api import written_day
from noivu.reports.outline import PLACE, WORDS, Binding, Outline, Section, Sentence, Slot


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text. `figures` names the figures it stands for: it opens to their records."""

    text: str
    figures: tuple[str, ...] = ()

    @property
    def figure(self) -> str:
        """The figure whose records are opened: the first that is named."""
        return self.figures[0] if self.figures else ""


@dataclass(frozen=True, slots=True)
class Narrative:
    """What a unit wrote in a slot."""

    slot: str
    text: str


@dataclass(frozen=True, slots=True)
class WrittenParagraph:
    """A paragraph of the report: made of figures, or written by the unit in `slot` (empty text: not written yet)."""

    segments: tuple[Segment, ...]
    slot: Slot | None = None

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs that belong together: one made of figures, or all that stand in a slot."""

    slot: Slot | None
    paragraphs: tuple[WrittenParagraph, ...]

    @property
    def is_empty(self) -> bool:
        return all(part.is_empty for part in self.paragraphs)


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section with its heading in the language of the report."""

    section: Section
    title: str
    short: str
    paragraphs: tuple[WrittenParagraph, ...]

    @property
    def code(self) -> str:
        return self.section.code

    @property
    def heading(self) -> str:
        return f"{self.section.number} {self.title}"

    @property
    def passages(self) -> tuple["Passage", ...]:
        """The paragraphs gathered by slot: what one person writes together."""
        gathered: list[Passage] = []
        for part in self.paragraphs:
            if gathered and part.slot and gathered[-1].slot == part.slot:
                gathered[-1] = Passage(part.slot, (*gathered[-1].paragraphs, part))
            else:
                gathered.append(Passage(part.slot, (part,)))
        return tuple(gathered)

    @property
    def unwritten(self) -> int:
        """How many of its slots are still empty."""
        return sum(1 for part in self.paragraphs if part.slot and part.is_empty)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What sentences may say besides figures: whose report, on which period, in which language."""

    issuer: str
    answer: Answer
    language: str

    def words(self) -> dict[str, str]:
        period, days = self.answer.question.period, self.answer.question.period.range(self.answer.question.window)
        return {
            "issuer": self.issuer,
            "starts_on": _day(days.starts_on, self.language),
            "ends_on": _day(days.last_day, self.language),
            **period_words(period, self.language),
        }


def period_words(period: Period, language: str) -> dict[str, str]:
    """The names of a period and of the next one, as titles and sentences use them."""
    short = period.label.in_language(language).rsplit(" năm ", 1)[0] if language == "vi" else period.label.en
    return {
        "period": period.label.in_language(language),
        "period_short": short,
        "next_period": period.next.label.in_language(language),
    }


def _day(day: date, language: str) -> str:

    return written_day(day) if language == "vi" else f"{day.day} {day:%B %Y}"


def write(
    outline: Outline, circumstances: Circumstances, narratives: Mapping[str, Narrative]
) -> tuple[WrittenSection, ...]:
    """The sections of the report, in the language of the circumstances."""
    return tuple(_write_section(section, circumstances, narratives) for section in outline.sections)


def _write_section(
    section: Section, circumstances: Circumstances, narratives: Mapping[str, Narrative]
) -> WrittenSection:
    words, language = circumstances.words(), circumstances.language
    paragraphs = []
    for part in section.paragraphs:
        if isinstance(part, Slot):
            paragraphs += list(_narrated(part, narratives.get(part.code)))
        elif segments := tuple(_sentence(part, circumstances)):
            paragraphs.append(WrittenParagraph(segments))
    return WrittenSection(
        section=section,
        title=section.title.in_language(language, **words),
        short=section.short.in_language(language, **words),
        paragraphs=tuple(paragraphs),
    )


def _narrated(slot: Slot, narrative: Narrative | None) -> Iterator[WrittenParagraph]:
    """What the unit wrote, a paragraph for each line; an empty one where nothing is written."""
    lines = [line.strip() for line in (narrative.text if narrative else "").splitlines() if line.strip()]
    for line in lines or [""]:
        yield WrittenParagraph((Segment(line),), slot)


def _sentence(sentence: Sentence, circumstances: Circumstances) -> Iterator[Segment]:
    values = circumstances.answer.values
    for clause in sentence.clauses:
        if clause.when is None or clause.when.holds(values[clause.when.figure]):
            yield from _fill(clause.wording, circumstances)


def _fill(wording: Text, circumstances: Circumstances) -> Iterator[Segment]:
    words, template = circumstances.words(), wording.in_language(circumstances.language)
    position = 0
    for match in PLACE.finditer(template):
        if match.start() > position:
            yield Segment(template[position : match.start()])
        inside = match.group(1)
        if inside in WORDS:
            yield Segment(words[inside])
        else:
            binding = Binding.read(inside)
            yield Segment(binding.words or _written(binding, circumstances), binding.figures)
        position = match.end()
    if position < len(template):
        yield Segment(template[position:])


def _written(binding: Binding, circumstances: Circumstances) -> str:
    return "/".join(
        written_figure(circumstances.answer.shown(code), circumstances.language, in_text=len(binding.figures) == 1)
        for code in binding.figures
    )


def written_figure(value: int | Decimal | None, language: str, *, in_text: bool = False) -> str:
    """A figure as documents write it: 3.629; 91,9%; in Vietnamese prose a leading zero below ten (05 văn bản)."""
    if value is None or isinstance(value, Decimal):
        return format_percent(value, language)
    if in_text and language == "vi" and 0 < value < 10:
        return f"{value:02}"
    return format_integer(value, language)
