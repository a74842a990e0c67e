"""Conditions on spans: what the timeline says in Python, said to the database. Each speaks of spans that hold on a day.

Every span not cancelled meets exactly one of: completed, in_time, overdue, no_deadline, suspended,
awaiting, declined.

In each the test that fails most often stands first, which is a quarter of the time of a sweep: Q(a) & Q(b) keeps its
order, while Django sorts Q(a, b) by name.
"""

from datetime import date

from django.db.models import F, Q

from noivu.work.constants import Status


def counted() -> Q:
    """Owed or done: everything but what was cancelled."""
    return ~Q(status=Status.CANCELLED.value)


def holding_on(day: date) -> Q:
    """Of each obligation the one stretch in which a day lies."""
    return Q(valid_from__lte=day) & Q(valid_to__gt=day)


def completed() -> Q:
    return Q(status=Status.COMPLETED.value)


def completed_on_time() -> Q:
    return Q(completed_on__lte=F("due_on")) & completed()


def completed_late() -> Q:
    return Q(completed_on__gt=F("due_on")) & completed()


def completed_without_deadline() -> Q:
    return Q(due_on__isnull=True) & completed()


def declined() -> Q:
    return Q(status=Status.DECLINED.value)


def is_open() -> Q:
    return Q(status=Status.OPEN.value)


def in_time(day: date) -> Q:
    """Open and not past its due date; the due date itself is in time. Nearly due ones are among them."""
    return is_open() & Q(due_on__gte=day)


def overdue(day: date) -> Q:
    return is_open() & Q(due_on__lt=day)


def no_deadline() -> Q:
    return is_open() & Q(due_on__isnull=True)


def suspended() -> Q:
    return Q(status=Status.SUSPENDED.value)


def awaiting() -> Q:
    return Q(status=Status.AWAITING.value)
