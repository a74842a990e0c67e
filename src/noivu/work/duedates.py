"""Which due dates can be meant: one far from the day it was given is a slip of the pen."""

from datetime import date, timedelta

from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text

LATEST = date(2099, 12, 31)
_BEFORE = timedelta(days=366)


def slip_in_due(due_on: date | None, arises_on: date) -> Text | None:
    """What is wrong with a due date that lies more than a year before what it is for, or beyond 2099."""
    if due_on is None or arises_on - _BEFORE <= due_on <= LATEST:
        return None
    return Text(
        vi=f"Hạn {format_day(due_on)} cách quá xa ngày {format_day(arises_on)}.",
        en=f"The due date {format_day(due_on)} is too far from {format_day(arises_on)}.",
    )


def require_likely_due(due_on: date | None, arises_on: date) -> None:
    """Refuse a due date that cannot be meant."""
    slip = slip_in_due(due_on, arises_on)
    if slip is not None:
        raise Refusal(
            what=slip, do=Text(vi="Kiểm tra lại năm.", en="Check the year."), where="due_on", code="due_far_away"
        )


def require_due_after(due_on: date | None, start: date) -> None:
    """Refuse a due date before the day on which the work begins."""
    if due_on is not None and due_on < start:
        raise Refusal(
            what=Text(
                vi=f"Hạn {format_day(due_on)} sớm hơn ngày giao {format_day(start)}.",
                en=f"It would be due on {format_day(due_on)}, before it is given on {format_day(start)}.",
            ),
            do=Text(vi="Kiểm tra lại hai ngày.", en="Check both days."),
            where="due_on",
            code="order",
        )
