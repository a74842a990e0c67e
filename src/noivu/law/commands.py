"""`noivu deadline` and `noivu calculate`."""

from datetime import date
from decimal import Decimal
from typing import Any

import click

from noivu.core import clock
from noivu.core.console import DAY, as_json_option, emit
from noivu.core.dates import format_day
from noivu.core.numbers import format_decimal
from noivu.core.wording import Text, active_language
from noivu.law.calculators import Explained, ExplainedStep, calculators
from noivu.law.calculators import calculate as run_calculator
from noivu.law.constants import MARKS, MEMORY, UNVERIFIED
from noivu.law.deadlines import Deadline
from noivu.law.deadlines import deadline as deadline_of


@click.group(
    invoke_without_command=True,
    epilog="Example: noivu deadline --from 2026-08-21 --working-days 7",
)
@click.option("--from", "start", type=DAY, help="Day of the event (ISO or 31/10/2024).")
@click.option("--working-days", type=int, help="So many working days.")
@click.option("--days", type=int, help="So many days, whether worked or not.")
@click.option("--hours", type=int, help="So many hours of work.")
@click.option("--rule", help="Code of a deadline rule; its number and source are those in force on the day.")
@click.option("--count-start", is_flag=True, help="The day of the event counts when it is worked.")
@as_json_option
def deadline(start: date | None, rule: str | None, count_start: bool, as_json: bool, **lengths: Any) -> None:
    """Due date from a day, with each day explained: counted, or skipped and why."""
    if click.get_current_context().invoked_subcommand is not None:
        return
    if start is None:
        raise click.UsageError("Missing option '--from'.")
    if sum(given is not None for given in (*lengths.values(), rule)) != 1:
        raise click.UsageError("Give exactly one of --working-days, --days, --hours and --rule.")
    if rule is not None and count_start:
        raise click.UsageError("A rule says itself whether the first day counts; leave --count-start out.")
    answer = deadline_of(start, rule=rule, count_start=count_start, **lengths)
    emit(_deadline_json(answer), as_json, lambda _: _deadline_words(answer))


def _deadline_json(answer: Deadline) -> dict[str, Any]:
    language = active_language()
    return {
        "from": answer.starts_on,
        "due_on": answer.due_on,
        "counts": answer.counts,
        "length": answer.length,
        "count_start": answer.count_start,
        "same_day": answer.how.same_day,
        "until": answer.how.until or None,
        "at_least": answer.how.at_least,
        "silence": answer.how.silence or None,
        "exact": answer.exact,
        "doubt": answer.doubt.in_language(language) if answer.doubt else None,
        "steps": [
            {
                "date": step.date,
                "counted": step.counted,
                "number": step.number,
                "kind": step.kind,
                "reason": step.reason.in_language(language),
                "reason_vi": step.reason.vi,
                "reason_en": step.reason.en,
                "instrument": step.instrument or None,
            }
            for step in answer.steps
        ],
        "rule": answer.rule,
        "instrument": answer.instrument or None,
        "article": answer.article or None,
        "mark": answer.mark or None,
        "own": answer.own,
    }


def _deadline_words(answer: Deadline) -> str:
    lines = [
        f"{format_day(step.date)}  {step.number if step.number is not None else '–':>3}  {step.reason}"
        for step in answer.steps
    ]
    lines.append(f"→ {format_day(answer.due_on)}" + (f" ({answer.until})" if answer.until else ""))
    lines += map(str, answer.conditions)
    if answer.rule:
        marked = f" ({MARKS[answer.mark]})" if answer.mark in {MEMORY, UNVERIFIED} else ""
        lines.append(f"{answer.label} · {answer.instrument}, {answer.article}{marked}")
    if answer.doubt:
        lines.append(str(answer.doubt))
    return "\n".join(lines)


@click.command(epilog="Example: noivu calculate working-days --set from=2024-10-01 --set to=2024-10-31")
@click.argument("name", required=False)
@click.option("--set", "facts", multiple=True, metavar="KEY=VALUE", help="A fact; may be given several times.")
@click.option("--on", type=DAY, default=None, help="Day whose law applies (default: today).")
@click.option("--list", "listed", is_flag=True, help="List the calculators and their facts.")
@as_json_option
def calculate(name: str | None, facts: tuple[str, ...], on: date | None, listed: bool, as_json: bool) -> None:
    """A calculation of law, with its steps and instruments."""
    if listed:
        emit(_list_json(), as_json, _list_words)
        return
    if name is None:
        raise click.UsageError("Name a calculator, or give --list.")
    day = on or clock.today()
    answer = run_calculator(name, dict(map(_pair, facts)), day)
    emit(_calculation_json(name, day, answer), as_json, lambda _: _calculation_words(answer))


def _pair(typed: str) -> tuple[str, str]:
    key, equals, value = typed.partition("=")
    if not equals:
        raise click.UsageError(f"--set {typed}: write it as key=value.")
    return key.strip(), value


def _list_json() -> list[dict[str, Any]]:
    return [
        {
            "name": calculator.name,
            "label_vi": calculator.label.vi,
            "label_en": calculator.label.en,
            "facts": [
                {"key": fact.key, "kind": fact.kind, "required": fact.required, "choices": list(fact.choices)}
                for fact in calculator.facts
            ],
        }
        for calculator in calculators
    ]


def _list_words(_: Any) -> str:
    return "\n".join(
        f"{calculator.name}  {calculator.label}\n    "
        + ", ".join(f"{fact.key} ({fact.label})" for fact in calculator.facts)
        for calculator in calculators
    )


def _calculation_json(name: str, on: date, answer: Explained) -> dict[str, Any]:
    return {
        "calculator": name,
        "on": on,
        "result": answer.result,
        "steps": [
            {
                "text": str(step.text),
                "text_vi": step.text.vi,
                "text_en": step.text.en,
                "value": step.value,
                "instrument": step.instrument or None,
                "article": step.article or None,
                "mark": step.mark or None,
                "note": step.note or None,
                "own": step.own,
            }
            for step in answer.steps
        ],
    }


def _calculation_words(answer: Explained) -> str:
    lines = [_step_words(step) for step in answer.steps]
    result = answer.result
    if isinstance(result, dict):
        result = ", ".join(f"{name} {_written(value)}" for name, value in result.items())
    return "\n".join([*lines, f"= {_written(result)}"])


def _step_words(step: ExplainedStep) -> str:
    """What was done, what it gave, and on what it rests: a mark that is not `read` is told."""
    said = str(step.text) if step.value is None else f"{step.text}: {_written(step.value)}"
    mark = MARKS[step.mark] if step.mark in {MEMORY, UNVERIFIED} else _OWN if step.own else ""
    source = [part for part in (step.instrument, step.article, str(mark)) if part]
    return said + (f"  [{', '.join(source)}]" if source else "") + (f" {step.note}" if step.note else "")


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(_YES if value else _NO)
    return "–" if value is None else format_decimal(value) if isinstance(value, Decimal) else str(value)


_YES, _NO = Text(vi="có", en="yes"), Text(vi="không", en="no")
_OWN = Text(vi="đơn vị nhập", en="entered here")
