"""Legal texts and items of the programme from sheets: the obligation of the lead unit, and the stages that days say."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.intake.checking import Reason, fits, likely_due, logged, not_before, not_to_come, texts
from noivu.intake.giving import LEAD_UNIT, OF_PRODUCT, Sheet, apply_rows, giving_columns, places
from noivu.intake.marks import MARKS, PRIORITY
from noivu.intake.officers import OFFICER
from noivu.intake.statements import Stated, Statement, fact
from noivu.matters.api import LegalStep, LegalText
from noivu.matters.constants import LEGAL_TEXT, LegalStage
from noivu.sheets.api import Column, ImportContext, Outcome, ParsedRow, Template, applied, unchanged, unit_column
from noivu.work.api import Obligation
from noivu.work.constants import Happening

_PROVEN = tuple(column.key for column in OF_PRODUCT)
_FACTS = ("type", "authority", "submitted_to", "subject")
_DAYS = {
    "registered_on": LegalStage.IN_PROGRAMME,
    "submitted_on": LegalStage.SUBMITTED,
    "issued_on": LegalStage.ISSUED,
}
_PLACES = {**places("registered_on", {"submitted_on": Happening.COMPLETED}), "assigner": "authority"}
_ORDER = {stage.value: order for order, stage in enumerate(_DAYS.values())}
_REGISTERED = Text(vi="ngày vào chương trình", en="the day of registration")
_SUBMITTED = Text(vi="ngày trình", en="the day of submission")
_Step = tuple[str, date, str, str]
"""The stage, the day, whom it was submitted to, the symbol."""


def apply(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Write what is owed, then what each text is and which stages it came to."""
    sheet = Sheet(LEGAL_TEXT, _reasons, lambda row: _statement(row, context), _PLACES)
    pairs, outcomes = apply_rows(sheet, rows, context)
    changed = _write_facts(pairs, context) | _write_steps(pairs, context, clock.now())
    for row, one in pairs:
        outcomes[row.number] = _outcome(row, one, changed)
    return [outcomes[row.number] for row in rows]


def _outcome(row: ParsedRow, one: Stated, changed: set[int]) -> Outcome:
    if one.id is None or not (one.changed or one.id in changed):
        return unchanged()
    return applied("work.obligation", one.id, logged(row))


def _first_day(row: ParsedRow) -> date | None:
    return min((row[column] for column in _DAYS if row[column]), default=None)


def _reasons(row: ParsedRow) -> Iterable[Reason]:
    yield from not_to_come(row, *_DAYS)
    if _first_day(row) is None:
        yield (
            "registered_on",
            Text(
                vi="Chưa có ngày nào. Nhập ngày vào chương trình, ngày trình hoặc ngày ban hành.",
                en="There is no day. Enter when it was registered, submitted or issued.",
            ),
        )
        return
    if row["registered_on"]:
        yield from likely_due(row, "registered_on")
    for column in ("due_on", "submitted_on", "issued_on"):
        yield from not_before(row, column, "registered_on", _REGISTERED)
    yield from not_before(row, "issued_on", "submitted_on", _SUBMITTED)
    if row["symbol"] and not row["issued_on"]:
        yield (
            "issued_on",
            Text(
                vi="Có số, ký hiệu nhưng thiếu ngày ban hành. Nhập ngày ban hành.",
                en="There is a symbol but no day of issue. Enter the day of issue.",
            ),
        )
    yield from fits(Obligation, {"code": nfc(row["code"]), "answer_symbol": row["symbol"]}, {"answer_symbol": "symbol"})
    yield from fits(Obligation, {name: row[name] for name in _PROVEN}, {})
    yield from fits(LegalText, {name: row[name] for name in _FACTS}, {})


def _statement(row: ParsedRow, context: ImportContext) -> Statement:
    begins, unit_id, code = _first_day(row) or clock.today(), row["lead_unit"].pk, nfc(row["code"])
    done, symbol = row["submitted_on"] or row["issued_on"], "" if row["submitted_on"] else row["symbol"] or ""
    fields: dict[str, Any] = {"code": code, "title": row["title"], **texts(row, context, _PROVEN)}
    if "authority" in context.given:
        fields["assigner"] = nfc(row["authority"])
    facts, managed = {fact(Happening.ASSIGNED, begins)}, {Happening.ASSIGNED}
    if "registered_on" in context.given:
        fields["arises_on"] = begins
    if "due_on" in context.given:
        managed.add(Happening.DUE_SET)
        fields["original_due_on"] = row["due_on"]
        facts |= {fact(Happening.DUE_SET, begins, row["due_on"])} if row["due_on"] else set()
    if context.given & {"submitted_on", "issued_on"}:
        managed.add(Happening.COMPLETED)
        facts |= {fact(Happening.COMPLETED, done, symbol=symbol)} if done else set()
    initial = {"unit_id": unit_id, "assigned_unit_id": unit_id, "arises_on": begins}
    return Statement((unit_id, code), initial, fields, frozenset(facts), frozenset(managed))


