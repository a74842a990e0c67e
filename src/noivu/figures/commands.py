"""The commands `noivu figures` and `noivu records`."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import click
from django.utils import timezone

from noivu.core.actors import SYSTEM
from noivu.core.console import DAY, PERIOD, as_json_option, emit
from noivu.core.numbers import format_decimal, format_integer
from noivu.core.periods import Period
from noivu.core.wording import Text
from noivu.figures import payloads
from noivu.figures.asking import ask
from noivu.figures.constants import GUIDANCE, SUPERIOR
from noivu.figures.drilling import records as records_behind
from noivu.figures.everywhere import everywhere
from noivu.figures.ground import exactness, known_tree
from noivu.figures.questions import Question, Sweep
from noivu.figures.registry import DECLARED
from noivu.figures.sources import freshness
from noivu.figures.stated import stated_beside
from noivu.law.api import window_of
from noivu.sheets.api import OutColumn, write_csv
from noivu.units.api import find_node, labels

Command = Callable[..., Any]


class Instant(click.ParamType):  # type: ignore[type-arg]  # generic in its stubs only
    """An instant on the command line: 2024-11-01T08:00, in the country's time zone unless it says another."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            instant = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not an instant, e.g. 2024-11-01T08:00", param, ctx)
        return instant if timezone.is_aware(instant) else timezone.make_aware(instant)


def _reading_options(command: Command) -> Command:
    """The options by which both commands fix what is read."""
    for option in (
        click.option(
            "--line",
            type=click.Choice([SUPERIOR, GUIDANCE]),
            default=SUPERIOR,
            show_default=True,
            help="Who is below: by direction, or by professional guidance (the sector).",
        ),
        click.option("--known-at", type=Instant(), metavar="INSTANT", help="By what was known at an instant."),
        click.option("--as-of", type=DAY, metavar="DATE", help="What was true by this day (default: the last day)."),
        click.option(
            "--window",
            "window_code",
            default="calendar",
            show_default=True,
            metavar="RULE",
            help="Which days make a period: calendar, decree09 (15th to 14th), rewards.",
        ),
        click.option("--period", type=PERIOD, metavar="P", help="2024-10, 2024-Q4, 2024-H1, 2024-9M or 2024."),
        click.option(
            "--unit", "unit_code", metavar="CODE", help="Code or exact name of a unit on the period's last day."
        ),
    ):
        command = option(command)
    return command


def _question(
    unit_code: str | None,
    period: Period | None,
    *,
    window_code: str,
    as_of: date | None,
    known_at: datetime | None,
    line: str,
) -> tuple[Question, str]:
    """The question of the options, and the code of its unit."""
    if unit_code is None or period is None:
        raise click.UsageError("Name a unit and a period: --unit BNV --period 2024-10")
    rule = window_of(window_code, period)
    node = find_node(unit_code, known_tree(period.last_day(rule), known_at))
    question = Question(node.id, period, window=rule, as_of=as_of, known_at=known_at, line=line)
    return question, node.code


@click.command(epilog="Example: noivu figures --unit BNV --period 2024-10 --json")
@_reading_options
@click.option("--indicator", "codes", multiple=True, metavar="CODE", help="Only this figure (may be repeated).")
@click.option("--by", type=click.Choice(["children"]), help="A row for each unit directly below.")
@click.option("--list", "listing", is_flag=True, help="What can be asked: concept, method, source.")
@as_json_option
def figures(
    unit_code: str | None,
    period: Period | None,
    codes: tuple[str, ...],
    by: str | None,
    listing: bool,
    as_json: bool,
    **reading: Any,
) -> None:
    """Figures of a unit in a period, counted from its records, with the identities checked."""
    if listing:
        emit(payloads.listed(DECLARED), as_json, _told_list)
        return
    asked, code = _question(unit_code, period, **reading)
    question = replace(asked, indicators=codes or None)
    wanted = codes or DECLARED.codes
    [answer] = ask([question])
    payload = payloads.head(code, answer, exactness(question))
    payload["values"] = payloads.values(answer, wanted)
    payload["identities"] = payloads.identities(answer.identities)
    payload["sources"] = payloads.sources(freshness(question))
    payload["stated"] = payloads.stated(stated_beside([answer])[0])
    if by:
        payload["rows"] = _rows_of_children(question, wanted)
    emit(payload, as_json, _told)


