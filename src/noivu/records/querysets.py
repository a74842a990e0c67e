"""Documents in domain words: current, known at an instant, of a period, holding certain words."""

from datetime import date, datetime
from typing import Any, Self, TypeVar

from noivu.core.dates import DateRange
from noivu.law.api import RecordedQuerySet
from noivu.records.searching import matching

_Document = TypeVar("_Document", bound=Any, covariant=True)


class DocumentQuerySet(RecordedQuerySet[_Document]):
    """Rows of a register of documents."""

    def numbered(self) -> Self:
        """Without cancelled numbers: a cancelled number stands in the register and is no document."""
        return self.filter(cancelled=False)

    def known_parts(self, instant: datetime | None) -> list[Self]:
        """What the register said at an instant, as disjoint querysets that each keep to one index."""
        if instant is None:
            return [self.current()]
        return [
            self.current().filter(recorded_at__lte=instant),
            self.filter(superseded_at__gt=instant, recorded_at__lte=instant),
        ]

    def matching(self, query: str) -> Self:
        """Documents that hold every word of a query, whatever its accents, case and order. Empty query: all."""
        return matching(self, query)


class IncomingQuerySet(DocumentQuerySet[_Document]):
    """Rows of registers of incoming documents."""

    def arrived_in(self, days: DateRange, by: date) -> Self:
        """Arrived in a period, and not after `by`."""
        return self.filter(arrived_on__gte=days.starts_on, arrived_on__lt=days.ends_on, arrived_on__lte=by)

    def for_register(self) -> Self:
        """In the order of a register, newest first."""
        return self.order_by("-arrived_on", "-id")


class OutgoingQuerySet(DocumentQuerySet[_Document]):
    """Rows of registers of outgoing documents."""

    def issued_in(self, days: DateRange, by: date) -> Self:
        """Issued in a period, and not after `by`."""
        return self.filter(issued_on__gte=days.starts_on, issued_on__lt=days.ends_on, issued_on__lte=by)

    def for_register(self) -> Self:
        return self.order_by("-issued_on", "-id")
