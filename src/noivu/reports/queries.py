"""What the pages and exports of reports show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.numbers import format_decimal, format_integer
from noivu.core.periods import Period
from noivu.core.wording import Text, active_language
from noivu.figures.api import DECLARED, Answer, Balance, Question, ask
from noivu.reports.models import NarrativeText, Report
from noivu.reports.policies import VIEW
from noivu.reports.regimes import Regime, regime, regimes
from noivu.reports.writing import (
    Circumstances,
    Narrative,
    WrittenSection,
    period_words,
    write,
    written_figure,
)
from noivu.units.api import Node, tree

POINTS = Text(vi="điểm %", en="pp")


@dataclass(frozen=True)
class AnnexRow:
    """A line of the table of figures."""

    code: str
    label: str
    value: str
    previous: str
    change: str


@dataclass(frozen=True)
class ReportView:
    """A report as it stands now: its text with bound figures, its identities, what is still to be written."""

    report: Report
    regime: Regime
    period: Period
    issuer: Node
    language: str
    answer: Answer
    previous: Answer
    sections: tuple[WrittenSection, ...]
    narratives: dict[str, NarrativeText]
    read_at: datetime
    annex: tuple[AnnexRow, ...] = field(default=())

    @property
    def identities(self) -> tuple[Balance, ...]:
        return self.answer.identities

    @property
    def broken(self) -> tuple[Balance, ...]:
        return tuple(balance for balance in self.identities if not balance.holds)

    @property
    def bound_figures(self) -> int:
        """How many places of the text are bound to records."""
        return sum(
            1
            for section in self.sections
            for part in section.paragraphs
            for segment in part.segments
            if segment.figures
        )

    @property
    def unwritten(self) -> tuple[WrittenSection, ...]:
        return tuple(section for section in self.sections if section.unwritten)

    @property
    def slots(self) -> int:
        return sum(len(section.section.slots) for section in self.sections)

    @property
    def written_slots(self) -> int:
        return self.slots - sum(section.unwritten for section in self.sections)

    def section_of(self, slot: str) -> WrittenSection | None:
        """The section in which a slot stands."""
        return next((one for one in self.sections for its in one.section.slots if its.code == slot), None)

    @property
    def last_day(self) -> date:
        return self.period.last_day(self.regime.window)

    @property
    def due_on(self) -> date:
        return self.regime.due_on(self.period)

    @property
    def state_words(self) -> Text:
        return Text(vi="Dự thảo", en="Draft")

    @property
    def title(self) -> str:
        words = period_words(self.period, self.language)
        return self.regime.paper.subject.in_language(self.language, **words)

    @property
    def saved_at(self) -> datetime:
        """When the text was last changed by a person."""
        return max([row.recorded_at for row in self.narratives.values()] + [self.report.drafted_at])

    def evidence_url(self, code: str) -> str:
        """The page of the records behind a figure of this report."""
        return evidence_url(self, code)


def evidence_url(view: ReportView, code: str) -> str:
    """The address of a figure's evidence, in the unit, period and window of the report."""
    question = view.answer.question
    named = {"unit": view.issuer.code, "period": question.period.code, "window": question.window.code}
    return f"{reverse('figures:figure', args=[code])}?{urlencode(named)}"


def find_report(actor: Actor, report_id: int) -> Report:
    """A report within the actor's reach; else the answer does not tell that it exists."""
    found = access.scope(actor, VIEW, Report.objects.filter(pk=report_id)).select_related("unit").first()
    if found is None:
        raise Http404
    return found


def stored_report(regime_code: str, unit_id: int, period: Period) -> Report | None:
    """The report of a unit on a period, if it was drafted."""
    return Report.objects.filter(regime=regime_code, unit_id=unit_id, period=period.code).first()


def current_narrative(report: Report, slot: str) -> NarrativeText | None:
    """What stands in a slot now."""
    return NarrativeText.objects.current().filter(report=report, slot=slot).first()


