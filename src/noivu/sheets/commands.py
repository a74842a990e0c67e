"""`noivu template`, `noivu import`, `noivu quarantine`."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from noivu.core.console import DAY, acting_as, actor_named, as_json_option, emit, note
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.sheets.declarations import Template, template_named, templates
from noivu.sheets.importing import import_file
from noivu.sheets.mapping import ColumnMap, read_column_map
from noivu.sheets.models import Batch
from noivu.sheets.planning import Source
from noivu.sheets.queries import batch_for, batches_for, summary, to_correct
from noivu.sheets.template_file import write_template
from noivu.sheets.writing import write_csv, write_xlsx

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN_ROWS = 20
_ONLY_THE_FIRST = Text(
    vi="  Chỉ có {shown} dòng trong {kept} dòng giữ lại: chạy thử chỉ nhớ những dòng đầu.",
    en="  Only {shown} of the {kept} rows kept aside are here: a trial remembers the first ones alone.",
)


@click.command(epilog="Example: noivu template documents-in -o van-ban-den.xlsx")
@click.argument("name", required=False)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: NAME.xlsx.")
@as_json_option
def template(name: str | None, output: Path | None, as_json: bool) -> None:
    """Write an empty import template, or list the templates there are."""
    if name is None:
        listed = [{"name": t.name, "label": str(t.label), "keys": list(t.keys)} for t in templates]
        emit(listed, as_json, lambda rows: "\n".join(f"{row['name']:<18} {row['label']}" for row in rows))
        return
    wanted = template_named(name)
    if as_json and output is None:
        emit(_described(wanted), as_json, str)
        return
    place = output or Path(f"{wanted.name}.xlsx")
    with place.open("wb") as stream:
        write_template(wanted, stream)
    emit({**_described(wanted), "file": str(place)}, as_json, lambda written: str(written["file"]))


def _described(wanted: Template) -> dict[str, Any]:
    columns = [
        {
            "key": column.key,
            "label": str(column.label),
            "kind": column.kind,
            "required": column.required,
            "is_key": column.is_key,
            "choices": {code: str(words) for code, words in column.choices.items()},
        }
        for column in wanted.columns
    ]
    return {"name": wanted.name, "label": str(wanted.label), "columns": columns}


@click.command("import", epilog="Example: noivu import documents-in so-den.xlsx --unit SNV-40 --dry-run")
@click.argument("name")
@click.argument("file", type=_FILE)
@click.option("--unit", "unit_code", default="", metavar="CODE", help="The unit of rows that name none.")
@click.option("--dry-run", is_flag=True, help="Count what would happen; change nothing.")
@click.option("--map", "map_file", type=_FILE, help="Which head is which column (YAML or JSON); remembered.")
@click.option("--codes-of", type=DAY, default=None, help="Read the file's codes of units as of this day and convert.")
@acting_as
@as_json_option
def import_file_command(
    name: str,
    file: Path,
    unit_code: str,
    dry_run: bool,
    map_file: Path | None,
    codes_of: date | None,
    username: str | None,
    as_json: bool,
) -> None:
    """Import rows from XLSX, XLS or CSV; what cannot be applied is kept aside with its reason."""
    wanted = template_named(name)
    said = read_column_map(map_file, wanted) if map_file else ColumnMap()
    actor = actor_named(username)
    batch = import_file(
        actor=actor,
        template=wanted,
        source=Source(file, unit_code=unit_code, column_map=said, codes_of=codes_of),
        dry_run=dry_run,
        progress=_progress,
    )
    emit(summary(actor, batch), as_json, _in_words)


def _progress(rows: int) -> None:
    if sys.stderr.isatty():
        note(Text(vi=f"  đã đọc {rows} dòng", en=f"  {rows} rows read").__str__())


def _in_words(done: dict[str, Any]) -> str:
    kind = (
        Text(vi="Chạy thử, chưa ghi gì", en="Tried, nothing written") if done["dry_run"] else Text(vi="Lô", en="Batch")
    )
    counts = Text(
        vi="{read} dòng: {applied} nhập, {unchanged} không đổi, {quarantined} giữ lại",
        en="{read} rows: {applied} applied, {unchanged} unchanged, {quarantined} quarantined",
    ).format(**{name: done[name] for name in ("read", "applied", "unchanged", "quarantined")})
    lines = [f"{kind} ({done['batch']}): {counts}.", *(f"  {said}" for said in done["notes"])]
    word = Text(vi="dòng", en="row")
    lines += [f"  {word} {row['row']}, {row['column']}: {row['reason']}" for row in done["rows"][:_SHOWN_ROWS]]
    if done["dry_run"] and done["kept_shown"] < done["quarantined"]:
        lines.append(str(_ONLY_THE_FIRST.format(shown=done["kept_shown"], kept=done["quarantined"])))
    if len(done["rows"]) > _SHOWN_ROWS:
        lines.append(f"  … noivu quarantine export {done['batch']} -o sua.xlsx")
    return "\n".join(lines)


@click.group(epilog="Example: noivu quarantine export 12 -o sua.xlsx")
def quarantine() -> None:
    """Rows that could not be imported: list them, or export them to correct and import again."""


@quarantine.command("list", epilog="Example: noivu quarantine list 12 --json")
@click.argument("batch", type=int, required=False)
@acting_as
@as_json_option
def list_kept(batch: int | None, username: str | None, as_json: bool) -> None:
    """The rows of a batch that were kept aside; without a batch, the batches."""
    actor = actor_named(username)
    if batch is not None:
        emit(summary(actor, batch_for(actor, batch)), as_json, _in_words)
        return
    emit([_line(one) for one in batches_for(actor)], as_json, _table)


def _line(one: Batch) -> dict[str, Any]:
    return {
        "batch": one.pk,
        "template": one.template,
        "file": one.file_name,
        "state": one.state,
        "started_at": one.started_at,
        "read": one.read,
        "applied": one.applied,
        "unchanged": one.unchanged,
        "quarantined": one.quarantined,
    }


def _table(rows: list[dict[str, Any]]) -> str:
    return "\n".join(
        f"{row['batch']:>6}  {row['template']:<16} {Batch.STATES[row['state']]!s:<10} "
        f"{row['read']:>8} {row['quarantined']:>6}  {row['file']}"
        for row in rows
    )


@quarantine.command("export", epilog="Example: noivu quarantine export 12 -o sua.csv")
@click.argument("batch", type=int)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: quarantine-BATCH.xlsx.")
@acting_as
@as_json_option
def export(batch: int, output: Path | None, username: str | None, as_json: bool) -> None:
    """The kept rows under their own heads, with the reasons, ready to correct and import again (.xlsx or .csv)."""
    actor = actor_named(username)
    found = batch_for(actor, batch)
    place = output or Path(f"quarantine-{batch}.xlsx")
    if place.suffix.lower() not in (".xlsx", ".csv"):
        raise Refusal(
            what=Text(vi=f"Không xuất được dạng {place.suffix}.", en=f"{place.suffix} is not a form of export."),
            do=Text(vi="Đặt tên tệp .xlsx hoặc .csv.", en="Name the file .xlsx or .csv."),
            code="export-form",
        )
    columns, rows = to_correct(actor, found)
    with place.open("wb") as stream:
        count = (write_csv if place.suffix.lower() == ".csv" else write_xlsx)(columns, rows, stream)
    emit({"batch": batch, "rows": count, "file": str(place)}, as_json, lambda done: f"{done['file']}: {done['rows']}")
