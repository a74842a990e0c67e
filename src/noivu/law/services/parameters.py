"""Values of parameters that this installation uses instead of the shipped ones."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from noivu.audit.api import record
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.law import policies
from noivu.law.deadlines import HOURS_A_DAY, rule_codes
from noivu.law.following import CountingChange, one_after_another, tell
from noivu.law.installation import forget_installation
from noivu.law.instruments import instrument as instrument_of
from noivu.law.models import ParameterOverride, retract, supersede
from noivu.law.parameter_files import HOURS, Definition, convert, parameter_files
from noivu.law.parameters import definition_of
from noivu.law.reference import BrokenReferenceError

_FIELDS = ("code", "value", "starts_on", "ends_on", "instrument_id", "article")


def override_parameter(
    *,
    actor: Actor,
    code: str,
    value: Any,
    starts_on: date,
    reason: str,
    instrument: str = "",
    article: str = "",
    ends_on: date | None = None,
) -> ParameterOverride:
    """Use a value instead of the shipped one from a day on (until before `ends_on`).

    An own value without end that began earlier ends on `starts_on`; one that began on the same day is corrected.
    Refused: no reason, a value of another type, a number of law without its instrument, an overlap.
    """
    access.require_for_all(actor, policies.EDIT_PARAMETERS)
    definition = definition_of(code)
    _check(definition, value, instrument, reason)
    _check_days(starts_on, ends_on)
    wanted = {
        "value": value,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "instrument": instrument_of(instrument) if instrument else None,
        "article": article,
        "reason": reason,
    }
    with transaction.atomic():
        one_after_another()
        own = ParameterOverride.objects.current().select_for_update().filter(code=code)
        row = own.filter(starts_on=starts_on).first()
        before = _values(row) if row else None
        _make_room(own.exclude(starts_on=starts_on), starts_on, ends_on)
        if row is None:
            row = ParameterOverride.objects.create(code=code, **wanted)
        else:
            supersede(row, **wanted)
        record(
            actor=actor,
            action=policies.VALUE_SET,
            thing=row,
            before=before,
            after=_values(row),
            reason=reason,
            instrument=instrument,
        )
        forget_installation()
        _tell(actor, definition, reason, instrument)
    return row


def _tell(actor: Actor, definition: Definition, reason: str, instrument: str = "") -> None:
    """A rule counts otherwise; where a day has other hours, so do all rules that count hours."""
    if definition.code == HOURS_A_DAY:
        rules = frozenset(code for code in rule_codes() if parameter_files().definitions[code].rule_counts(HOURS))
    else:
        rules = frozenset({definition.code}) if definition.rule else frozenset()
    tell(CountingChange(actor, f"Đổi quy tắc “{definition.label.vi}”: {reason}", rules=rules, instrument=instrument))


def take_back_value(*, actor: Actor, code: str, starts_on: date, reason: str) -> None:
    """Undo an own value: the shipped one holds again in its days."""
    access.require_for_all(actor, policies.EDIT_PARAMETERS)
    with transaction.atomic():
        one_after_another()
        own = ParameterOverride.objects.current().select_for_update()
        row = own.filter(code=code, starts_on=starts_on).first()
        if row is None:
            raise Refusal(
                what=Text(vi="Không có giá trị riêng để bỏ.", en="There is no own value to take back."),
                code="parameter.nothing",
            )
        retract(row)
        record(actor=actor, action=policies.VALUE_TAKEN_BACK, thing=row, before=_values(row), reason=reason)
        forget_installation()
        _tell(actor, definition_of(code), reason)


def _make_room(others: models.QuerySet[ParameterOverride], starts_on: date, ends_on: date | None) -> None:
    """End the open own value before the new one; refuse any other overlap."""
    for other in others:
        if other.ends_on is None and other.starts_on < starts_on:
            supersede(other, ends_on=starts_on)
            continue
        begins_inside = ends_on is None or other.starts_on < ends_on
        if begins_inside and (other.ends_on is None or starts_on < other.ends_on):
            raise Refusal(
                what=Text(
                    vi=f"Đã có giá trị riêng từ {format_day(other.starts_on)} trong thời gian này.",
                    en=f"An own value from {format_day(other.starts_on)} holds in these days.",
                ),
                do=Text(vi="Sửa hoặc bỏ giá trị đó trước.", en="Correct or take back that value first."),
                code="parameter.overlap",
            )


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on <= starts_on:
        raise Refusal(
            what=Text(
                vi=f"Ngày {format_day(ends_on)} không sau ngày bắt đầu {format_day(starts_on)}.",
                en=f"{format_day(ends_on)} does not come after the start {format_day(starts_on)}.",
            ),
            do=Text(vi="Nhập lại, hoặc để trống.", en="Enter it again, or leave it empty."),
            where="ends_on",
            code="parameter.days_reversed",
        )


def _check(definition: Definition, value: Any, instrument: str, reason: str) -> None:
    require_reason(reason)
    if not definition.setting and not instrument:
        raise Refusal(
            what=Text(vi="Thiếu văn bản quy định.", en="The instrument is missing."),
            why=Text(vi="Giá trị của pháp luật phải có căn cứ.", en="A value of law needs its source."),
            where="instrument",
            code="parameter.instrument",
        )
    try:
        convert(definition.type, value, Path(definition.code), "value", definition.parts)
    except BrokenReferenceError as problem:
        raise Refusal(
            what=Text(vi=f"Giá trị “{value}” không đúng kiểu.", en=f"The value “{value}” is of the wrong type."),
            do=_EXPECTED[definition.type],
            where="value",
            code="parameter.type",
        ) from problem


_EXPECTED = {
    "integer": Text(vi="Nhập số nguyên, ví dụ 10.", en="Enter a whole number, e.g. 10."),
    "decimal": Text(vi="Nhập số thập phân, ví dụ 0.5.", en="Enter a decimal number, e.g. 0.5."),
    "text": Text(vi="Nhập chữ.", en="Enter words."),
    "numbers": Text(
        vi='Nhập như {"from": 16000, "each": "0.5"}, đúng các phần của tham số.',
        en='Enter it like {"from": 16000, "each": "0.5"}, with the parts of the parameter.',
    ),
    "window": Text(
        vi='Nhập như {"months_back": 1, "opens_on_day": 15}: lùi 0 đến 12 tháng, mở ngày 1 đến 28.',
        en='Enter it like {"months_back": 1, "opens_on_day": 15}: 0 to 12 months back, opening on day 1 to 28.',
    ),
}


def _values(row: ParameterOverride) -> dict[str, object]:
    return {name: getattr(row, name) for name in _FIELDS}
