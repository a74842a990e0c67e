"""`noivu audit`: export the log, seal it, verify it where it lies."""

from pathlib import Path
from typing import Any

import click

from noivu.audit import verify as verifier
from noivu.audit.checkpoints import as_line, checkpoint
from noivu.audit.export import export_lines
from noivu.audit.guards import missing_guards
from noivu.audit.models import Unnumbered
from noivu.core.console import as_json_option, emit, progress
from noivu.core.wording import Text, active_language


@click.group()
def audit() -> None:
    """The audit log: who did what, provably.

    Example: noivu audit export -o log.jsonl && python -m noivu.audit.verify log.jsonl
    """


@audit.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE")
@click.option("--from", "first", type=click.IntRange(min=0), default=0, help="First number (default 0).")
@click.option("--to", "last", type=click.IntRange(min=0), default=None, help="Last number (default: the end).")
@as_json_option
def export(output: Path, first: int, last: int | None, as_json: bool) -> None:
    """Write the log as JSON Lines, sealed by a checkpoint.

    The file holds personal data: keep it as you keep the registers. Example: noivu audit export -o log.jsonl
    """
    lines = 0
    draft = output.with_name(f"{output.name}.part")
    with draft.open("wb") as file:
        for line in progress(export_lines(first, last), "audit"):
            file.write(line)
            lines += 1
    draft.chmod(0o600)
    draft.replace(output)
    emit({"file": str(output), "lines": lines}, as_json, lambda made: f"{made['file']}: {made['lines']} dòng / lines")


@audit.command(name="checkpoint")
@as_json_option
def checkpoint_command(as_json: bool) -> None:
    """Number what waits and seal the log. Keep the JSON elsewhere: it proves later that nothing before it changed.

    Example: noivu audit checkpoint --json > checkpoint.json
    """
    emit(as_line(checkpoint()), as_json, _checkpoint_in_words)


def _checkpoint_in_words(line: dict[str, Any]) -> str:
    statement = line["statement"]
    return "\n".join(
        (
            f"Số bút toán / Entries:   {statement['size']}",
            f"Gốc / Root:              {statement['root']}",
            f"Ký lúc / Signed at:      {statement['signed_at']}",
            f"Khóa công khai / Key:    {line['public_key']}",
            f"Chữ ký / Signature:      {line['signature']}",
        )
    )


@audit.command(name="verify")
@as_json_option
@click.pass_context
def verify_command(context: click.Context, as_json: bool) -> None:
    """Verify the log in the database, from the first entry to the last. Exit 1 when it does not hold.

    Example: noivu audit verify
    """
    report = verifier.verify(export_lines())
    waiting, missing = Unnumbered.objects.count(), missing_guards()
    holds = report.holds and not missing
    payload = {**verifier.as_json(report), "holds": holds, "unnumbered": waiting, "missing_guards": missing}
    emit(payload, as_json, lambda _: _in_words(report, waiting, missing))
    context.exit(0 if holds else 1)


def _in_words(report: verifier.Report, waiting: int, missing: list[str]) -> str:
    queue = Text(vi=f"Chờ đánh số: {waiting}", en=f"Waiting for a number: {waiting}")
    guards = Text(vi="Thiếu chốt bảo vệ trong cơ sở dữ liệu: ", en="Guards missing in the database: ")
    lines = [str(queue), *([f"{guards}{', '.join(missing)}"] if missing else [])]
    return "\n".join((*lines, *verifier.describe(report, active_language())))
