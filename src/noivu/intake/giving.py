"""What sheets of everything owed say alike: which unit decides on it, of which task it is a part, who does it, which
marks it bears.

`apply_rows` is how the rows of such a sheet are applied; a template says its columns, its reasons and its statement.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import Q

from noivu.core import access, clock
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.intake.checking import Reason, split_by_reason
from noivu.intake.counted import RULE, by_rules, counted_by
from noivu.intake.marks import marks_of, unlawful_secrecy
from noivu.intake.obligations import write_statements
from noivu.intake.officers import Officers
from noivu.intake.statements import Beside, Key, Stated, Statement
from noivu.intake.verbs import beyond_verbs
from noivu.records.api import heard
from noivu.sheets.api import Column, ImportContext, Outcome, ParsedRow, quarantined
from noivu.work.api import (
    Obligation,
    ObligationSpan,
    before_part,
    one_whole,
    parts_past_their_whole,
    past_whole,
    require_open_whole,
    wholes_called,
)
from noivu.work.constants import FOREVER, HAPPENINGS, STANDING, Happening, Kind

PARENT = "parent"
ASSIGNER_UNIT = Column(
    "assigner_unit",
    Text(vi="Đơn vị giao việc", en="Assigning unit"),
    kind="unit",
    help=Text(
        vi="Đơn vị quyết định gia hạn, xác nhận, tạm dừng, hủy; bỏ trống: đơn vị phải làm tự quyết định.",
        en="It decides on extension, confirmation, suspension, cancellation; blank: the unit that owes it.",
    ),
)
OF_PRODUCT = (
    Column("product", Text(vi="Sản phẩm", en="Product"), example="Tờ trình"),
    Column("measure", Text(vi="Cách đo", en="Measure"), also_called=("Tiêu chí đo",)),
)
"""What proves that it is done, and by what that is measured."""
DAYS = {"suspended_on": Happening.SUSPENDED, "completed_on": Happening.COMPLETED, "confirmed_on": Happening.CONFIRMED}
"""What became of something owed, by the columns that say it."""
DECLINED = {"passed_back_on": Happening.PASSED_BACK, "turned_down_on": Happening.TURNED_DOWN}
"""What became of what came from outside and was not for this unit; `decline_reason` says why."""
_WHY = "decline_reason"
OF_DECLINING = (
    *(Column(name, HAPPENINGS[happening], kind="date") for name, happening in DECLINED.items()),
    Column(_WHY, Text(vi="Lý do trả lại, từ chối", en="Why it was passed back or turned down")),
)
LEAD_UNIT = Text(vi="Đơn vị chủ trì", en="Lead unit")
_NOT_THEIRS = Text(
    vi="Không có quyền giao việc tại đơn vị này. Bỏ trống ô này và ghi tên ở cột người giao.",
    en="No right to assign work at this unit. Leave the cell blank and name it in the column of the assigner.",
)
_OTHER_ASSIGNER = Text(
    vi="Đã ghi đơn vị giao khác. Bỏ trống ô này: đơn vị đã giao quyết định.",
    en="Another assigning unit is recorded. Leave the cell blank: the unit that assigned it decides.",
)
_OTHER_WHOLE = Text(
    vi="Đã thuộc nhiệm vụ khác: phần việc ở lại nhiệm vụ cha của nó. Bỏ trống ô này.",
    en="It is a part of another task already, and stays one. Leave the cell blank.",
)
_CIRCLE = Text(
    vi="Nhiệm vụ cha lại thuộc chính mục này. Kiểm tra mã nhiệm vụ cha.",
    en="The whole is itself a part of this. Check the code of the whole.",
)


def declined_with_reason(row: ParsedRow, done: str) -> Iterable[Reason]:
    """It is passed back or turned down with the reason, once, and not answered as well."""
    days = [row[name] for name in (*DECLINED, done) if row[name]]
    if any(row[name] for name in DECLINED) and not row[_WHY]:
        yield _WHY, Text(vi="Thiếu lý do trả lại, từ chối. Nhập lý do.", en="The reason is missing. Enter it.")
    if len(days) > 1:
        yield done, Text(vi="Vừa trả lời vừa trả lại, từ chối. Giữ một.", en="Both answered and declined. Keep one.")


def giving_columns(on: str) -> tuple[Column, ...]:
    """The assigning unit, the whole, the rule of the due date; `on`: whose date says as of when the unit is meant."""
    return (
        replace(ASSIGNER_UNIT, on=on),
        Column(
            PARENT,
            Text(vi="Thuộc nhiệm vụ", en="Part of"),
            also_called=("Nhiệm vụ cha", "Mã nhiệm vụ cha"),
            help=Text(
                vi="Mã nhiệm vụ cha, đã có trong sổ hoặc trong tệp này; hạn không muộn hơn hạn nhiệm vụ cha.",
                en="The code of the whole, of the register or of this file; it is not due later.",
            ),
        ),
        RULE,
    )


def places(first: str, days: Mapping[str, Happening]) -> dict[str, str]:
    """Which column says a field or a happening. `first`: that of the first day."""
    given = {
        Happening.ASSIGNED: first,
        "arises_on": first,
        Happening.DUE_SET: "due_on",
        "original_due_on": "due_on",
        "assigner_unit_id": ASSIGNER_UNIT.key,
        "parent_id": PARENT,
    }
    return {**given, **{happening: column for column, happening in days.items()}}


@dataclass(frozen=True)
class Sheet:
    """What applies the rows of one kind: what a row must meet, what it states, which column holds the unit, and which
    column says a field or a happening (`places`)."""

    kind: str
    reasons: Callable[[ParsedRow], Iterable[Reason]]
    statement: Callable[[ParsedRow], Statement]
    columns: Mapping[str, str]
    unit: str = "lead_unit"
    contribute: Callable[[Sequence[tuple[ParsedRow, Stated]]], set[int]] = lambda _pairs: set()
    """Writes what co-operating units owe of what stands by the rows; says whose of it changed."""

    def key(self, row: ParsedRow) -> Key:
        return row[self.unit].pk, nfc(row["code"])


def apply_rows(
    sheet: Sheet, rows: Sequence[ParsedRow], context: ImportContext
) -> tuple[list[tuple[ParsedRow, Stated]], dict[int, Outcome]]:
    """Write what the rows state, wholes before their parts: what stands by each row, and the rows kept aside.

    What a person recorded stays, so a row may state what leaves a part past its whole: it is kept aside, and the others
    are written without it.
    """
    aside: dict[int, Outcome] = {}
    while True:
        kept = [row for row in rows if row.number not in aside]
        with transaction.atomic():
            before = _past_whole(sheet, kept)
            pairs, outcomes = _write_rows(sheet, kept, context)
            changed = sheet.contribute(pairs)
            wrong = _wrong_rows(pairs, _past_whole(sheet, kept) - before)
            transaction.set_rollback(bool(wrong))
        if not wrong:
            pairs = [(row, replace(one, changed=one.changed or one.id in changed)) for row, one in pairs]
            return pairs, outcomes | aside
        aside |= wrong


def _past_whole(sheet: Sheet, rows: Sequence[ParsedRow]) -> set[tuple[Obligation, date, date]]:
    """Of the families of these rows the parts still owed that are due later than their whole, with both days."""
    keys = [sheet.key(row) for row in rows]
    of_rows = Obligation.objects.of_kind(sheet.kind).filter(
        first_unit__in={unit for unit, _ in keys}, code__in={code for _, code in keys}
    )
    found = parts_past_their_whole().filter(Q(obligation__in=of_rows) | Q(obligation__parent__in=of_rows))
    found = found.select_related("obligation__parent")
    days = _due_of([one.obligation.parent_id for one in found if one.obligation.parent_id])
    return {(one.obligation, one.due_on, days[one.obligation.parent_id or 0]) for one in found if one.due_on}


def _wrong_rows(
    pairs: Sequence[tuple[ParsedRow, Stated]], past: Iterable[tuple[Obligation, date, date]]
) -> dict[int, Outcome]:
    """The rows of these wholes, or else of their parts."""
    row_of = {one.id: row.number for row, one in pairs}
    wrong: dict[int, Outcome] = {}
    for part, due_on, whole_due_on in past:
        if part.parent_id in row_of:
            wrong[row_of[part.parent_id]] = quarantined(before_part(whole_due_on, due_on, part).text(), "due_on")
        elif part.parent is not None and part.pk in row_of:
            wrong[row_of[part.pk]] = quarantined(past_whole(due_on, whole_due_on, part.parent).text(), "due_on")
    return wrong


def _write_rows(
    sheet: Sheet, rows: Sequence[ParsedRow], context: ImportContext
) -> tuple[list[tuple[ParsedRow, Stated]], dict[int, Outcome]]:
    rows, counted, aside = by_rules(sheet.kind, rows, sheet.columns["arises_on"], sheet.unit)
    officers = Officers(rows, context, lambda row: row[sheet.unit])
    good, outcomes = split_by_reason(
        rows, lambda row: (*sheet.reasons(row), *unlawful_secrecy(row), *officers.reasons(row))
    )
    outcomes |= aside
    pairs: list[tuple[ParsedRow, Stated]] = []
    levels, circle = _levels(good, is_of_tasks=sheet.kind == Kind.TASK)
    outcomes |= {row.number: quarantined(_CIRCLE, PARENT) for row in circle}
    for level in levels:
        given = _Given(sheet, level, context)
        level, aside = split_by_reason(level, given.reasons)
        outcomes |= aside
        statements = {}
        for row in level:
            said = {**marks_of(row, context), **officers.said(row), **given.said(row)}
            stating = _with(sheet.statement(row), said, row[_WHY] or "")
            statements[row.number] = counted_by(counted.get(row.number), stating)
        beyond = beyond_verbs(sheet.kind, list(statements.values()), sheet.columns, context.actor)
        for row in level:
            if sheet.key(row) in beyond:
                column, why = beyond[sheet.key(row)]
                outcomes[row.number] = quarantined(why, column)
        level = [row for row in level if sheet.key(row) not in beyond]
        kept = [statements[row.number] for row in level]
        stated = write_statements(sheet.kind, kept, context.actor, clock.now())
        pairs += [(row, stated[statement.key]) for row, statement in zip(level, kept, strict=True)]
    return pairs, outcomes


def _with(statement: Statement, said: dict[str, object], why: str) -> Statement:
    reasons = {happening.value: Beside(why) for happening in DECLINED.values() if why}
    return replace(statement, fields={**statement.fields, **said}, beside=reasons)


def _levels(rows: Sequence[ParsedRow], *, is_of_tasks: bool) -> tuple[list[list[ParsedRow]], list[ParsedRow]]:
    """Rows whose wholes are rows of the same sheet come after these; and the rows that go in a circle."""
    levels: list[list[ParsedRow]] = []
    waiting = list(rows)
    while waiting:
        codes = {nfc(row["code"]) for row in waiting if is_of_tasks}
        ready = [row for row in waiting if not row[PARENT] or nfc(row[PARENT]) not in codes]
        if not ready:
            break
        there = {row.number for row in ready}
        waiting = [row for row in waiting if row.number not in there]
        levels.append(ready)
    return levels, waiting


class _Given:
    """What stands of the rows of a level, and the wholes that they name: a constant number of statements."""

    def __init__(self, sheet: Sheet, rows: Sequence[ParsedRow], context: ImportContext) -> None:
        self._sheet, self._actor = sheet, context.actor
        keys = [sheet.key(row) for row in rows]
        placed = (
            Obligation.objects.standing()
            .of_kind(sheet.kind)
            .filter(
                Q(assigner_unit__isnull=False) | Q(parent__isnull=False) | Q(children__isnull=False),
                first_unit_id__in={unit for unit, _ in keys},
                code__in={code for _, code in keys},
            )
        )
        self._standing: dict[Key, Obligation] = {
            (one.first_unit_id, one.code): one for one in placed.select_related("parent").distinct()
        }
        self._wholes = wholes_called(context.actor, {nfc(row[PARENT]) for row in rows if row[PARENT]})
        wholes = [whole for found in self._wholes.values() for whole in found]
        self._above = _links(wholes)
        stood_under = {one.parent_id for one in self._standing.values() if one.parent_id is not None}
        self._due = _due_of([*{whole.pk for whole in wholes} | stood_under])
        self._closed = _closed_of([whole.pk for whole in wholes])
        self._decides: dict[int, bool] = {}

    def reasons(self, row: ParsedRow) -> Iterable[Reason]:
        """Why a row may not say who decides, by when, or of which task it is a part."""
        standing = self._standing.get(self._sheet.key(row))
        yield from self._of_assigner(row, standing)
        if not row[PARENT]:
            if standing is not None and standing.parent is not None and _says_another_due(row, standing):
                yield from self._past(row, standing.parent)
            return
        try:
            whole = self._whole(row)
        except Refusal as refusal:
            yield PARENT, refusal.text()
            return
        if standing is not None and standing.parent_id not in (None, whole.pk):
            yield PARENT, _OTHER_WHOLE
        elif (standing is not None and self._is_above(standing.pk, whole.pk)) or self._is_same(row, whole):
            yield PARENT, _CIRCLE
        elif whole.pk in self._closed and (standing is None or standing.parent_id is None):
            yield from self._of_closed(row, whole)
        yield from self._past(row, whole)

    def _of_closed(self, row: ParsedRow, whole: Obligation) -> Iterable[Reason]:
        """What was done with its whole may be told of it afterwards; nothing is owed of it any more."""
        done = self._sheet.columns.get(Happening.COMPLETED)
        if done is not None and not row[done]:
            try:
                require_open_whole(whole.pk)
            except Refusal as refusal:
                yield PARENT, refusal.text()

    def _past(self, row: ParsedRow, whole: Obligation) -> Iterable[Reason]:
        whole_due = self._due.get(whole.pk)
        if row["due_on"] and whole_due and row["due_on"] > whole_due:
            yield "due_on", past_whole(row["due_on"], whole_due, whole).text()

    def said(self, row: ParsedRow) -> dict[str, object]:
        """Who decides and of what it is a part; a blank cell says nothing of either."""
        assigner = {"assigner_unit_id": row[ASSIGNER_UNIT.key].pk} if row[ASSIGNER_UNIT.key] else {}
        return {**assigner, **({"parent_id": self._whole(row).pk} if row[PARENT] else {})}

    def _of_assigner(self, row: ParsedRow, standing: Obligation | None) -> Iterable[Reason]:
        named = row[ASSIGNER_UNIT.key].pk if row[ASSIGNER_UNIT.key] else None
        known = standing.assigner_unit_id if standing is not None else None
        if named is not None and known not in (None, named):
            yield ASSIGNER_UNIT.key, _OTHER_ASSIGNER
        elif named is not None and known is None and not self._may_decide(named):
            yield ASSIGNER_UNIT.key, _NOT_THEIRS

    def _may_decide(self, unit_id: int) -> bool:
        if unit_id not in self._decides:
            self._decides[unit_id] = access.may(self._actor, "work.assign", access.OfUnit(unit_id))
        return self._decides[unit_id]

    def _whole(self, row: ParsedRow) -> Obligation:
        """Of tasks that bear the same code in several units, the one of the row's own unit."""
        code = nfc(row[PARENT])
        found = self._wholes.get(code, ())
        own = [whole for whole in found if whole.first_unit_id == row[self._sheet.unit].pk]
        return one_whole(code, own or found)

    def _is_same(self, row: ParsedRow, whole: Obligation) -> bool:
        return self._sheet.kind == Kind.TASK and self._sheet.key(row) == (whole.first_unit_id, whole.code)

    def _is_above(self, obligation_id: int, whole_id: int) -> bool:
        above: int | None = whole_id
        while above is not None and above != obligation_id:
            above = self._above.get(above)
        return above is not None


def _says_another_due(row: ParsedRow, standing: Obligation) -> bool:
    return bool(heard(standing, {"original_due_on": row["due_on"]})[0])


def _links(wholes: Iterable[Obligation]) -> dict[int, int | None]:
    """Of what each of these is a part, and so on upwards: a statement for each step."""
    above = {whole.pk: whole.parent_id for whole in wholes}
    while missing := {parent for parent in above.values() if parent is not None} - above.keys():
        above |= dict(Obligation.objects.filter(pk__in=missing).values_list("pk", "parent_id"))
    return above


def _closed_of(ids: Sequence[int]) -> set[int]:
    """Those that are done or cancelled in the end."""
    last = ObligationSpan.objects.current().filter(obligation_id__in=ids, valid_to=FOREVER)
    return set(last.exclude(status__in=STANDING).values_list("obligation_id", flat=True)) if ids else set()


def _due_of(ids: Sequence[int]) -> dict[int, date]:
    """By when these are due in the end, where they are due at all."""
    if not ids:
        return {}
    spans = ObligationSpan.objects.current().filter(obligation_id__in=ids, valid_to=FOREVER, due_on__isnull=False)
    return {pk: due_on for pk, due_on in spans.values_list("obligation_id", "due_on") if due_on}
