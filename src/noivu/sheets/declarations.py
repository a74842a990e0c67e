"""What a room declares so that rows can come in: templates, their columns, and what becomes of each row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.registry import Registry
from noivu.core.wording import Text, both


@dataclass(frozen=True)
class Column:
    """One column of an import template.

    `key` is the public name in the header row (interface.md); `label` its head in words; `kind` one of text, date,
    partial_date, integer, boolean, choice, or a provided one (unit). `is_key` columns identify a row within the unit.
    `choices` maps a code to its words (kind choice; a cell may hold either). `on` names the column whose date says as
    of when a unit is meant. `also_called` are other heads in registers that carry it. `example` fills the example row.
    """

    key: str
    label: Text
    kind: str = "text"
    required: bool = False
    is_key: bool = False
    help: Text = field(default_factory=lambda: both(""))
    choices: Mapping[str, Text] = field(default_factory=dict)
    on: str = ""
    also_called: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """One row of a file with typed values by column key; a blank cell is None (a blank boolean is False).

    `number` is the row as a spreadsheet shows it.
    """

    number: int
    values: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: made by `applied`, `unchanged` or `quarantined`."""

    state: str
    kind: str = ""
    id: int | str = ""
    after: Mapping[str, Any] = field(default_factory=dict)
    reason: Text | None = None
    column: str = ""


APPLIED, UNCHANGED, QUARANTINED = "applied", "unchanged", "quarantined"


def applied(kind: str, id: int | str, after: Mapping[str, Any]) -> Outcome:
    """The row changed a record (`kind`: its model label, "records.incomingdocument"); `after` goes to the log."""
    return Outcome(APPLIED, kind=kind, id=id, after=after)


def unchanged() -> Outcome:
    """The record already stands as the row says."""
    return Outcome(UNCHANGED)


def quarantined(reason: Text, column: str = "") -> Outcome:
    """The row cannot be applied; the reason says what to correct, in both languages."""
    return Outcome(QUARANTINED, reason=reason, column=column)


@dataclass(frozen=True)
class ImportContext:
    """What the applying room may know of the import. `cache` lives as long as the batch.

    `unit` is the one named for the whole file, or None. `given` are the keys of the columns that the file has: a column
    that is not given says nothing, which differs from a blank cell. `codes_of` is the date as of which the codes
    of the file are meant, as the importer says; None: each as of the date of its row. `warnings`: what the room says of
    rows that it applied nonetheless; the batch shows the first of them and how many there are.
    """

    actor: Actor
    unit: Any | None
    batch: Any
    given: frozenset[str]
    cache: dict[Any, Any] = field(default_factory=dict)
    codes_of: date | None = None
    warnings: list[Text] = field(default_factory=list)


Names = Callable[[Mapping[str, Any]], tuple[str, str]]
"""What other rows of a file call a row, and what it calls the one that it leans on ("": none)."""
Apply = Callable[[Sequence[ParsedRow], ImportContext], Sequence[Outcome]]


@dataclass(frozen=True)
class Template:
    """An import template: a name of interface.md, its columns in order, and the function that applies its rows.

    `apply` is called once per chunk of at most 10,000 rows, inside the one transaction of the batch, and answers one
    Outcome per row in the same order. `verb` is asked of the actor for the unit in column `scope_column` of every row
    (without one: for the unit named for the file). `action` is the declared audit action of the batch.
    `identify` gives the key of a row where the key columns alone do not say it (05 and 5; numbers that begin anew each
    year): rows of one file with the same key are refused but the first. `names`: where rows may lean on other rows of
    the file, these come before them, in whatever chunk they stand; within one chunk `apply` sees to it.
    """

    name: str
    label: Text
    columns: tuple[Column, ...]
    apply: Apply
    verb: str
    scope_column: str = ""
    action: str = "sheets.import"
    identify: Callable[[Mapping[str, Any]], tuple[Any, ...]] | None = None
    names: Names | None = None
    description: Text = field(default_factory=lambda: both(""))

    def __post_init__(self) -> None:
        known = {column.key for column in self.columns}
        named = [column.on for column in self.columns if column.on] + [self.scope_column] * bool(self.scope_column)
        missing = [key for key in named if key not in known]
        if len(known) != len(self.columns) or missing or not self.keys:
            raise ValueError(
                f"template {self.name}: columns repeat, key columns lack, or unknown ones are named {missing}"
            )

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        return {column.key: column for column in self.columns}

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that identify a row, in order."""
        return tuple(column.key for column in self.columns if column.is_key)


templates: Registry[Template] = Registry("import templates", key=lambda template: template.name)


def declare(*declared: Template) -> None:
    """Make templates known; called in the `imports` of a room."""
    templates.declare_all(declared)


def template_named(name: str) -> Template:
    """The template of that name, or a Refusal that lists those there are."""
    template = templates.get(name)
    if template is None:
        known = ", ".join(sorted(templates.codes))
        raise Refusal(
            what=Text(vi=f"Không có mẫu nhập “{name}”.", en=f"There is no import template “{name}”."),
            do=Text(vi=f"Các mẫu hiện có: {known}.", en=f"There are: {known}."),
            code="template",
        )
    return template
