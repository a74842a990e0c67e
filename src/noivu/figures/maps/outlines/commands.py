"""`noivu outlines`: outlines of provinces that an operator supplies for the map."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from noivu.core.console import DAY, acting_as, actor_named, as_json_option, emit
from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.figures.maps.outlines.queries import all_outlines
from noivu.figures.maps.outlines.reading import refuse_large
from noivu.figures.maps.outlines.services import Supplied, check_outlines, load_outlines, withdraw_outlines
from noivu.figures.models import OutlineSet


@click.group(epilog="Example: noivu outlines load provinces.geojson --from 2025-07-01 --source 'Bộ ...' --dry-run")
def outlines() -> None:
    """Outlines of provinces for the map of figures: none come with the product, an operator may supply them."""


@outlines.command(epilog="Example: noivu outlines load provinces.geojson --from 2025-07-01 --source 'Who made them'")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "starts_on", type=DAY, required=True, metavar="DATE", help="Since when these outlines hold.")
@click.option("--source", required=True, metavar="TEXT", help="Who made them, by which document.")
@click.option(
    "--property", "named_by", default="code", show_default=True, metavar="NAME", help="Holds the unit's code."
)
@click.option("--dry-run", is_flag=True, help="Only say what is wrong with the file; store nothing.")
@acting_as
@as_json_option
def load(
    file: Path, starts_on: date, source: str, named_by: str, dry_run: bool, username: str | None, as_json: bool
) -> None:
    """Check a GeoJSON file against the provinces of its day, with Hoàng Sa and Trường Sa, and store it."""
    refuse_large(file.stat().st_size)
    supplied = Supplied(file.name, file.read_bytes(), starts_on, source, named_by)
    if dry_run:
        check_outlines(supplied)
        payload = {"starts_on": starts_on, "source": source, "file_name": file.name, "stored": False}
    else:
        payload = {**_plain(load_outlines(actor=actor_named(username), supplied=supplied)), "stored": True}
    emit(payload, as_json, _loaded_in_words)


@outlines.command("list", epilog="Example: noivu outlines list --json")
@as_json_option
def list_command(as_json: bool) -> None:
    """What was supplied: since when, by whom, from which source."""
    emit({"outlines": [_plain(each) for each in all_outlines()]}, as_json, _listed_in_words)


@outlines.command(epilog="Example: noivu outlines withdraw --from 2025-07-01 --reason 'Wrong file'")
@click.option("--from", "starts_on", type=DAY, required=True, metavar="DATE", help="The day from which they hold.")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stands in the log.")
@acting_as
def withdraw(starts_on: date, reason: str, username: str | None) -> None:
    """Take outlines back; the file stays in the store, and the log says why."""
    withdraw_outlines(actor=actor_named(username), starts_on=starts_on, reason=reason)
    done = Text(vi="Đã gỡ ranh giới từ ngày {day}.", en="The outlines from {day} are withdrawn.")
    click.echo(str(done.format(day=format_day(starts_on))))


def _plain(each: OutlineSet) -> dict[str, Any]:
    return {
        "starts_on": each.starts_on,
        "source": each.source,
        "file_name": each.file_name,
        "file_sha256": each.file_sha256,
        "stored_by": each.stored_by_name,
        "recorded_at": each.recorded_at,
    }


def _loaded_in_words(payload: dict[str, Any]) -> str:
    stored = Text(vi="Đã lưu ranh giới từ ngày {day}: {file}", en="Outlines from {day} stored: {file}")
    fit = Text(vi="Tệp dùng được cho ngày {day}: {file}", en="The file fits {day}: {file}")
    said = stored if payload["stored"] else fit
    return str(said.format(day=format_day(payload["starts_on"]), file=payload["file_name"]))


def _listed_in_words(payload: dict[str, Any]) -> str:
    lines = [f"{format_day(each['starts_on'])}  {each['file_name']}  {each['source']}" for each in payload["outlines"]]
    return "\n".join(lines) or str(Text(vi="Chưa có ranh giới nào.", en="No outlines yet."))
