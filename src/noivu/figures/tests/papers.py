"""A register small enough to count by hand: papers received by units, answered or not, with its figures declared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from noivu.core.indicators import (
    BaseSet,
    Breakdown,
    Identity,
    Indicator,
    Rate,
    Reading,
    RecordLine,
    Source,
)
from noivu.core.wording import Text, both
from noivu.figures.questions import Question, Sweep
from noivu.figures.registry import Declarations


class Paper(models.Model):
    """A paper in a unit's register."""

    unit_id = models.BigIntegerField()
    handler_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=10)
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    copies = models.IntegerField(default=1)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    scope_path = "unit_id"

    class Meta:
        app_label = "figures_tests"
        db_table = "figures_tests_paper"


def known(reading: Reading) -> Any:
    """The papers of a reading's knowledge."""
    papers = Paper.objects.all()
    if reading.known_at is None:
        return papers.filter(superseded_at=None)
    unsuperseded = Q(superseded_at=None) | Q(superseded_at__gt=reading.known_at)
    return papers.filter(unsuperseded, recorded_at__lte=reading.known_at)


def received(reading: Reading) -> Any:
    """Papers received in the period, by the as-of day."""
    return known(reading).filter(
        received_on__gte=reading.range.starts_on,
        received_on__lt=reading.range.ends_on,
        received_on__lte=reading.as_of,
    )


def carried_or_received(reading: Reading) -> list[Any]:
    """Two disjoint ranges: before the period, and in it."""
    return [known(reading).filter(received_on__lt=reading.range.starts_on), received(reading)]


def answered(reading: Reading) -> Q:
    return Q(answered_on__lte=reading.as_of)


def unanswered(reading: Reading) -> Q:
    return Q(answered_on=None) | Q(answered_on__gt=reading.as_of)


def overdue(reading: Reading) -> Q:
    return unanswered(reading) & Q(due_on__lt=reading.as_of)


def in_time(reading: Reading) -> Q:
    return unanswered(reading) & Q(due_on__gte=reading.as_of)


def without_deadline(reading: Reading) -> Q:
    return unanswered(reading) & Q(due_on=None)


def late(reading: Reading) -> Q:
    return answered(reading) & Q(answered_on__gt=F("due_on"))


def not_letters(reading: Reading) -> Q:
    return ~Q(kind="letter") & ~Q(handler_id=2)


def describe(paper: Paper) -> RecordLine:
    return RecordLine(id=paper.pk, unit_id=paper.unit_id, label=f"{paper.kind} {paper.pk}", url=f"/papers/{paper.pk}/")


BY_KIND = Breakdown("kind", both("kind"), "kind", kind="word", words=(("letter", Text(vi="thư", en="letter")),))
BY_HANDLER = Breakdown("handler", both("handler"), "handler_id")


def indicator(code: str, base: str, condition: Any = None, **more: Any) -> Indicator:
    words = both(code)
    return Indicator(
        code=code,
        label=words,
        concept=words,
        method=words,
        measured_in=words,
        base=base,
        condition=condition,
        breakdowns=(BY_KIND, BY_HANDLER),
        **more,
    )


def declared() -> Declarations:
    """The figures of the paper register."""
    declarations = Declarations()
    declarations.declare(
        bases=[
            BaseSet("received", both("received"), received, describe, source="papers"),
            BaseSet("standing", both("standing"), carried_or_received, describe, source="papers"),
        ],
        indicators=[
            indicator("papers.received", "received"),
            indicator("papers.answered", "received", answered),
            indicator("papers.overdue", "received", overdue),
            indicator("papers.in_time", "received", in_time),
            indicator("papers.no_deadline", "received", without_deadline),
            indicator("papers.late", "received", late),
            indicator("papers.not_letters", "received", not_letters),
            indicator("papers.copies", "received", total="copies"),
            indicator("papers.copies_overdue", "received", overdue, total="copies"),
            indicator("papers.standing", "standing"),
            indicator("papers.open_at_end", "standing", unanswered),
        ],
        rates=[
            Rate("papers.answered_rate", both("rate"), both("rate"), both("rate"), "papers.answered", "papers.received")
        ],
        identities=[
            Identity(
                "papers.balance",
                both("balance"),
                "papers.received",
                ("papers.answered", "papers.in_time", "papers.overdue", "papers.no_deadline"),
            )
        ],
        sources=[Source("papers", both("papers"), Paper)],
    )
    return declarations


