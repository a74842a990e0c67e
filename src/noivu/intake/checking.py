"""What every row must meet, and the reasons given when it does not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Model

from noivu.core import clock
from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.intake.statements import Stated
from noivu.sheets.api import ImportContext, Outcome, ParsedRow, applied, quarantined, unchanged
from noivu.work.api import slip_in_due

Reason = tuple[str, Text]
LARGEST = 2_147_483_647


def not_before(row: ParsedRow, column: str, earlier: str, words: Text) -> Iterable[Reason]:
    """The day of `column` must not be before that of `earlier`, which `words` names."""
    day: date | None = row[column]
    start: date | None = row[earlier]
    if day is not None and start is not None and day < start:
        yield (
            column,
            Text(
                vi=f"{format_day(day)} sớm hơn {words.vi} {format_day(start)}. Kiểm tra lại hai ngày.",
                en=f"{format_day(day)} is before {words.en}, {format_day(start)}. Check both days.",
            ),
        )


def not_to_come(row: ParsedRow, *columns: str) -> Iterable[Reason]:
    """What happened cannot be still to come."""
    today = clock.today()
    for column in columns:
        day: date | None = row[column]
        if day is not None and day > today:
            yield (
                column,
                Text(
                    vi=f"Ngày {format_day(day)} chưa đến; hôm nay là {format_day(today)}. Nhập ngày đã có thật.",
                    en=f"{format_day(day)} is still to come; today is {format_day(today)}. Enter when it happened.",
                ),
            )


def likely_due(row: ParsedRow, arises: str) -> Iterable[Reason]:
    """The due date must be one that can be meant."""
    slip = slip_in_due(row["due_on"], row[arises])
    if slip is not None:
        yield "due_on", Text(vi=f"{slip.vi} Kiểm tra lại năm.", en=f"{slip.en} Check the year.")


@cache
def _lengths(model: type[Model]) -> dict[str, int]:
    fields = model._meta.concrete_fields
    return {field.attname: field.max_length for field in fields if field.max_length is not None}


def fits(model: type[Model], fields: Mapping[str, Any], columns: Mapping[str, str]) -> Iterable[Reason]:
    """Texts must fit the register. `columns` names the column of a field where it is another."""
    lengths = _lengths(model)
    for name, value in fields.items():
        if isinstance(value, str):
            yield from _fitting(columns.get(name, name), value, lengths.get(name))


def _fitting(column: str, value: str, most: int | None) -> Iterable[Reason]:
    if most is not None and len(value) > most:
        yield (
            column,
            Text(
                vi=f"Dài {len(value)} ký tự, nhiều nhất {most}. Rút gọn rồi nhập lại.",
                en=f"{len(value)} characters long, at most {most}. Shorten it and import again.",
            ),
        )
    if "\x00" in value:
        yield (
            column,
            Text(vi="Có ký tự không đọc được. Nhập lại ô này.", en="It holds an unreadable character. Type it again."),
        )


def texts(row: ParsedRow, context: ImportContext, names: Iterable[str]) -> dict[str, str]:
    """The text columns that the file has, in the stored form of the reader, blank as empty text."""
    return {name: row[name] or "" for name in names if name in context.given}


def split_by_reason(
    rows: Sequence[ParsedRow], reasons: Callable[[ParsedRow], Iterable[Reason]]
) -> tuple[list[ParsedRow], dict[int, Outcome]]:
    """Rows that may be applied, and the outcomes of the others by row number."""
    good, bad = [], {}
    for row in rows:
        found = next(iter(reasons(row)), None)
        if found is None:
            good.append(row)
        else:
            bad[row.number] = quarantined(found[1], found[0])
    return good, bad


def logged(row: ParsedRow) -> dict[str, Any]:
    """What a row said, for the audit log: blank cells left out, units by their id."""
    said = {key: value for key, value in row.values.items() if value not in (None, "", False)}
    return {key: getattr(value, "pk", value) for key, value in said.items()}


def obligation_outcome(row: ParsedRow, stated: Stated) -> Outcome:
    """What became of a row that states an obligation."""
    if stated.id is None or not stated.changed:
        return unchanged()
    return applied("work.obligation", stated.id, logged(row))