def _write_facts(pairs: Sequence[tuple[ParsedRow, Stated]], context: ImportContext) -> set[int]:
    """What each text is; the obligations of which the sheet says something new."""
    ids = [one.id for _, one in pairs if one.id]
    known = {text.obligation_id: text for text in LegalText.objects.filter(obligation_id__in=ids)}
    new, changed = [], []
    for row, one in pairs:
        if one.id is None:
            continue
        said = {name: nfc(row[name] or "") for name in _FACTS if name in context.given}
        text = known.get(one.id)
        if text is None:
            new.append(LegalText(obligation_id=one.id, **said))
        elif any(getattr(text, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(text, name, value)
            changed.append(text)
    LegalText.objects.bulk_create(new)
    LegalText.objects.bulk_update(changed, _FACTS, batch_size=500)
    return {text.obligation_id for text in (*new, *changed)}


def _write_steps(pairs: Sequence[tuple[ParsedRow, Stated]], context: ImportContext, now: datetime) -> set[int]:
    """Let the stages that sheets said be those of the rows; what a person recorded stays and is not said twice."""
    there: dict[int, dict[_Step, LegalStep]] = {one.id: {} for _, one in pairs if one.id}
    for step in LegalStep.objects.current().filter(obligation_id__in=list(there)).order_by("from_sheet"):
        there[step.obligation_id].setdefault((step.stage, step.on, step.to, step.symbol), step)
    managed = {stage.value for column, stage in _DAYS.items() if column in context.given}
    outdated: list[int] = []
    added: list[LegalStep] = []
    changed: set[int] = set()
    for row, one in pairs:
        if one.id is None:
            continue
        said, stands = _said(row, context), there[one.id]
        by_person = {found[:2] for found, step in stands.items() if not step.from_sheet}
        of_sheets = [(found, step) for found, step in stands.items() if step.from_sheet and found[0] in managed]
        old = [step.pk for found, step in of_sheets if found not in said]
        new = [found for found in said if found not in stands and found[:2] not in by_person]
        outdated += old
        added += [_step(one.id, found, context.actor, now) for found in new]
        changed |= {one.id} if old or new else set()
    LegalStep.objects.filter(pk__in=outdated).update(superseded_at=now)
    LegalStep.objects.bulk_create(added)
    return changed


def _said(row: ParsedRow, context: ImportContext) -> list[_Step]:
    """The stages that the days of a row say."""
    to, symbol = nfc(row["submitted_to"] or ""), nfc(row["symbol"] or "")
    beside = {LegalStage.SUBMITTED: (to, ""), LegalStage.ISSUED: ("", symbol)}
    given = [(stage, row[column]) for column, stage in _DAYS.items() if column in context.given and row[column]]
    return [(stage.value, on, *beside.get(stage, ("", ""))) for stage, on in given]


def _step(obligation_id: int, found: _Step, actor: Actor, now: datetime) -> LegalStep:
    stage, on, to, symbol = found
    return LegalStep(
        obligation_id=obligation_id,
        stage=stage,
        on=on,
        order=_ORDER[stage],
        to=to,
        symbol=symbol,
        from_sheet=True,
        actor_id=actor.id,
        actor_name=actor.name,
        recorded_at=now,
    )


def identify(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """By the code as written."""
    return values["lead_unit"], nfc(values["code"])


LEGAL_TEXTS = Template(
    name="legal-texts",
    label=Text(vi="Chương trình, văn bản quy phạm pháp luật", en="Programme and legal texts"),
    description=Text(
        vi="Mỗi dòng là một văn bản hoặc nội dung chương trình, được nhận ra theo mã trong đơn vị chủ trì.",
        en="Each row is one text or item of the programme, known by its code within the lead unit.",
    ),
    columns=(
        Column("code", Text(vi="Mã", en="Code"), required=True, is_key=True, example="VB-2024-0012"),
        Column(
            "title",
            Text(vi="Tên văn bản", en="Title"),
            required=True,
            also_called=("Trích yếu", "Nội dung"),
            example="Nghị quyết về sắp xếp đơn vị hành chính cấp xã",
        ),
        Column("type", Text(vi="Loại văn bản", en="Type"), required=True, example="Nghị quyết"),
        Column(
            "authority",
            Text(vi="Cơ quan ban hành", en="Authority"),
            required=True,
            help=Text(vi="Cơ quan, người ban hành văn bản.", en="Who issues it."),
            example="Ủy ban Thường vụ Quốc hội",
        ),
        Column(
            "submitted_to",
            Text(vi="Nơi trình", en="Submitted to"),
            also_called=("Trình",),
            example="Chính phủ",
        ),
        unit_column(
            "registered_on",
            key="lead_unit",
            label=LEAD_UNIT,
            is_key=False,
            help=Text(vi="Một văn bản có một đơn vị chủ trì soạn thảo.", en="One text has one lead unit."),
            example="VCQDP-BNV",
        ),
        *giving_columns("registered_on"),
        OFFICER,
        Column(
            "registered_on",
            Text(vi="Ngày vào chương trình", en="Registered on"),
            kind="date",
            also_called=("Ngày đăng ký",),
            example="15/01/2024",
        ),
        Column(
            "due_on",
            Text(vi="Hạn trình", en="Due on"),
            kind="date",
            help=Text(
                vi="Văn bản thuộc thẩm quyền của chính đơn vị: hạn ban hành.",
                en="A text of the unit's own authority: when it must be issued.",
            ),
            example="20/10/2024",
        ),
        Column("submitted_on", Text(vi="Ngày trình", en="Submitted on"), kind="date", example="04/10/2024"),
        Column("issued_on", Text(vi="Ngày ban hành", en="Issued on"), kind="date"),
        Column("symbol", Text(vi="Số, ký hiệu", en="Symbol")),
        Column("subject", Text(vi="Chủ đề", en="Subject"), also_called=("Lĩnh vực",), example="Đơn vị hành chính"),
        *OF_PRODUCT,
        *MARKS,
        PRIORITY,
    ),
    apply=apply,
    verb="work.assign",
    scope_column="lead_unit",
    action="obligation.import",
    identify=identify,
)