def _rows_of_children(question: Question, codes: tuple[str, ...]) -> list[dict[str, Any]]:
    sweep = Sweep(
        question.period,
        window=question.window,
        as_of=question.as_of,
        known_at=question.known_at,
        indicators=question.indicators,
        line=question.line,
    )
    table = everywhere(sweep)
    below = known_tree(question.tree_day, question.known_at).children(question.unit_id)
    return [{"unit": node.code, "name": node.name, "values": payloads.row(table, node.id, codes)} for node in below]


@click.command(epilog="Example: noivu records documents.reply_required --unit BNV --period 2024-10 --csv > behind.csv")
@click.argument("indicator")
@_reading_options
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@as_json_option
def records(
    indicator: str, unit_code: str | None, period: Period | None, as_csv: bool, as_json: bool, **reading: Any
) -> None:
    """The records behind a figure: exactly those that were counted."""
    DECLARED.counted(indicator)
    question, _ = _question(unit_code, period, **reading)
    found = records_behind(indicator, question, actor=SYSTEM, page_length=None)
    named = labels({line.unit_id for line in found.lines}, question.tree_day)
    payload = payloads.records(found, {unit: label.code for unit, label in named.items()})
    if as_csv:
        columns = [OutColumn("id"), OutColumn("unit"), OutColumn("label"), OutColumn("note"), OutColumn("url")]
        rows = ([r.id, named[r.unit_id].code, r.label, r.note, r.url] for r in found.lines)
        write_csv(columns, rows, sys.stdout.buffer)
        return
    emit(payload, as_json, lambda plain: _told_records(plain, found.summary))


def _told(payload: dict[str, Any]) -> str:
    lines = [
        f"{payload['unit']} · {payload['period']} ({payload['starts_on']} – {payload['ends_on']}), "
        f"{Text(vi='tính đến hết', en='as of')} {payload['as_of']}"
    ]
    if not payload["exact"]:
        lines.append(
            str(
                Text(
                    vi="Cây đơn vị chỉ biết chính xác từ ngày {day}.",
                    en="The unit tree is known exactly from {day} only.",
                ).format(day=payload["known_from"])
            )
        )
    lines += [f"{_number(value):>14}  {_label(code)} ({code})" for code, value in payload["values"].items()]
    lines += [f"{'✓' if i['holds'] else '✗'} {i['label']}: {_equation(i)}" for i in payload["identities"]]
    lines += [
        f"  {s['indicator']}: {_number(s['value'])} ({s['kind']}: {s['source']}), {_number(s['difference'])}"
        for s in payload["stated"]
    ]
    for below in payload.get("rows", ()):
        counts = ", ".join(f"{code} {_number(value)}" for code, value in below["values"].items())
        lines.append(f"{below['unit']:>10}  {below['name']}: {counts}")
    return "\n".join(lines)


def _equation(identity: dict[str, Any]) -> str:
    [whole] = identity["whole"].values()
    sign = "=" if identity["holds"] else "≠"
    return f"{_number(whole)} {sign} " + " + ".join(_number(part) for part in identity["parts"].values())


def _number(value: Any) -> str:
    if value is None:
        return "–"
    return format_integer(value) if isinstance(value, int) else format_decimal(value)


def _label(code: str) -> str:
    return str(DECLARED.find(code).label)


def _told_list(listed: list[dict[str, Any]]) -> str:
    return "\n".join(f"{each['code']:36} {each['label']}\n{'':36} {each['concept']}" for each in listed)


def _told_records(payload: dict[str, Any], summary: Text) -> str:
    lines = [f"{each['id']:>10}  {each['unit']:10} {each['label']}" for each in payload["records"]]
    return "\n".join([str(summary), *lines])
