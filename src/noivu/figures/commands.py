"""The commands `noivu figures`, `noivu records` and `noivu why`."""

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
from noivu.figures.across import contributions, everywhere_across
from noivu.figures.asking import ask
from noivu.figures.bridging import Cause, bridge, bridge_records
from noivu.figures.constants import GUIDANCE, SUPERIOR
from noivu.figures.drilling import records as records_behind
from noivu.figures.everywhere import everywhere
from noivu.figures.ground import exactness, known_tree
from noivu.figures.questions import Answer, Question, Sweep
from noivu.figures.registry import DECLARED
from noivu.figures.sources import freshness
from noivu.figures.stated import stated_beside
from noivu.law.api import window_of
from noivu.sheets.api import OutColumn, write_csv
from noivu.units.api import Label, find_node, labels

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
            "--structure",
            type=DAY,
            metavar="DATE",
            help="Read the period in the units of this day; the unit is named as on that day.",
        ),
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
    structure: date | None = None,
) -> tuple[Question, str]:
    """The question of the options, and the code of its unit."""
    if unit_code is None or period is None:
        raise click.UsageError("Name a unit and a period: --unit BNV --period 2024-10")
    rule = window_of(window_code, period)
    node = find_node(unit_code, known_tree(structure or period.last_day(rule), known_at))
    question = Question(node.id, period, window=rule, as_of=as_of, known_at=known_at, line=line, structure=structure)
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
    payload["stated"] = payloads.stated(() if question.structure else stated_beside([answer])[0])
    if question.structure is not None:
        payload |= payloads.carried(answer, wanted, _named(answer))
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
    below = known_tree(question.unit_day, question.known_at).children(question.unit_id)
    if question.structure is not None:
        across = everywhere_across(sweep, question.structure)
        answers = {node.id: across.answer(node.id) for node in below}
        return [payloads.row_across(node.code, node.name, answers[node.id], codes) for node in below]
    table = everywhere(sweep)
    return [{"unit": node.code, "name": node.name, "values": payloads.row(table, node.id, codes)} for node in below]


def _named(answer: Answer) -> dict[int, Label]:
    """Code and name of the units that an answer leaves unapportioned, and of those they went to."""
    question = answer.question
    left = answer.not_apportioned
    places = {unit for each in left for unit in (*each.successors, each.counted_at) if unit is not None}
    return labels(places, question.unit_day) | labels({each.unit_id for each in left}, question.tree_day)


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
    shared = contributions(question) if question.structure is not None else ()
    units = {line.unit_id for line in found.lines}.union(each.unit_id for each in shared)
    named = labels(units, question.tree_day)
    payload = payloads.records(found, {unit: label.code for unit, label in named.items()})
    if question.structure is not None:
        payload["structure"] = question.structure
        payload["shares"] = payloads.shares(shared, named)
    if as_csv:
        columns = [OutColumn("id"), OutColumn("unit"), OutColumn("label"), OutColumn("note"), OutColumn("url")]
        rows = ([r.id, named[r.unit_id].code, r.label, r.note, r.url] for r in found.lines)
        write_csv(columns, rows, sys.stdout.buffer)
        return
    emit(payload, as_json, lambda plain: _told_records(plain, found.summary))


@click.command(
    epilog="Example: noivu why documents.open_at_end --unit BNV --from 2024-09 --to 2024-10 --cause left --json"
)
@click.argument("indicator")
@click.option("--unit", "unit_code", required=True, metavar="CODE", help="Code or exact name on the later last day.")
@click.option("--from", "before", type=PERIOD, required=True, metavar="P1", help="The period to start from.")
@click.option("--to", "after", type=PERIOD, required=True, metavar="P2", help="The period to explain.")
@click.option("--window", "window_code", default="calendar", show_default=True, metavar="RULE", help="As in figures.")
@click.option("--line", type=click.Choice([SUPERIOR, GUIDANCE]), default=SUPERIOR, show_default=True, help="As there.")
@click.option(
    "--known-at",
    type=Instant(),
    metavar="INSTANT",
    help="Read the first value as it was known then: what came later is late entry or correction.",
)
@click.option("--cause", type=click.Choice([cause.value for cause in Cause]), help="List the records of one cause.")
@as_json_option
def why(
    indicator: str, unit_code: str, before: Period, after: Period, cause: str | None, as_json: bool, **reading: Any
) -> None:
    """Why a figure moved from one period to another: its records by cause, which sum exactly."""
    DECLARED.counted(indicator)
    later = after if after.last_day() >= before.last_day() else before
    known_at = reading.pop("known_at")
    asked, code = _question(unit_code, later, as_of=None, known_at=None, **reading)
    rules = [window_of(reading["window_code"], period) for period in (before, after)]
    first = replace(asked, period=before, window=rules[0], known_at=known_at)
    found = bridge(indicator, first, replace(asked, period=after, window=rules[1]))
    payload = payloads.bridge(code, found)
    if cause is not None:
        lines = bridge_records(found, Cause(cause), actor=SYSTEM)
        units = labels({line.unit_id for line, _ in lines}, asked.tree_day)
        payload["records"] = payloads.bridge_lines(lines, {unit: label.code for unit, label in units.items()})
    emit(payload, as_json, _told_bridge)


def _told_bridge(payload: dict[str, Any]) -> str:
    ends = [payload["from"], payload["to"]]
    lines = [f"{_label(payload['indicator'])} · {payload['unit']}"]
    lines.append(f"{_number(ends[0]['value']):>14}  {ends[0]['period']}")
    lines += [
        f"{each['change']:>+14}  {each['label']} ({each['records']})" for each in payload["causes"] if each["records"]
    ]
    lines.append(f"{_number(ends[1]['value']):>14}  {ends[1]['period']}")
    lines += [f"{each['change']:>+6}  {each['unit']:10} {each['label']}" for each in payload.get("records", ())]
    return "\n".join(lines)


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
    lines += _told_structure(payload) if "structure" in payload else []
    lines += [
        f"  {s['indicator']}: {_number(s['value'])} ({s['kind']}: {s['source']}), {_number(s['difference'])}"
        for s in payload["stated"]
    ]
    for below in payload.get("rows", ()):
        counts = ", ".join(f"{code} {_number(value)}" for code, value in below["values"].items())
        lines.append(f"{below['unit']:>10}  {below['name']}: {counts}")
    return "\n".join(lines)


def _told_structure(payload: dict[str, Any]) -> list[str]:
    lines = [
        str(Text(vi="Theo cấu trúc đơn vị ngày {day}.", en="In the units of {day}.").format(day=payload["structure"]))
    ]
    if payload["estimated"]:
        listed = ", ".join(payload["estimated"])
        lines.append(
            str(
                Text(vi="Ước tính theo tỷ lệ đã ghi nhận: {l}", en="Estimated by recorded shares: {l}").format(l=listed)
            )
        )
    for left in payload["not_apportioned"]:
        counts = ", ".join(f"{code} {_number(value)}" for code, value in left["values"].items() if value)
        words = Text(vi="Không chia được (không rõ tỷ lệ)", en="Not apportioned (share not recorded)")
        lines.append(f"{words}: {left['unit']} {left['name']} → {', '.join(left['successors'])}: {counts}")
    return lines


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
    shared = [f"  {each['unit']:10} {each['name']}: {each['share']}" for each in payload.get("shares", ())]
    return "\n".join([str(summary), *shared, *lines])
