"""The import templates by which figures are carried across time: area and population of units, and the shares in which
units were parted."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.db import transaction

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import Instrument, instrument
from noivu.sheets.api import (
    Column,
    ImportContext,
    Outcome,
    ParsedRow,
    Template,
    applied,
    quarantined,
    unchanged,
    unit_column,
)
from noivu.units.api import Succession, UnitMeasure, measure_unit, one_refresh, state_share

EDIT = "units.edit"
HECTARES = 100
"""In a square kilometre."""
T = TypeVar("T")
_MOST = 2_000_000_000
_POPULATION = Text(vi="Dân số (người)", en="Population (persons)")
_AREA = Text(vi="Diện tích (km²)", en="Area (km²)")
_TWO_DECIMALS = Text(vi="Hai chữ số thập phân: 123,45.", en="Two decimals: 123,45.")
_INSTRUMENT = Text(vi="Văn bản", en="Instrument")


class _Problem(Exception):  # noqa: N818  a finding about a row
    """A row that is kept aside, with the column that is wrong."""

    def __init__(self, reason: Text, column: str) -> None:
        super().__init__(reason)
        self.outcome = quarantined(reason, column)


def _told(column: str, act: Callable[..., T], *given: Any, **more: Any) -> T:
    """What an act answers; its refusal as the problem of a column."""
    try:
        return act(*given, **more)
    except Refusal as refusal:
        raise _Problem(refusal.text(), column) from refusal


def _each(
    rows: Sequence[ParsedRow], context: ImportContext, apply: Callable[[ParsedRow, ImportContext], Outcome]
) -> list[Outcome]:
    outcomes = []
    with one_refresh():
        for row in rows:
            try:
                outcomes.append(apply(row, context))
            except _Problem as problem:
                outcomes.append(problem.outcome)
    return outcomes


def _measure_rows(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Record area and population from a day on, a fact for each; what the register says already stays."""
    current = UnitMeasure.objects.current().filter(unit_id__in={row["unit"].pk for row in rows})
    known = {(fact.unit_id, fact.measure, fact.starts_on): fact for fact in current}
    return _each(rows, context, lambda row, context: _measured_row(row, context, known))


def _measured_row(row: ParsedRow, context: ImportContext, known: dict[Any, UnitMeasure]) -> Outcome:
    wanted = {UnitMeasure.AREA: _area(row), UnitMeasure.POPULATION: _people(row)}
    said = {measure: value for measure, value in wanted.items() if value is not None}
    if not said:
        raise _Problem(
            Text(
                vi="Dòng không có diện tích, cũng không có dân số. Nhập ít nhất một trong hai.",
                en="The row has neither area nor population. Enter at least one of them.",
            ),
            "population",
        )
    unit, on, source, paper = row["unit"], row["valid_from"], row["source"], _instrument(row, context)
    facts = {measure: known.get((unit.pk, measure, on)) for measure in said}
    changed = {measure: value for measure, value in said.items() if not _stands(facts[measure], value, source, paper)}
    for measure, value in changed.items():
        entry = {"actor": context.actor, "unit": unit, "measure": measure, "value": value, "on": on, "source": source}
        fact = facts[measure]
        cited = paper or (fact.instrument if fact else None)
        known[unit.pk, measure, on] = _told("valid_from", measure_unit, instrument=cited, **entry)
    return applied("units.unit", unit.pk, {**changed, "on": on, "source": source}) if changed else unchanged()


def _stands(fact: UnitMeasure | None, value: int, source: str, paper: Instrument | None) -> bool:
    if fact is None or (fact.value, fact.source) != (value, source):
        return False
    return paper is None or fact.instrument_id == paper.pk


