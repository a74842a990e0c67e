"""A register of matters that stand open over time, change hands and state, and are corrected: flows and stocks."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from noivu.core.indicators import BaseSet, Indicator, Reading, RecordLine
from noivu.core.wording import both
from noivu.figures.registry import Declarations

EVER = date(9999, 1, 1)


class Matter(models.Model):
    """How a matter stands from a day up to a day, as recorded. Of each number one row holds on a day."""

    number = models.IntegerField()
    unit_id = models.BigIntegerField()
    opened_on = models.DateField()
    state = models.CharField(max_length=10)
    weight = models.IntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(default=EVER)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    scope_path = "unit_id"

    class Meta:
        app_label = "figures_tests"
        db_table = "figures_tests_matter"


def holding(day: date, known_at: datetime | None) -> Any:
    rows = Matter.objects.filter(valid_from__lte=day, valid_to__gt=day)
    if known_at is None:
        return rows.filter(superseded_at=None)
    unsuperseded = Q(superseded_at=None) | Q(superseded_at__gt=known_at)
    return rows.filter(unsuperseded, recorded_at__lte=known_at)


def opened(reading: Reading) -> list[Any]:
    """A flow: matters opened in the period, as they stand on the day of reading; in two disjoint parts."""
    rows = holding(reading.as_of, reading.known_at)
    rows = rows.filter(opened_on__gte=reading.range.starts_on, opened_on__lt=reading.range.ends_on)
    return [rows.filter(state="held"), rows.exclude(state="held")]


def standing(reading: Reading) -> Any:
    """A stock: matters not done on the last day."""
    return holding(min(reading.range.last_day, reading.as_of), reading.known_at).exclude(state="done")


def describe(matter: Matter) -> RecordLine:
    return RecordLine(matter.number, matter.unit_id, f"matter {matter.number}", "")


def ever(reading: Reading) -> Any:
    """What stood on the last day, done or not: of it the condition of a stock takes what is there."""
    return holding(min(reading.range.last_day, reading.as_of), reading.known_at)


def _indicator(code: str, base: str, condition: Any = None, **more: Any) -> Indicator:
    words = both(code)
    return Indicator(code, words, words, words, words, base, condition=condition, **more)


def declared() -> Declarations:
    """The figures of the register of matters."""
    declarations = Declarations()
    declarations.declare(
        bases=[
            BaseSet("opened", both("opened"), opened, describe, source="matters", key="number"),
            BaseSet("ever", both("ever"), ever, describe, source="matters", key="number"),
            BaseSet("standing", both("standing"), standing, describe, source="matters", key="number"),
        ],
        indicators=[
            _indicator("matters.opened", "opened"),
            _indicator("matters.opened_held", "opened", lambda _: Q(state="held")),
            _indicator("matters.open", "standing"),
            _indicator("matters.held", "standing", lambda _: Q(state="held")),
            _indicator("matters.not_done", "ever", lambda _: ~Q(state="done"), is_stock=True),
            _indicator("matters.weight", "standing", total="weight"),
        ],
    )
    return declarations
