"""The rows of the room: instruments, what people changed in parameters and calendar, and the two time axes."""

from noivu.law.models.asked import AskedChange
from noivu.law.models.instruments import Instrument
from noivu.law.models.overrides import CalendarOverride, ConfirmedYear, ParameterOverride
from noivu.law.models.recorded import (
    DatedFact,
    DatedFactQuerySet,
    Recorded,
    RecordedQuerySet,
    retract,
    supersede,
)

__all__ = [
    "AskedChange",
    "CalendarOverride",
    "ConfirmedYear",
    "DatedFact",
    "DatedFactQuerySet",
    "Instrument",
    "ParameterOverride",
    "Recorded",
    "RecordedQuerySet",
    "retract",
    "supersede",
]
