"""Voters' recommendations from sheets."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from noivu.core.text import fold, nfc
from noivu.core.wording import Text
from noivu.intake.checking import (
    Reason,
    fits,
    likely_due,
    not_before,
    not_to_come,
    obligation_outcome,
    texts,
)
from noivu.intake.giving import (
    DECLINED,
    OF_DECLINING,
    Sheet,
    apply_rows,
    declined_with_reason,
    giving_columns,
    places,
)
from noivu.intake.marks import MARKS, PRIORITY
from noivu.intake.officers import OFFICER
from noivu.intake.statements import Statement, fact
from noivu.sheets.api import Column, ImportContext, Outcome, ParsedRow, Template, unit_column
from noivu.work.api import Obligation, Session, SessionEntry, may_set, open_session, units_above
from noivu.work.constants import RESULTS, Happening, Kind

_TEXTS = ("origin", "field", "answer_symbol", "result", "note")
_RECEIVED = Text(vi="ngày nhận", en="the day of receipt")


def apply(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Write the recommendations with their answers; a session named for the first time is opened."""
    sheet = Sheet(
        Kind.RECOMMENDATION,
        lambda row: _reasons(row, context),
        lambda row: _statement(row, context),
        {
            **places("received_on", {"answered_on": Happening.COMPLETED, **DECLINED}),
            "title": "content",
            "session_id": "session",
        },
        unit="unit",
    )
    pairs, outcomes = apply_rows(sheet, rows, context)
    outcomes |= {row.number: obligation_outcome(row, stated) for row, stated in pairs}
    return [outcomes[row.number] for row in rows]


def _reasons(row: ParsedRow, context: ImportContext) -> Iterable[Reason]:
    if row["session"] and _session(row, context) is None and not _may_open(row, context):
        yield (
            "session",
            Text(
                vi="Chưa có kỳ họp này. Đề nghị người có quyền giao việc ghi kỳ họp, rồi nhập lại.",
                en="There is no such session yet. Ask somebody who may assign work to record it, then import again.",
            ),
        )
    yield from not_to_come(row, "received_on", "answered_on", *DECLINED)
    yield from declined_with_reason(row, "answered_on")
    yield from likely_due(row, "received_on")
    for column in ("answered_on", *DECLINED):
        yield from not_before(row, column, "received_on", _RECEIVED)
    yield from not_before(row, "due_on", "received_on", _RECEIVED)
    if row["answer_symbol"] and not row["answered_on"]:
        yield (
            "answered_on",
            Text(
                vi="Có số văn bản trả lời nhưng thiếu ngày trả lời. Nhập ngày trả lời.",
                en="The answer has a symbol but no day. Enter the day of the answer.",
            ),
        )
    yield from fits(Obligation, {"code": nfc(row["code"]), **texts(row, context, _TEXTS)}, {})
    yield from fits(Session, {"code": nfc(row["session"] or "")}, {"code": "session"})


def _session(row: ParsedRow, context: ImportContext) -> Session | None:
    """The session that a row names by code or name: of its unit, else of the nearest above it, else of all."""
    known, named = _known(context), fold(nfc(row["session"]))
    whose = (*units_above(row["unit"].pk, row["received_on"]), None)
    return next((known[unit_id, named] for unit_id in whose if (unit_id, named) in known), None)


def _opener(row: ParsedRow, context: ImportContext) -> int | None:
    """The highest unit, from the row's own up, for which the actor may record a session; None: there is none."""
    above = units_above(row["unit"].pk, row["received_on"])
    return next((unit_id for unit_id in reversed(above) if may_set(context.actor, Session(unit_id=unit_id))), None)


def _known(context: ImportContext) -> dict[tuple[int | None, str], Session]:
    """Sessions by whose they are and by what a sheet calls them: code or name."""
    if "sessions" not in context.cache:
        known: dict[tuple[int | None, str], Session] = {}
        for session in Session.objects.all():
            known |= {(session.unit_id, fold(word)): session for word in (session.name, session.code)}
        context.cache["sessions"] = known
    sessions: dict[tuple[int | None, str], Session] = context.cache["sessions"]
    return sessions


def _open(row: ParsedRow, context: ImportContext) -> Session:
    """Open the session that a row is the first to name, its dates still to be set."""
    named = nfc(row["session"])
    unit_id = None if _may_open_for_all(context) else _opener(row, context)
    session = open_session(actor=context.actor, entry=SessionEntry(code=named, name=named, unit_id=unit_id))
    _known(context)[unit_id, fold(named)] = session
    return session


