"""What co-operating units owe by days of their own, as sheets of tasks say it: parts of the tasks, many at once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from noivu.core.actors import Actor
from noivu.core.dates import format_day, parse_date
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.intake.checking import Reason
from noivu.intake.obligations import write_statements
from noivu.intake.statements import Key, Stated, Statement, fact
from noivu.sheets.api import ParsedRow
from noivu.work.api import Cooperation, Obligation, ObligationSpan, contribution_of
from noivu.work.constants import FOREVER, Happening, Kind

COLUMN = "cooperating_due_on"
_BETWEEN = re.compile(r"[;\n]")
_MANAGED = frozenset({Happening.ASSIGNED, Happening.DUE_SET})
_ONE_FOR_ALL = Text(
    vi="Số hạn khác số đơn vị phối hợp. Nhập một hạn chung, hoặc mỗi đơn vị một hạn theo thứ tự, cách nhau bằng dấu "
    "chấm phẩy.",
    en="There are more or fewer dates than cooperating units. Enter one for all, or one for each in their order, "
    "parted by semicolons.",
)


def due_of(row: ParsedRow, unit_ids: Sequence[int]) -> dict[int, date]:
    """By when each co-operating unit is to do its part: one day for all, or one for each; who has none is left out."""
    pieces = [nfc(piece) for piece in _BETWEEN.split(row[COLUMN] or "")]
    if not any(pieces):
        return {}
    if len(pieces) == 1:
        return dict.fromkeys(unit_ids, parse_date(pieces[0]))
    if len(pieces) != len(unit_ids):
        raise Refusal(what=_ONE_FOR_ALL, where=COLUMN, code="dates")
    return {unit_id: parse_date(piece) for unit_id, piece in zip(unit_ids, pieces, strict=True) if piece}


def wrong_days(row: ParsedRow, due: Mapping[int, date], whole_due: date | None) -> Iterable[Reason]:
    """No part is due before the task was given, nor later than the task."""
    last = max(filter(None, (row["due_on"], whole_due)), default=None)
    for day in due.values():
        if day < row["assigned_on"]:
            given = format_day(row["assigned_on"])
            yield (
                COLUMN,
                Text(
                    vi=f"Hạn {format_day(day)} sớm hơn ngày giao {given}. Kiểm tra lại hai ngày.",
                    en=f"{format_day(day)} is before the day it was assigned, {given}. Check both days.",
                ),
            )
        elif last is not None and day > last:
            yield (
                COLUMN,
                Text(
                    vi=f"Hạn {format_day(day)} muộn hơn hạn {format_day(last)} của nhiệm vụ. Nhập ngày không muộn hơn.",
                    en=f"{format_day(day)} is later than {format_day(last)}, when the task is due. Enter no later day.",
                ),
            )


def due_of_wholes(kind: str, rows: Iterable[tuple[int, str]]) -> dict[Key, date]:
    """When those of these units and codes are due that stand already. One statement."""
    keys = set(rows)
    if not keys:
        return {}
    spans = ObligationSpan.objects.current().of_kind(kind).filter(valid_to=FOREVER, due_on__isnull=False)
    spans = spans.filter(obligation__first_unit_id__in={unit for unit, _ in keys})
    spans = spans.filter(obligation__code__in={code for _, code in keys})
    found = spans.values_list("obligation__first_unit_id", "obligation__code", "due_on")
    return {(unit, code): due_on for unit, code, due_on in found if due_on}


def write_contributions(due_by: Mapping[int, Mapping[int, date] | None], actor: Actor, now: datetime) -> set[int]:
    """Let co-operating units owe their parts of these obligations by these days; the obligations that changed.

    A unit without a day owes no part, nor does one that helps no more; where the file says no days (None), the parts of
    those that help stand as they do. What a person set stays as with every row of a sheet.
    """
    wholes = Obligation.objects.in_bulk(list(due_by))
    helping = list(Cooperation.objects.filter(obligation_id__in=list(due_by)))
    linked = [one.part_id for one in helping if one.part_id]
    left = Obligation.objects.standing().of_kind(Kind.STEP).filter(parent_id__in=list(due_by)).exclude(pk__in=linked)
    statements: dict[Key, Statement] = {}
    owners: dict[Key, tuple[int, Cooperation | None]] = {}
    for one in helping:
        whole = wholes[one.obligation_id]
        days = due_by[whole.pk]
        if days is None:
            continue
        due_on = days.get(one.unit_id)
        if due_on is not None or one.part_id is not None:
            statement = _statement(whole, one.unit_id, due_on)
            statements[statement.key], owners[statement.key] = statement, (whole.pk, one)
    for part in left:
        whole = wholes[part.parent_id or 0]
        statement = _statement(whole, part.first_unit_id, None)
        if statement.key[1] == part.code and statement.key not in statements:
            statements[statement.key], owners[statement.key] = statement, (whole.pk, None)
    stated = write_statements(Kind.STEP, list(statements.values()), actor, now) if statements else {}
    return _linked(stated, owners)


def _linked(stated: Mapping[Key, Stated], owners: Mapping[Key, tuple[int, Cooperation | None]]) -> set[int]:
    changed: set[int] = set()
    relinked: list[Cooperation] = []
    for key, one in stated.items():
        whole_id, cooperation = owners[key]
        part_id = None if one.removed else one.id
        if cooperation is not None and cooperation.part_id != part_id:
            cooperation.part_id = part_id
            relinked.append(cooperation)
        changed |= {whole_id} if one.changed else set()
    Cooperation.objects.bulk_update(relinked, ["part"], batch_size=500)
    return changed


def _statement(whole: Obligation, unit_id: int, due_on: date | None) -> Statement:
    said: dict[str, Any] = contribution_of(whole, unit_id, whole.arises_on)
    initial = {name: said[name] for name in ("unit_id", "assigned_unit_id", "assigner_unit_id", "parent_id")}
    key = (unit_id, said["code"])
    if due_on is None:
        return Statement(key, initial, {}, frozenset(), frozenset(), owed=False)
    fields = {name: said[name] for name in ("code", "title", "assigner", "field", "urgency", "secrecy", "arises_on")}
    facts = frozenset({fact(Happening.ASSIGNED, whole.arises_on), fact(Happening.DUE_SET, whole.arises_on, due_on)})
    return Statement(key, initial, {**fields, "original_due_on": due_on}, facts, _MANAGED)
