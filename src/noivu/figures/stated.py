"""Stated figures, held beside the counted ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from noivu.core.wording import Text
from noivu.figures.constants import STATEMENTS, Statement
from noivu.figures.models import StatedFigure
from noivu.figures.questions import Answer


@dataclass(frozen=True)
class Stated:
    """A stated figure beside the counted one: `difference` is stated less counted, as shown."""

    indicator: str
    kind: Statement
    value: Decimal
    source: str
    stated_by: str
    recorded_at: datetime
    difference: Decimal | None

    @property
    def label(self) -> Text:
        """Typed by the unit, or published."""
        return STATEMENTS[self.kind]


def stated_beside(answers: Sequence[Answer]) -> list[tuple[Stated, ...]]:
    """For each answer the figures stated for its unit, period and window, in one query."""
    wanted = {_key(answer) for answer in answers}
    knowledge = {answer.question.known_at for answer in answers}
    rows: dict[tuple[int, str, str, datetime | None], list[StatedFigure]] = {}
    for known_at in knowledge:
        known = StatedFigure.objects.known_at(known_at)
        for row in known.about({unit for unit, _, _ in wanted}, {period for _, period, _ in wanted}):
            rows.setdefault((row.unit_id, row.period, row.window, known_at), []).append(row)
    return [
        tuple(_beside(row, answer) for row in rows.get((*_key(answer), answer.question.known_at), ()))
        for answer in answers
    ]


def trimmed(value: Decimal) -> Decimal:
    """The same number without idle decimals: 287, 91.9."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _key(answer: Answer) -> tuple[int, str, str]:
    question = answer.question
    return question.unit_id, question.period.code, question.window.code


def _beside(row: StatedFigure, answer: Answer) -> Stated:
    counted = answer.shown(row.indicator)
    return Stated(
        indicator=row.indicator,
        kind=Statement(row.kind),
        value=trimmed(row.value),
        source=row.source,
        stated_by=row.stated_by_name,
        recorded_at=row.recorded_at,
        difference=None if counted is None else trimmed(row.value - counted),
    )
