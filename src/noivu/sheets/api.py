"""sheets: how rows come in and go out.

A room declares a `Template` in its `imports.py`; officials fill it (or bring a register of their own, whose heads are
mapped once); `import_file` reads the file in a limited child process, checks each cell, and hands typed rows to the
room's `apply`, chunk by chunk, in ONE transaction with its audit entry. So a batch is there wholly or not at all.

Words: a *template* (mẫu nhập) has *columns*; a *batch* (lô nhập) is one file imported once; a row is *applied*,
*unchanged* (the record already says so) or *quarantined* (kept aside with its reason, to be corrected).
Invariant: read = applied + unchanged + quarantined.

    from noivu.sheets.api import Column, Template, applied, declare, quarantined, unchanged, unit_column

    def apply(rows, context):
        # rows: at most 10,000 ParsedRow; answer one Outcome per row, in order. Set-based: one SELECT by keys,
        # one bulk write. `context.unit`, `context.actor`, `context.given`, `context.cache`.
        ...

    declare(Template(name="documents-in", label=Text(...), columns=(unit_column("arrived_on"), ...),
            apply=apply, verb="records.edit", scope_column="unit"))

`units` adds the kind `unit` by `provide_kind("unit", parse, hint)`: `parse(cell, reading)` gets the cell and a Reading
(`column`, `on`: the date of the column's `on=`, `context`, `row`, `beside`), and returns the Unit or raises a Refusal
(or CellProblem). Its `review(context)` is asked once after all cells: the Finding may put rows in doubt, which are then
kept aside, and say as of which date the codes seem to be meant; `Source(codes_of=…)` has them read so.
`import_file(actor=…, template=template_named("documents-in"), source=Source(path, unit_code="SNV-40"))` is what the
command line and the pages call; a demo may call it too.
`write_xlsx` and `write_csv` are the only writers of tables: no cell of theirs is ever run by a spreadsheet.
"""

from noivu.sheets.columns import unit_column
from noivu.sheets.declarations import (
    APPLIED,
    QUARANTINED,
    UNCHANGED,
    Column,
    ImportContext,
    Outcome,
    ParsedRow,
    Template,
    applied,
    declare,
    quarantined,
    template_named,
    templates,
    unchanged,
)
from noivu.sheets.importing import import_file
from noivu.sheets.kinds import CellProblem, Finding, Kind, Reading, provide_kind
from noivu.sheets.mapping import ColumnMap
from noivu.sheets.models import Batch, QuarantinedRow
from noivu.sheets.planning import Source
from noivu.sheets.reading.limits import AT_THE_COMMAND_LINE, FROM_THE_WEB, Limits
from noivu.sheets.sending import XLSX, table_file
from noivu.sheets.writing import OutColumn, write_csv, write_xlsx

__all__ = [
    "APPLIED",
    "AT_THE_COMMAND_LINE",
    "FROM_THE_WEB",
    "QUARANTINED",
    "UNCHANGED",
    "XLSX",
    "Batch",
    "CellProblem",
    "Column",
    "ColumnMap",
    "Finding",
    "ImportContext",
    "Kind",
    "Limits",
    "OutColumn",
    "Outcome",
    "ParsedRow",
    "QuarantinedRow",
    "Reading",
    "Source",
    "Template",
    "applied",
    "declare",
    "import_file",
    "provide_kind",
    "quarantined",
    "table_file",
    "template_named",
    "templates",
    "unchanged",
    "unit_column",
    "write_csv",
    "write_xlsx",
]
