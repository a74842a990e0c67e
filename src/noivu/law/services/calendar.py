"""Changing the working calendar: each change names who, why, and where it can the instrument."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.law import policies
from noivu.law.following import CountingChange, one_after_another, tell
from noivu.law.installation import forget_installation, working_calendar
from noivu.law.instruments import instrument as instrument_of
from noivu.law.models import CalendarOverride, ConfirmedYear, retract, supersede
from noivu.law.public_holidays import LAST_YEAR, made_up_on, making_up_for, weekly_rest

_FIELDS = ("day", "works", "name_vi", "name_en", "swapped_with", "instrument_id")


def change_day(
    *,
    actor: Actor,
    day: date,
    works: bool,
    name: Text,
    reason: str,
    instrument: str = "",
    swapped_with: date | None = None,
) -> CalendarOverride:
    """Make a day off, or worked, in this installation's calendar; it wins over the shipped one.

    A day changed before is corrected, its former state stays readable. Refused: a day outside the calendar, no
    reason, an instrument that is not registered.
    """
    access.require_for_all(actor, policies.EDIT_CALENDAR)
    require_reason(reason)
    with transaction.atomic():
        one_after_another()
        counted_otherwise = working_calendar().works(day) != works
        row = _write_day(actor, day, works, name, reason, instrument, swapped_with)
        if counted_otherwise:
            tell(CountingChange(actor, _cause([day], name.vi, reason), frozenset({day}), instrument=instrument))
    return row


def _write_day(
    actor: Actor, day: date, works: bool, name: Text, reason: str, instrument: str, swapped_with: date | None
) -> CalendarOverride:
    wanted: dict[str, Any] = {
        "day": day,
        "works": works,
        "name_vi": name.vi,
        "name_en": name.en,
        "swapped_with": swapped_with,
        "instrument": instrument_of(instrument) if instrument else None,
        "reason": reason,
    }
    row = CalendarOverride.objects.current().select_for_update().filter(day=day).first()
    before = _values(row) if row else None
    if row is None:
        row = CalendarOverride.objects.create(**wanted)
    else:
        supersede(row, **wanted)
    record(
        actor=actor,
        action=policies.DAY_CHANGED,
        thing=row,
        before=before,
        after=_values(row),
        reason=reason,
        instrument=instrument,
    )
    forget_installation()
    return row


def swap_days(*, actor: Actor, day_off: date, day_worked: date, instrument: str, reason: str) -> None:
    """Give a working day off and make it up on a day of rest (hoán đổi ngày làm việc): both, or neither."""
    access.require_for_all(actor, policies.EDIT_CALENDAR)
    require_reason(reason)
    calendar = working_calendar()
    if not calendar.works(day_off) or calendar.works(day_worked):
        raise Refusal(
            what=Text(
                vi=f"Không hoán đổi được {format_day(day_off)} với {format_day(day_worked)}.",
                en=f"{format_day(day_off)} cannot be swapped with {format_day(day_worked)}.",
            ),
            why=Text(
                vi="Ngày nghỉ phải đang là ngày làm việc, ngày làm bù phải đang là ngày nghỉ.",
                en="The day off must be a working day, and the make-up day a day of rest.",
            ),
            code="calendar.swap",
        )
    name = made_up_on(day_worked)
    with transaction.atomic():
        one_after_another()
        _write_day(actor, day_off, False, name, reason, instrument, day_worked)
        _write_day(actor, day_worked, True, making_up_for(day_off), reason, instrument, day_off)
        cause = _cause([day_off], name.vi, reason)
        tell(CountingChange(actor, cause, frozenset({day_off, day_worked}), instrument=instrument))


def take_back_day(*, actor: Actor, day: date, reason: str) -> None:
    """Undo the change of a day: the shipped calendar holds again. Both days of a swap are taken back together."""
    access.require_for_all(actor, policies.EDIT_CALENDAR)
    require_reason(reason)
    with transaction.atomic():
        one_after_another()
        row = CalendarOverride.objects.current().select_for_update().filter(day=day).first()
        if row is None:
            raise _nothing_changed(
                Text(
                    vi=f"Ngày {format_day(day)} không có thay đổi để bỏ.",
                    en=f"{format_day(day)} has no change to take back.",
                )
            )
        taken_back = [row, *_other_day(row)]
        before = {changed.day: changed.works for changed in taken_back}
        for changed in taken_back:
            retract(changed)
            record(actor=actor, action=policies.DAY_TAKEN_BACK, thing=changed, before=_values(changed), reason=reason)
        forget_installation()
        calendar = working_calendar()
        days = frozenset(day for day, works in before.items() if calendar.works(day) != works)
        tell(CountingChange(actor, _cause(before, "", reason), days))


def confirm_year(*, actor: Actor, year: int, instrument: str, reason: str = "") -> ConfirmedYear:
    """Say that the days off of a year are decided and entered: deadlines in it are exact from now on."""
    access.require_for_all(actor, policies.EDIT_CALENDAR)
    with transaction.atomic():
        one_after_another()
        if not weekly_rest().since.year < year <= LAST_YEAR or working_calendar().is_known(year):
            raise _nothing_changed(
                Text(
                    vi=f"Năm {year} đã được xác nhận hoặc ngoài lịch.",
                    en=f"The year {year} is confirmed already, or out of the calendar.",
                )
            )
        row = ConfirmedYear.objects.create(year=year, instrument=instrument_of(instrument), reason=reason)
        record(
            actor=actor,
            action=policies.YEAR_CONFIRMED,
            thing=row,
            after={"year": year, "instrument": instrument},
            reason=reason,
            instrument=instrument,
        )
        forget_installation()
    return row


def take_back_year(*, actor: Actor, year: int, reason: str) -> None:
    """Undo the confirmation of a year made here."""
    access.require_for_all(actor, policies.EDIT_CALENDAR)
    require_reason(reason)
    with transaction.atomic():
        row = ConfirmedYear.objects.current().select_for_update().filter(year=year).first()
        if row is None:
            raise _nothing_changed(
                Text(vi=f"Năm {year} chưa được xác nhận ở đây.", en=f"The year {year} was not confirmed here.")
            )
        retract(row)
        record(actor=actor, action=policies.YEAR_TAKEN_BACK, thing=row, before={"year": year}, reason=reason)
        forget_installation()


def _cause(days: Iterable[date], name: str, reason: str) -> str:
    """Why what is owed moves, as it will be read beside each due date; in the language of the registers."""
    said = ", ".join(format_day(day) for day in days)
    return f"Đổi lịch làm việc {said}{f' ({name})' if name else ''}: {reason}"


def _values(row: CalendarOverride) -> dict[str, object]:
    return {name: getattr(row, name) for name in _FIELDS}


def _other_day(row: CalendarOverride) -> list[CalendarOverride]:
    if row.swapped_with is None:
        return []
    changes = CalendarOverride.objects.current().select_for_update()
    return list(changes.filter(day=row.swapped_with, swapped_with=row.day))


def _nothing_changed(what: Text) -> Refusal:
    return Refusal(what=what, do=Text(vi="Tải lại trang.", en="Reload the page."), code="calendar.nothing")
