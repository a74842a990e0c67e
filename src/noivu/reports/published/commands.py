"""`noivu report publish`: a published figure is stated beside the computed one."""

import click

from noivu.core.console import PERIOD, acting_as, actor_named, as_json_option, emit
from noivu.core.periods import Period
from noivu.core.wording import Text
from noivu.figures.api import Place, Question, Statement, ask, state_figure, stated_beside
from noivu.law.api import window_of
from noivu.reports.published.values import read_value
from noivu.units.api import find_unit


@click.command(
    epilog="Example: noivu report publish documents.reply_required 287 --unit BNV --period 2024-10 --source “Báo cáo”"
)
@click.argument("indicator")
@click.argument("value")
@click.option("--unit", "unit_code", required=True, metavar="CODE", help="Of which unit.")
@click.option("--period", required=True, type=PERIOD, metavar="P", help="The period, e.g. 2024-10.")
@click.option(
    "--window", "window_code", default="calendar", show_default=True, metavar="RULE", help="Days of a period."
)
@click.option("--source", required=True, help="The document that published it.")
@acting_as
@as_json_option
def publish(
    indicator: str,
    value: str,
    unit_code: str,
    period: Period,
    window_code: str,
    source: str,
    username: str | None,
    as_json: bool,
) -> None:
    """State a published figure beside the computed one, and show the difference."""
    rule = window_of(window_code, period)
    unit = find_unit(unit_code, period.last_day(rule))
    state_figure(
        actor=actor_named(username),
        place=Place(unit.pk, indicator, period, rule),
        kind=Statement.PUBLISHED,
        value=read_value(indicator, value),
        source=source,
    )
    answer = ask([Question(unit.pk, period, rule, indicators=(indicator,))])[0]
    stated = next(
        one for one in stated_beside([answer])[0] if (one.indicator, one.kind) == (indicator, Statement.PUBLISHED)
    )
    counted = answer.shown(indicator)
    emit(
        {"indicator": indicator, "published": stated.value, "computed": counted, "difference": stated.difference},
        as_json,
        lambda done: str(_SAID.format(**{name: "–" if said is None else said for name, said in done.items()})),
    )


_SAID = Text(
    vi="{indicator}: đã công bố {published}, tính được {computed}, chênh {difference}.",
    en="{indicator}: published {published}, computed {computed}, difference {difference}.",
)
