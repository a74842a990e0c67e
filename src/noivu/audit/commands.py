"""`noivu audit`: export the log, seal it, verify it where it lies."""

import os
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from noivu.audit import verify as verifier
from noivu.audit.checkpoints import as_line, checkpoint
from noivu.audit.export import export_lines
from noivu.audit.guards import missing_guards
from noivu.audit.keys import public_key
from noivu.audit.models import Unnumbered
from noivu.audit.proofs import InclusionProof, prove_inclusion
from noivu.audit.queries import HistoryLine, entry_at
from noivu.audit.sequencer import number_entries
from noivu.core.console import as_json_option, emit, progress
from noivu.core.wording import Text, active_language


@click.group()
def audit() -> None:
    """The audit log: who did what, provably.

    Example: noivu audit export -o log.jsonl && python -m noivu.audit.verify log.jsonl
    """


@audit.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="Where to write.",
)
@click.option("--from", "first", type=click.IntRange(min=0), default=0, help="First number (default 0).")
@click.option("--to", "last", type=click.IntRange(min=0), default=None, help="Last number (default: the end).")
@as_json_option
def export(output: Path, first: int, last: int | None, as_json: bool) -> None:
    """Write the log as JSON Lines, sealed by a checkpoint.

    The file holds personal data: keep it as you keep the registers. Example: noivu audit export -o log.jsonl
    """
    lines = 0
    draft = output.with_name(f"{output.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for line in progress(export_lines(first, last), "audit"):
                file.write(line)
                lines += 1
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
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


@audit.command()
@click.argument("number", type=click.IntRange(min=0))
@as_json_option
def show(number: int, as_json: bool) -> None:
    """One act by its number: who did what, what changed, and the proof that it stands in the sealed log.

    Example: noivu audit show 1024
    """
    number_entries()
    line = entry_at(number)
    proof = prove_inclusion(number)
    payload = {
        "number": number,
        "recorded_at": line.recorded_at,
        "actor": line.actor_name,
        "unit": line.unit_code,
        "action": line.action,
        "wording": {"vi": line.wording.vi, "en": line.wording.en},
        "kind": line.object_kind,
        "object": line.object_id,
        "label": line.label,
        "reason": line.reason,
        "instrument": line.instrument,
        "erased": line.is_erased,
        "changes": [{"field": change.field, "old": change.old, "new": change.new} for change in line.changes],
        "leaf": proof.leaf.hex(),
        "path": [step.hex() for step in proof.path],
        "checkpoint": as_line(proof.sealed),
        "holds": proof.holds,
    }
    emit(payload, as_json, lambda _: _act_in_words(line, proof))


def _act_in_words(line: HistoryLine, proof: InclusionProof) -> str:
    words = [
        f"{proof.number}  {timezone.localtime(line.recorded_at):%H:%M:%S %d/%m/%Y}  {line.wording}",
        f"  {line.actor_name or '–'} · {line.unit_code or '–'} · {line.object_kind} {line.object_id}{line.label}",
        *(f"  {part}" for part in (line.reason, line.instrument) if part),
        *(f"  {change.label}: {change.old} → {change.new}" for change in line.changes),
    ]
    proved = Text(vi="Chứng minh nằm trong điểm niêm phong", en="Proved to stand in the checkpoint of")
    failed = Text(vi="KHÔNG khớp điểm niêm phong", en="DOES NOT MATCH the checkpoint of")
    size = proof.sealed.tree_size
    return "\n".join([*words, f"  {proved if proof.holds else failed} {size} ({proof.leaf.hex()[:16]}…)"])


@audit.command(name="verify")
@as_json_option
@click.pass_context
def verify_command(context: click.Context, as_json: bool) -> None:
    """Verify the log in the database against this installation's key, whole. Exit 1 when it does not hold.

    Example: noivu audit verify
    """
    report = verifier.verify(export_lines(), public_key())
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