def _share_rows(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """Record how much of a predecessor went to a successor, in a succession that the register knows."""
    current = Succession.objects.current().filter(predecessor_id__in={row["predecessor"].pk for row in rows})
    known = {
        (row.predecessor_id, row.successor_id, row.reorganisation.takes_effect_on): row
        for row in current.select_related("reorganisation", "predecessor", "successor")
    }
    return _each(rows, context, lambda row, context: _shared_row(row, context, known))


def _shared_row(row: ParsedRow, context: ImportContext, known: dict[Any, Succession]) -> Outcome:
    succession = known.get((row["predecessor"].pk, row["successor"].pk, row["on"]))
    if succession is None:
        raise _Problem(
            Text(
                vi="Chưa ghi nhận việc kế thừa này vào ngày đó. Kiểm tra hai đơn vị và ngày, hoặc ghi nhận việc sắp "
                "xếp trước.",
                en="No such succession is recorded on that day. Check both units and the day, or record the "
                "reorganisation first.",
            ),
            "successor",
        )
    said = {"population": _people(row), "area_hectares": _area(row), "villages": row["villages"]}
    said["clause"] = row["clause"]
    said = {name: value for name, value in said.items() if value is not None}
    _refuse_unfit(said)
    changes = {name: value for name, value in said.items() if getattr(succession, name) != value}
    if not changes:
        return unchanged()
    column = "area" if "area_hectares" in changes and "population" not in changes else "population"
    before = {name: getattr(succession, name) for name in (*changes, "recorded_at")}
    try:
        with transaction.atomic():
            _told(column, state_share, actor=context.actor, succession=succession, **changes)
    except _Problem:
        for name, value in before.items():
            setattr(succession, name, value)
        raise
    return applied("units.succession", succession.pk, changes)


def _refuse_unfit(said: dict[str, Any]) -> None:
    if not said:
        raise _Problem(
            Text(
                vi="Dòng không nói phần nào đã chuyển: nhập dân số, diện tích, thôn hoặc điều khoản.",
                en="The row does not say what went: enter population, area, villages or the clause.",
            ),
            "population",
        )
    longest = Succession._meta.get_field("clause").max_length or 0
    if len(said.get("clause", "")) > longest:
        reason = Text(vi=f"Điều khoản dài quá {longest} ký tự.", en=f"The clause has more than {longest} characters.")
        raise _Problem(reason, "clause")


def _area(row: ParsedRow) -> int | None:
    """In whole hectares, from km² as typed: 123,45 or 123.45."""
    typed: str | None = row["area"]
    if typed is None:
        return None
    try:
        area = Decimal(typed.strip().replace(",", ".")) * HECTARES
    except InvalidOperation:
        area = Decimal(-1)
    if not area.is_finite() or not 0 <= area <= _MOST or area != area.to_integral_value():
        raise _Problem(
            Text(
                vi=f"“{typed[:40]}” không phải diện tích theo km² với hai chữ số thập phân. Nhập như 123,45.",
                en=f"“{typed[:40]}” is not an area in km² with two decimals. Enter it as 123,45.",
            ),
            "area",
        )
    return int(area)


def _people(row: ParsedRow) -> int | None:
    number: int | None = row["population"]
    if number is not None and not 0 <= number <= _MOST:
        raise _Problem(Text(vi="Số người không hợp lệ.", en="This is not a number of persons."), "population")
    return number


def _instrument(row: ParsedRow, context: ImportContext) -> Instrument | None:
    number = row["instrument"]
    if number is None:
        return None
    known: dict[str, Instrument] = context.cache.setdefault("instruments", {})
    if number not in known:
        known[number] = _told("instrument", instrument, number)
    return known[number]


UNIT_FACTS = Template(
    name="unit-facts",
    label=Text(vi="Diện tích, dân số của đơn vị", en="Area and population of units"),
    description=Text(
        vi="Mỗi dòng là số của một đơn vị kể từ một ngày. Nhập lại cùng ngày với số khác là sửa: số cũ vẫn đọc được "
        "theo thời điểm ghi nhận.",
        en="Each row is what holds of a unit from a day on. Another number for the same day is a correction: the "
        "former one stays readable by knowledge time.",
    ),
    columns=(
        unit_column(
            "valid_from",
            also_called=("Đơn vị hành chính", "Mã đơn vị"),
            example="17230",
        ),
        Column("area", _AREA, help=_TWO_DECIMALS, also_called=("Diện tích tự nhiên",), example="123,45"),
        Column("population", _POPULATION, kind="integer", also_called=("Quy mô dân số", "Dân số"), example="4.321"),
        Column(
            "valid_from",
            Text(vi="Có giá trị từ ngày", en="Valid from"),
            kind="date",
            required=True,
            is_key=True,
            also_called=("Thời điểm",),
            example="31/12/2024",
        ),
        Column(
            "source",
            Text(vi="Nguồn số liệu", en="Source"),
            required=True,
            also_called=("Nguồn",),
            example="Thống kê đất đai và dân số năm 2024",
        ),
        Column(
            "instrument",
            _INSTRUMENT,
            help=Text(
                vi="Số, ký hiệu văn bản công bố; để trống thì dẫn văn bản thành lập đơn vị.",
                en="Number and symbol of the paper that states it; blank cites that by which the unit stands.",
            ),
        ),
    ),
    apply=_measure_rows,
    verb=EDIT,
    scope_column="unit",
)

UNIT_SHARES = Template(
    name="unit-shares",
    label=Text(vi="Phần kế thừa khi sắp xếp đơn vị", en="Shares of successions"),
    description=Text(
        vi="Mỗi dòng là phần của một đơn vị đã nhập vào một đơn vị khác trong một việc sắp xếp đã ghi nhận. Tổng các "
        "phần không vượt quá cả đơn vị.",
        en="Each row is the part of a unit that went into another, in a reorganisation that is recorded. Parts may not "
        "exceed the whole unit.",
    ),
    columns=(
        Column(
            "predecessor",
            Text(vi="Đơn vị cũ", en="Predecessor"),
            kind="unit_before",
            required=True,
            is_key=True,
            on="on",
            example="14758",
        ),
        unit_column(
            "on",
            key="successor",
            label=Text(vi="Đơn vị mới", en="Successor"),
            example="14797",
        ),
        Column(
            "on",
            Text(vi="Ngày sắp xếp", en="Took effect on"),
            kind="date",
            required=True,
            is_key=True,
            example="01/07/2025",
        ),
        Column("population", _POPULATION, kind="integer", also_called=("Dân số",), example="4.321"),
        Column("area", _AREA, help=_TWO_DECIMALS, also_called=("Diện tích tự nhiên",), example="2,35"),
        Column("villages", Text(vi="Thôn, tổ dân phố", en="Villages"), also_called=("Thôn",)),
        Column("clause", Text(vi="Điều khoản", en="Clause"), example="khoản 2 Điều 1"),
    ),
    apply=_share_rows,
    verb=EDIT,
    scope_column="predecessor",
)
