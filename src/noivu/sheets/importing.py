"""Import: read and check, then apply in one transaction with the entry of the log. All of a file, or nothing."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from noivu.audit.api import record, record_bulk
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.bulk import insert_rows
from noivu.core.dates import format_day
from noivu.core.files import file_store
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.sheets.constants import CHUNK_ROWS, KEPT_OF_A_TRIAL
from noivu.sheets.declarations import APPLIED, QUARANTINED, UNCHANGED, ImportContext, Outcome, ParsedRow, Template
from noivu.sheets.heads import Heads, require_columns
from noivu.sheets.kinds import Finding, kinds, shown
from noivu.sheets.mapping import reader_of, remember
from noivu.sheets.models import Batch, QuarantinedRow
from noivu.sheets.ordering import Order
from noivu.sheets.planning import Source, plan_of, unit_of_file
from noivu.sheets.policies import IMPORT
from noivu.sheets.reading.parent import OpenSheet, RawRow, open_sheet
from noivu.sheets.rows import Kept, Problem, RowParser
from noivu.sheets.spool import Chunk, Row, Spool

Progress = Callable[[int], None]
BulkRow = tuple[str, Any, dict[str, Any]]


_WARNINGS_SHOWN = 20


class _Undo(Exception):  # noqa: N818  it is the way out of a trial, not an error
    """Leaves the transaction of a trial so that nothing of it stays."""


def _unwatched(rows: int) -> None:
    """Progress that nobody looks at."""


def import_file(
    *,
    actor: Actor,
    template: Template,
    source: Source,
    dry_run: bool = False,
    tried: Batch | None = None,
    progress: Progress = _unwatched,
) -> Batch:
    """Import a file: its good rows in one transaction with the entry of the log, the others into quarantine.

    `dry_run` computes the same counts and leaves the registers as they were; what it found is kept as a tried batch.
    `tried` is the trial whose very file is now imported: that happens once. A Refusal (unreadable file, missing
    columns, no right) leaves nothing, not even the file. Killed at any point, the import leaves the registers as they
    were or holds everything, and may simply be run again: rows that stand already count as unchanged.
    """
    access.require(actor, IMPORT)
    unit = unit_of_file(template, source.unit_code, actor)
    store = file_store()
    order = Order(template.names)
    with source.path.open("rb") as stream, store.draft(stream) as draft, Spool() as spool, order:
        with open_sheet(draft.path, source.limits, source.column_map.sheet) as sheet:
            run = _Run(actor, template, source, unit, sheet, order)
            run.type_rows(spool, progress)
        run.batch.file_sha256 = store.keep(draft).sha256
        return run.trial(spool) if dry_run else run.real(spool, tried)


def new_batch(actor: Actor, template: Template, source: Source, unit_id: int | None, heads: Heads) -> Batch:
    """The batch of a file whose heads were found, before it is saved: whose it is, and from when."""
    now = clock.now()
    return Batch(
        template=template.name,
        file_name=source.shown_name[:255],
        scope_unit_id=unit_id,
        unit_code=source.unit_code,
        actor_id=actor.id,
        actor_name=actor.name,
        started_at=now,
        ended_at=now,
        heads=list(heads.labels),
        understood={},
    )


class _Run:
    """One import under way."""

    def __init__(
        self, actor: Actor, template: Template, source: Source, unit: Any | None, sheet: OpenSheet, order: Order
    ) -> None:
        self.actor, self.template, self.source, self.order = actor, template, source, order
        unit_id = getattr(unit, "scope_unit_id", None)
        self.reader = reader_of(actor, unit_id)
        self.plan, self.rows = plan_of(template, source, self.reader, sheet.head, sheet.rows())
        require_columns(template, self.plan.heads, self.plan.keys, self.plan.fixed)
        self.batch = new_batch(actor, template, source, unit_id, self.plan.heads)
        self.batch.understood = {str(place): key for place, key in self.plan.keys.items()}
        self.batch.codes_of = source.codes_of
        self.context = ImportContext(actor, unit, self.batch, self.plan.given, codes_of=source.codes_of)
        self.parser = RowParser(template, self.plan.keys, self.plan.fixed, self.context)
        self.kept_of_trial: list[Kept] = []
        self.findings: dict[str, Finding] = {}

    def type_rows(self, spool: Spool, progress: Progress) -> None:
        """Read the whole file into the spool: typed, or kept aside with the reasons."""
        read = 0
        while chunk := list(itertools.islice(self.rows, CHUNK_ROWS)):
            spool.put(self._parsed(chunk))
            read += len(chunk)
            progress(read)
        self._review()

    def _review(self) -> None:
        """Ask the kinds of the columns what they make of the file as a whole."""
        used = {column.kind for column in self.template.columns if column.key in self.plan.given}
        asked = {code: kinds[code].review for code in sorted(used)}
        self.findings = {code: review(self.context) for code, review in asked.items() if review is not None}
        found = self.findings.values()
        notes = [*self.plan.notes, *(note for finding in found for note in finding.notes)]
        self.batch.notes = [{"vi": note.vi, "en": note.en} for note in notes]
        self.batch.codes_seem_of = next((finding.codes_of for finding in found if finding.codes_of), None)

    def real(self, spool: Spool, tried: Batch | None) -> Batch:
        """Apply the file; batch, rows, quarantine and the entry of the log stand or fall together."""
        with transaction.atomic():
            claimed = self._claimed(tried) if tried else None
            self._begin(Batch.APPLIED)
            if self.source.column_map.columns:
                self._remember_heads()
            changes = self._changes(spool)
            record_bulk(actor=self.actor, action=self.template.action, label=self._label(), rows=changes)
            self._end()
            if claimed:
                claimed.imported_as = self.batch
                claimed.save(update_fields=["imported_as"])
        return self.batch

    def _label(self) -> str:
        """What the log calls the import: the register, the file, and how its codes were read if a person said so."""
        label = f"{self.template.label.vi}: {self.batch.file_name}"
        day = self.batch.codes_of
        return label if day is None else f"{label} (mã đơn vị của ngày {format_day(day)})"

    def _claimed(self, tried: Batch) -> Batch:
        """The trial, held until this import stands: it is imported once, and as it was read then."""
        trial = Batch.objects.select_for_update().get(pk=tried.pk)
        if trial.imported_as_id is not None:
            raise Refusal(
                what=Text(
                    vi=f"Tệp này đã nhập ở lô {trial.imported_as_id}.",
                    en=f"This file was imported as batch {trial.imported_as_id}.",
                ),
                do=Text(vi="Cần nhập lại thì gửi lại tệp.", en="To import it again, send the file again."),
                code="batch-imported",
            )
        if (trial.heads, trial.understood) != (self.batch.heads, self.batch.understood):
            raise Refusal(
                what=Text(
                    vi="Cách đọc tiêu đề đã đổi sau khi chạy thử.", en="How the heads are read changed after the trial."
                ),
                do=Text(vi="Gửi lại tệp để chạy thử.", en="Send the file again to try it."),
                code="batch-read-otherwise",
            )
        return trial

    def trial(self, spool: Spool) -> Batch:
        """Do the same, take it back, and keep what was found."""
        try:
            with transaction.atomic():
                self._begin(Batch.TRIED)
                for _ in self._changes(spool):
                    self.batch.ended_at = clock.now()
                raise _Undo
        except _Undo:
            self.batch.pk = None
            self.batch._state.adding = True
        with transaction.atomic():
            self._end()
            self._quarantine(self.kept_of_trial)
            record(actor=self.actor, action="sheets.try", thing=self.batch, after=self._counts())
        return self.batch

    def _begin(self, state: str) -> None:
        self.batch.state = state
        self.batch.ended_at = self.batch.started_at
        self.batch.save()

    def _end(self) -> None:
        self.batch.ended_at = clock.now()
        self.batch.notes += [{"vi": said.vi, "en": said.en} for said in self._warnings()]
        self.batch.save()

    def _warnings(self) -> list[Text]:
        """What the room said of rows that it applied: the first, and how many more."""
        said = self.context.warnings
        more = len(said) - _WARNINGS_SHOWN
        if more <= 0:
            return said
        return [*said[:_WARNINGS_SHOWN], Text(vi=f"Và {more} cảnh báo nữa.", en=f"And {more} more warnings.")]

    def _remember_heads(self) -> None:
        remember(
            actor=self.actor,
            template=self.template,
            heads=self.plan.heads,
            keys=self.plan.keys,
            kept_for=self.reader,
        )

    def _counts(self) -> dict[str, Any]:
        batch = self.batch
        counts = {name: getattr(batch, name) for name in ("read", APPLIED, UNCHANGED, QUARANTINED)}
        said = {"codes_of": batch.codes_of} if batch.codes_of else {}
        return {"template": batch.template, "file": batch.file_name, "sha256": batch.file_sha256, **said, **counts}

    def _changes(self, spool: Spool) -> Iterator[BulkRow]:
        """Work through the file chunk by chunk, then through the rows that waited for others of it; the log takes what
        each applied row says of itself."""
        for chunk in spool.chunks():
            good, kept = self._relied_on(chunk)
            yield from self._applied(self.order.ready(good, chunk.ends), kept)
            self.batch.read += len(chunk)
        for good in self.order.rest():
            yield from self._applied(good, [])

    def _applied(self, good: list[Row], kept: list[Kept]) -> Iterator[BulkRow]:
        outcomes = self._outcomes([row for _, row in good])
        for (raw, row), outcome in zip(good, outcomes, strict=True):
            if outcome.state == QUARANTINED:
                kept.append(self._kept_by_room(raw, row, outcome))
            elif outcome.state == UNCHANGED:
                self.batch.unchanged += 1
            else:
                self.batch.applied += 1
                yield outcome.kind, outcome.id, dict(outcome.after)
        self._keep(kept)

    def _relied_on(self, chunk: Chunk) -> tuple[list[Row], list[Kept]]:
        """The rows to be applied, and those kept aside: also those that the look at the whole file put in doubt."""
        if not any(finding.doubt for finding in self.findings.values()):
            return chunk.good, list(chunk.kept)
        good, kept = [], list(chunk.kept)
        for raw, row in chunk.good:
            problems = tuple(self.parser.doubts(raw, row.values, self.findings))
            if problems:
                kept.append(Kept(raw, problems, self.parser.unit_id(row.values)))
            else:
                good.append((raw, row))
        return good, kept

    def _parsed(self, rows: list[RawRow]) -> Chunk:
        good, kept = [], []
        for raw in rows:
            row = self.parser.parse(raw)
            if isinstance(row, Kept):
                kept.append(row)
            else:
                self.order.see(row)
                good.append((raw, row))
        return Chunk(good, kept)

    def _kept_by_room(self, raw: RawRow, row: ParsedRow, outcome: Outcome) -> Kept:
        if outcome.reason is None:
            raise RuntimeError("a row is quarantined with a reason: quarantined(Text(…))")
        return Kept(raw, (Problem(outcome.column, "", outcome.reason),), self.parser.unit_id(row.values))

    def _outcomes(self, rows: list[ParsedRow]) -> list[Outcome]:
        outcomes = list(self.template.apply(rows, self.context)) if rows else []
        if len(outcomes) != len(rows):
            raise RuntimeError(f"template {self.template.name}: {len(rows)} rows, {len(outcomes)} outcomes")
        return outcomes

    def _keep(self, kept: list[Kept]) -> None:
        self.batch.quarantined += len(kept)
        if self.batch.state == Batch.TRIED:
            self.kept_of_trial += kept[: max(0, KEPT_OF_A_TRIAL - len(self.kept_of_trial))]
        else:
            self._quarantine(kept)

    def _quarantine(self, kept: list[Kept]) -> None:
        names = ["batch", "number", "scope_unit_id", "cells", "column", "value", "reason_vi", "reason_en", "secrecy"]
        in_order = sorted(kept, key=lambda one: one.row.number)
        rows = ((self.batch.pk, *_quarantine_values(one), self.parser.secrecy(one.row)) for one in in_order)
        insert_rows(QuarantinedRow, names, rows)


def _quarantine_values(kept: Kept) -> tuple[int, int | None, list[str], str, str, str, str]:
    first, reason = kept.problems[0], kept.reason
    cells = [shown(cell) for cell in kept.row.cells]
    return kept.row.number, kept.unit_id, cells, first.column, first.value, reason.vi, reason.en
