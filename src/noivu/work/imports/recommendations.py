"""Voters' recommendations from sheets."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from noivu.core import access, clock
from noivu.core.text import fold, nfc
from noivu.core.wording import Text
from noivu.sheets.api import Column, ImportContext, Outcome, ParsedRow, Template
from noivu.work.constants import RESULTS, Happening, Kind
from noivu.work.imports.checking import (
    Reason,
    fits,
    likely_due,
    not_before,
    not_to_come,
    obligation_outcome,
    split_by_reason,
    texts,
)
from noivu.work.imports.obligations import write_statements
from noivu.work.imports.statements import Statement, fact
from noivu.work.models import Obligation, Session
from noivu.work.services.sessions import SessionEntry, open_session

_TEXTS = ("origin", "field", "answer_symbol", "result")
_RECEIVED = Text(vi="ngày nhận", en="the day of receipt")


def apply(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Write the recommendations with their answers; a session named for the first time is opened."""
    good, outcomes = split_by_reason(rows, lambda row: _reasons(row, context))
    sessions = _sessions(good, context)
    statements = [_statement(row, context, sessions) for row in good]
    stated = write_statements(Kind.RECOMMENDATION, statements, context.actor, clock.now())
    for row, statement in zip(good, statements, strict=True):
        outcomes[row.number] = obligation_outcome(row, stated[statement.key])
    return [outcomes[row.number] for row in rows]


def _reasons(row: ParsedRow, context: ImportContext) -> Iterable[Reason]:
    if row["session"] and fold(nfc(row["session"])) not in _known(context) and not _may_open(context):
        yield (
            "session",
            Text(
                vi="Chưa có kỳ họp này. Đề nghị người có quyền giao việc ghi kỳ họp, rồi nhập lại.",
                en="There is no such session yet. Ask somebody who may assign work to record it, then import again.",
            ),
        )
    yield from not_to_come(row, "received_on", "answered_on")
    yield from likely_due(row, "received_on")
    yield from not_before(row, "answered_on", "received_on", _RECEIVED)
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


def _may_open(context: ImportContext) -> bool:
    known: bool = context.cache.setdefault("may open sessions", access.may(context.actor, "work.assign"))
    return known


def _known(context: ImportContext) -> dict[str, Session]:
    """Sessions by what a sheet calls them: code or name."""
    if "sessions" not in context.cache:
        known: dict[str, Session] = {}
        for session in Session.objects.all():
            known |= {fold(session.name): session, fold(session.code): session}
        context.cache["sessions"] = known
    sessions: dict[str, Session] = context.cache["sessions"]
    return sessions


def _sessions(rows: Iterable[ParsedRow], context: ImportContext) -> dict[str, Session]:
    """The sessions that rows name; one that is named for the first time is opened, its dates still to be set."""
    known = _known(context)
    for named in dict.fromkeys(nfc(row["session"]) for row in rows if row["session"]):
        if fold(named) not in known:
            known[fold(named)] = open_session(actor=context.actor, entry=SessionEntry(code=named, name=named))
    return known


def _statement(row: ParsedRow, context: ImportContext, sessions: Mapping[str, Session]) -> Statement:
    received, unit_id, code = row["received_on"], row["unit"].pk, nfc(row["code"])
    words = texts(row, context, _TEXTS)
    symbol = words.pop("answer_symbol", None)
    fields: dict[str, Any] = {**words, "code": code, "title": nfc(row["content"]), "arises_on": received}
    if "session" in context.given:
        fields["session_id"] = sessions[fold(row["session"])].pk if row["session"] else None
    facts = {fact(Happening.ASSIGNED, received)}
    managed = {Happening.ASSIGNED}
    if "due_on" in context.given:
        managed.add(Happening.DUE_SET)
        fields["original_due_on"] = row["due_on"]
        facts |= {fact(Happening.DUE_SET, received, row["due_on"])} if row["due_on"] else set()
    if "answered_on" in context.given:
        managed.add(Happening.COMPLETED)
        facts |= {fact(Happening.COMPLETED, row["answered_on"], symbol=symbol)} if row["answered_on"] else set()
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
        Column(
            "unit",
            Text(vi="Đơn vị trả lời", en="Unit"),
            kind="unit",
            required=True,
            on="received_on",
            also_called=("Đơn vị",),
            example="BNV",
        ),
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
    ),
    apply=apply,
    verb="work.edit",
    scope_column="unit",
    action="obligation.import",
    identify=identify,
)