def view_report(report: Report, language: str | None = None) -> ReportView:
    """The report as it stands now, in a language: one statement for its figures, one for its narratives."""
    spoken = language or active_language()
    known = regime(report.regime)
    period = report.reported_period
    answer, previous = ask(_questions(report, known, period))
    narratives = {row.slot: row for row in NarrativeText.objects.current().filter(report=report)}
    issuer = _issuer(report, period.last_day(known.window))
    circumstances = Circumstances(issuer=issuer.name, answer=answer, language=spoken)
    return ReportView(
        report=report,
        regime=known,
        period=period,
        issuer=issuer,
        language=spoken,
        answer=answer,
        previous=previous,
        sections=write(known.outline, circumstances, _plain(narratives)),
        narratives=narratives,
        read_at=clock.now(),
        annex=tuple(_annex(known.outline.annex_figures, answer, previous, spoken)),
    )


def _questions(report: Report, known: Regime, period: Period) -> list[Question]:
    figures = with_balances(known.outline.figures)
    return [
        Question(report.unit_id, period, known.window, indicators=figures),
        Question(report.unit_id, period.previous, known.window, indicators=known.outline.annex_figures),
    ]


def with_balances(figures: Sequence[str]) -> tuple[str, ...]:
    """The figures, with the parts of every identity whose whole is among them: what is told is also checked."""
    parts = [code for one in DECLARED.identities if one.whole in figures for code in one.parts]
    return tuple(dict.fromkeys([*figures, *parts]))


def _issuer(report: Report, on: date) -> Node:
    node = tree(on).node(report.unit_id)
    if node is None:
        raise Http404
    return node


def _plain(rows: dict[str, NarrativeText]) -> dict[str, Narrative]:
    return {slot: Narrative(slot=slot, text=row.text) for slot, row in rows.items()}


def _annex(codes: Sequence[str], answer: Answer, previous: Answer, language: str) -> list[AnnexRow]:
    rows = []
    for code in codes:
        now, before = answer.shown(code), previous.shown(code)
        rows.append(
            AnnexRow(
                code=code,
                label=figure_label(code).in_language(language),
                value=written_figure(now, language),
                previous=written_figure(before, language),
                change=_change(now, before, language),
            )
        )
    return rows


def _change(now: Any, before: Any, language: str) -> str:
    """+217; for rates in percentage points: +1,0 điểm %."""
    if now is None or before is None:
        return "–"
    difference = now - before
    if difference == 0:
        return "0"
    sign = "+" if difference > 0 else "−"
    if isinstance(difference, Decimal):
        return f"{sign}{format_decimal(abs(difference), language)} {POINTS.in_language(language)}"
    return f"{sign}{format_integer(abs(difference), language)}"


def figure_label(code: str) -> Text:
    """The name of an indicator or a rate."""
    declared = DECLARED.rates[code] if code in DECLARED.rates else DECLARED.indicators[code]
    return declared.label


@dataclass(frozen=True)
class DueReport:
    """A report that a unit owes for a period, drafted or not."""

    regime: Regime
    period: Period
    due_on: date
    report: Report | None

    draft_words = Text(vi="Dự thảo", en="Draft")
    missing_words = Text(vi="Chưa lập", en="Not drafted")


def reports_of(actor: Actor, unit: Node, months: Sequence[Period]) -> list[DueReport]:
    """The reports of a unit for some months, newest first, with the drafts that are there: one statement."""
    listed = access.scope(actor, VIEW, Report.objects.filter(unit_id=unit.id))
    drafted = {(row.regime, row.period): row for row in listed.filter(period__in=[m.code for m in months])}
    return [
        DueReport(known, month, known.due_on(month), drafted.get((known.code, month.code)))
        for month in months
        for known in regimes().values()
        if known.period_kind == month.kind and unit.kind in known.applies_to
    ]
