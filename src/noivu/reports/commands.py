"""`noivu report`: draft, show and export periodic reports."""

from pathlib import Path
from typing import Any

import click

from noivu.accounts.api import actor_named
from noivu.core.actors import SYSTEM
from noivu.core.console import PERIOD, acting_as, as_json_option, emit, note
from noivu.core.dates import format_day
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.papers.api import default_word_template
from noivu.reports import exporting
from noivu.reports.models import Report
from noivu.reports.published.commands import publish
from noivu.reports.queries import ReportView, stored_report, view_report
from noivu.reports.regimes import regime, regimes
from noivu.reports.services import draft_report
from noivu.units.api import find_unit

_REGIME = click.argument("regime_code", metavar="REGIME")
_UNIT = click.option("--unit", "unit_code", required=True, metavar="CODE", help="Whose report.")
_PERIOD = click.option("--period", required=True, type=PERIOD, metavar="P", help="The period, e.g. 2024-10.")
_LANGUAGE = click.option(
    "--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Of the report."
)


@click.group(epilog="Example: noivu report show ministry-monthly --unit BNV --period 2024-10")
def report() -> None:
    """Periodic reports: draft, show, export."""


report.add_command(publish)


@report.command("list", epilog="Example: noivu report list")
@as_json_option
def list_regimes(as_json: bool) -> None:
    """The report regimes and what they ask for."""
    payload = [
        {"code": one.code, "name": str(one.name), "period": one.period_kind, "window": one.window.code}
        for one in regimes().values()
    ]
    emit(payload, as_json, lambda rows: "\n".join(f"{row['code']:24} {row['name']}" for row in rows))


@report.command(epilog="Example: noivu report draft ministry-monthly --unit BNV --period 2024-10")
@_REGIME
@_UNIT
@_PERIOD
@acting_as
@as_json_option
def draft(regime_code: str, unit_code: str, period: Period, username: str | None, as_json: bool) -> None:
    """Draft a report (once); its figures are counted whenever it is opened."""
    known = regime(regime_code)
    known.require_period(period)
    unit = find_unit(unit_code, period.last_day(known.window))
    drafted = draft_report(
        actor=actor_named(username) if username else SYSTEM, regime_code=regime_code, unit=unit, period=period
    )
    payload = exporting.as_dict(view_report(drafted))
    emit(payload, as_json, _drafted_in_words)


def _drafted_in_words(made: dict[str, Any]) -> str:
    what, due = f"{made['title']} ({made['issuer']})", format_day(made["due_on"])
    return str(Text(vi=f"Đã lập dự thảo: {what}, hạn {due}", en=f"Drafted: {what}, due {due}"))


def _there(regime_code: str, unit_code: str, period: Period, language: str) -> ReportView:
    known = regime(regime_code)
    known.require_period(period)
    unit = find_unit(unit_code, period.last_day(known.window))
    found: Report | None = stored_report(known.code, unit.pk, period)
    if found is None:
        raise Refusal(
            what=Text(
                vi=f"Chưa có dự thảo {known.code} của {unit_code} kỳ {period}.",
                en=f"There is no draft of {known.code} for {unit_code} in {period}.",
            ),
            do=Text(
                vi=f"Lập trước: noivu report draft {known.code} --unit {unit_code} --period {period}",
                en=f"Draft it first: noivu report draft {known.code} --unit {unit_code} --period {period}",
            ),
            code="no-draft",
        )
    return view_report(found, language)


@report.command(epilog="Example: noivu report show ministry-monthly --unit BNV --period 2024-10 --json")
@_REGIME
@_UNIT
@_PERIOD
@_LANGUAGE
@as_json_option
def show(regime_code: str, unit_code: str, period: Period, language: str, as_json: bool) -> None:
    """The text of a report with its figures as the registers give them now."""
    view = _there(regime_code, unit_code, period, language)
    emit(exporting.as_dict(view), as_json, _in_words)


def _in_words(payload: dict[str, Any]) -> str:
    lines = [payload["issuer"].upper(), payload["title"], ""]
    for section in payload["sections"]:
        lines.append(section["heading"])
        lines += [f"  {part['text'] or '…………'}" for part in section["paragraphs"]]
    broken = [one["name"] for one in payload["identities"] if not one["holds"]]
    names = ", ".join(broken)
    does_not = Text(vi=f"Đẳng thức không khớp: {names}", en=f"Identities that do not hold: {names}")
    does = Text(vi="Các đẳng thức đều khớp.", en="All identities hold.")
    lines += ["", str(does_not if broken else does)]
    return "\n".join(lines)


@report.command(epilog="Example: noivu report template -o paper.docx")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write.")
def template(output: Path) -> None:
    """Write the Word template that comes with the product, to be edited and put into the data directory."""
    output.write_bytes(default_word_template())
    note(f"{output} → templates/paper.docx")


@report.command(
    epilog="Example: noivu report export ministry-monthly --unit BNV --period 2024-10 --format pdf -o r.pdf"
)
@_REGIME
@_UNIT
@_PERIOD
@_LANGUAGE
@click.option("--format", "form", type=click.Choice(list(exporting.FORMATS)), required=True, help="Of the file.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write.")
@as_json_option
def export(
    regime_code: str, unit_code: str, period: Period, language: str, form: str, output: Path, as_json: bool
) -> None:
    """Write a report to a file."""
    view = _there(regime_code, unit_code, period, language)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(exporting.export(view, form))
    made = {"file": str(output), "format": form, "bytes": output.stat().st_size}
    if as_json:
        emit(made, as_json, str)
    else:
        note(f"{output} ({made['bytes']:,} B)")