@dataclass(frozen=True)
class Row:
    """A paper as the slow, obvious model sees it."""

    unit_id: int
    handler_id: int | None
    kind: str
    received_on: date
    due_on: date | None
    answered_on: date | None
    copies: int
    recorded_at: datetime
    superseded_at: datetime | None


def obvious(row: Row, reading: Reading) -> dict[str, int]:
    """What one row adds to each figure, worked out as a clerk would."""
    in_force = row.superseded_at is None
    if reading.known_at is not None:
        in_force = row.recorded_at <= reading.known_at and (
            row.superseded_at is None or row.superseded_at > reading.known_at
        )
    if not in_force:
        return {}
    before = row.received_on < reading.range.starts_on
    inside = row.received_on in reading.range and row.received_on <= reading.as_of
    is_answered = row.answered_on is not None and row.answered_on <= reading.as_of
    is_overdue = not is_answered and row.due_on is not None and row.due_on < reading.as_of
    counts: dict[str, int] = {
        "papers.received": 1,
        "papers.answered": is_answered,
        "papers.overdue": is_overdue,
        "papers.in_time": not is_answered and row.due_on is not None and not is_overdue,
        "papers.no_deadline": not is_answered and row.due_on is None,
        "papers.late": is_answered and row.due_on is not None and row.answered_on > row.due_on,
        "papers.not_letters": row.kind != "letter" and row.handler_id != 2,
        "papers.copies": row.copies,
        "papers.copies_overdue": row.copies * is_overdue,
    }
    figures = {code: int(count) for code, count in counts.items()} if inside else {}
    if before or inside:
        figures |= {"papers.standing": 1, "papers.open_at_end": int(not is_answered)}
    return figures


@dataclass(frozen=True)
class SmallGround:
    """Units by their number. `above` covers; `serves` names the administrative unit an organisation serves."""

    ids: tuple[int, ...]
    above: dict[int, int]
    serves: dict[int, int]

    def totals(self, own: Any, sweep: Sweep) -> dict[int, list[int]]:
        return {
            whole: [sum(counts) for counts in zip(*parts, strict=True)]
            for whole in self.ids
            if (parts := [own[unit] for unit in own if self.counts_for(unit, whole)])
        }

    def reaches(self, questions: Sequence[Question]) -> list[list[int]]:
        return [[unit for unit in self.ids if self.counts_for(unit, q.unit_id)] for q in questions]

    def counts_for(self, unit: int, whole: int) -> bool:
        return self._is_under(unit, whole) or (unit in self.serves and self._is_under(self.serves[unit], whole))

    def _is_under(self, unit: int | None, whole: int) -> bool:
        while unit is not None:
            if unit == whole:
                return True
            unit = self.above.get(unit)
        return False


# A country (1) of two provinces (2, 3) and three communes (4, 5 in 2; 6 in 3); a ministry (10) with a department (11);
# a committee (20) of province 2 with its own department (21), and a committee (30) of commune 4 below committee 20.
GROUND = SmallGround(
    ids=(11, 10, 30, 21, 20, 4, 5, 6, 2, 3, 1),
    above={4: 2, 5: 2, 6: 3, 2: 1, 3: 1, 11: 10, 21: 20, 30: 20},
    serves={10: 1, 11: 1, 20: 2, 21: 2, 30: 4},
)
