"""The import template of published figures."""

from collections.abc import Sequence

from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.api import DECLARED, Place, StatedFigure, Statement, state_figure
from noivu.law.api import window_of
from noivu.reports.published.values import read_value
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

_PLACES = frozenset({"period", "window", "indicator", "value", "source"})


def apply(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    """State what was published, row by row; what stands already stays."""
    return [_applied(row, context) for row in rows]


def _applied(row: ParsedRow, context: ImportContext) -> Outcome:
    try:
        DECLARED.find(row["indicator"])
        period = Period.parse(row["period"])
        place = Place(row["unit"].pk, row["indicator"], period, window_of(row["window"] or "calendar", period))
        value = read_value(row["indicator"], row["value"])
        before = _standing(place)
        if before is not None and (before.value, before.source) == (value, row["source"]):
            return unchanged()
        stated = state_figure(
            actor=context.actor, place=place, kind=Statement.PUBLISHED, value=value, source=row["source"]
        )
    except Refusal as refusal:
        return quarantined(refusal.text(), refusal.where if refusal.where in _PLACES else "indicator")
    return applied("figures.statedfigure", stated.pk, {"indicator": row["indicator"], "value": f"{value:f}"})


def _standing(place: Place) -> StatedFigure | None:
    rows = StatedFigure.objects.current().about({place.unit_id}, {place.period.code})
    return rows.filter(window=place.window.code, indicator=place.indicator, kind=Statement.PUBLISHED.value).first()


PUBLISHED = Template(
    name="published-figures",
    label=Text(vi="Số liệu đã công bố", en="Published figures"),
    description=Text(
        vi="Mỗi dòng là một số đã công bố của một đơn vị trong một kỳ; nó đứng cạnh số tính từ sổ, không cộng vào.",
        en="Each row is a figure published of a unit in a period; it stands beside the computed one.",
    ),
    columns=(
        unit_column(
            "published_on",
            example="BNV",
        ),
        Column(
            "period",
            Text(vi="Kỳ", en="Period"),
            required=True,
            is_key=True,
            help=Text(
                vi="2024-10, 2024-Q4, 2024-H1, 2024-9M hoặc 2024.", en="2024-10, 2024-Q4, 2024-H1, 2024-9M or 2024."
            ),
            example="2024-10",
        ),
        Column(
            "indicator",
            Text(vi="Mã chỉ tiêu", en="Code of the figure"),
            required=True,
            is_key=True,
            help=Text(vi="Xem: noivu figures --list.", en="See: noivu figures --list."),
            example="documents.reply_required",
        ),
        Column(
            "value",
            Text(vi="Số đã công bố", en="Published figure"),
            required=True,
            help=Text(vi="Tỷ lệ theo phần trăm: 98,62.", en="Rates in per cent: 98.62."),
            example="287",
        ),
        Column(
            "source",
            Text(vi="Nguồn", en="Source"),
            required=True,
            example="Báo cáo công tác tháng 10/2024",
        ),
        Column(
            "published_on",
            Text(vi="Ngày công bố", en="Published on"),
            kind="date",
            help=Text(vi="Mã đơn vị được hiểu theo ngày này.", en="The unit's code is meant as of this day."),
            example="31/10/2024",
        ),
        Column(
            "window",
            Text(vi="Cách tính kỳ", en="Window"),
            help=Text(vi="calendar, decree09.", en="calendar, decree09."),
        ),
    ),
    apply=apply,
    verb="figures.state",
    scope_column="unit",
)