def _may_open(row: ParsedRow, context: ImportContext) -> bool:
    return _may_open_for_all(context) or _opener(row, context) is not None


def _may_open_for_all(context: ImportContext) -> bool:
    if "may open sessions" not in context.cache:
        context.cache["may open sessions"] = may_set(context.actor, Session())
    may: bool = context.cache["may open sessions"]
    return may


def _statement(row: ParsedRow, context: ImportContext) -> Statement:
    received, unit_id, code = row["received_on"], row["unit"].pk, nfc(row["code"])
    words = texts(row, context, _TEXTS)
    symbol = words.pop("answer_symbol", None)
    fields: dict[str, Any] = {**words, "code": code, "title": nfc(row["content"]), "arises_on": received}
    if "session" in context.given:
        session = (_session(row, context) or _open(row, context)) if row["session"] else None
        fields["session_id"] = session.pk if session else None
    facts = {fact(Happening.ASSIGNED, received)}
    managed = {Happening.ASSIGNED}
    if "due_on" in context.given:
        managed.add(Happening.DUE_SET)
        fields["original_due_on"] = row["due_on"]
        facts |= {fact(Happening.DUE_SET, received, row["due_on"])} if row["due_on"] else set()
    if "answered_on" in context.given:
        managed.add(Happening.COMPLETED)
        facts |= {fact(Happening.COMPLETED, row["answered_on"], symbol=symbol)} if row["answered_on"] else set()
    for column, happening in DECLINED.items():
        managed |= {happening} if column in context.given else set()
        facts |= {fact(happening, row[column])} if row[column] else set()
    initial = {"unit_id": unit_id, "answer_symbol": symbol or "" if row["answered_on"] else ""}
    return Statement((unit_id, code), initial, fields, frozenset(facts), frozenset(managed))


def identify(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """By the code as written, in one file as across files."""
    return values["unit"], nfc(values["code"])


RECOMMENDATIONS = Template(
    name="recommendations",
    label=Text(vi="Sổ kiến nghị cử tri", en="Register of recommendations"),
    description=Text(
        vi="Mỗi dòng là một kiến nghị, được nhận ra theo mã trong đơn vị trả lời. Kỳ họp chưa có thì được tạo mới.",
        en="Each row is one recommendation, known by its code within the unit. A session not known yet is opened.",
    ),
    columns=(
        Column("code", Text(vi="Mã kiến nghị", en="Code"), required=True, is_key=True, example="KN-7-001"),
        Column("session", Text(vi="Kỳ họp", en="Session"), example="Kỳ họp thứ 7, Quốc hội khóa XV"),
        Column(
            "origin",
            Text(vi="Nơi chuyển", en="Origin"),
            required=True,
            also_called=("Đoàn đại biểu Quốc hội", "Cơ quan chuyển"),
            example="Đoàn đại biểu Quốc hội tỉnh Nghệ An",
        ),
        Column(
            "content",
            Text(vi="Nội dung kiến nghị", en="Content"),
            required=True,
            also_called=("Kiến nghị", "Nội dung"),
            example="Đề nghị nâng mức phụ cấp của người hoạt động không chuyên trách",
        ),
        Column("field", Text(vi="Lĩnh vực", en="Field")),
        Column("received_on", Text(vi="Ngày nhận", en="Received on"), kind="date", required=True, example="12/06/2024"),
        unit_column(
            "received_on",
            label=Text(vi="Đơn vị trả lời", en="Unit"),
            is_key=False,
            also_called=("Đơn vị",),
            example="BNV",
        ),
        *giving_columns("received_on"),
        OFFICER,
        Column("due_on", Text(vi="Hạn trả lời", en="Due on"), kind="date", example="11/08/2024"),
        Column("answered_on", Text(vi="Ngày trả lời", en="Answered on"), kind="date", example="30/07/2024"),
        Column(
            "answer_symbol",
            Text(vi="Số, ký hiệu văn bản trả lời", en="Symbol of the answer"),
            also_called=("Văn bản trả lời",),
            example="4410/BNV-CQĐP",
        ),
        Column(
            "result",
            Text(vi="Kết quả", en="Result"),
            kind="choice",
            choices={result.value: words for result, words in RESULTS.items()},
            also_called=("Kết quả giải quyết", "Phân loại kết quả"),
            example="Giải trình, cung cấp thông tin",
        ),
        *OF_DECLINING,
        *MARKS,
        PRIORITY,
        Column("note", Text(vi="Ghi chú", en="Note")),
    ),
    apply=apply,
    verb="work.edit",
    scope_column="unit",
    action="obligation.import",
    identify=identify,
)
