"""How a source is to be read: said by a file (`--map`), chosen on screen, or remembered from the last time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import QuerySet

from noivu.audit.api import record
from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.sheets.declarations import Template
from noivu.sheets.heads import Heads, bare
from noivu.sheets.models import RememberedHeads

_LARGEST = 1_000_000
_LETTERS = 26
_KNOWN = {"columns", "fixed", "sheet", "header_row"}


@dataclass(frozen=True)
class ColumnMap:
    """What a person said about a source.

    `columns`: head (or column letter) → key, blank to leave it out. `fixed`: key → a value for every row. `sheet` and
    `header_row` say where to look.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None

    def keys_of(self, heads: Heads) -> dict[int, str]:
        """The key at each place, by the head's words or else by the letter of the column."""
        by_label = {bare(label): key for label, key in self.columns.items()}
        keys = {}
        for place, label in enumerate(heads.labels):
            words = bare(label)
            key = by_label.get(words) if words else None
            if key is None:
                key = self.columns.get(_letter(place))
            if key is not None:
                keys[place] = key
        return keys


def _letter(place: int) -> str:
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_column_map(path: Path, template: Template) -> ColumnMap:
    """A mapping file in YAML or JSON: `{columns: {"Số đến": arrival_number}, fixed: {…}, sheet: …, header_row: …}`.

    The short form is `{"Số đến": arrival_number, …}` alone.
    """
    if path.stat().st_size > _LARGEST:
        raise _wrong(path, Text(vi="tệp quá lớn", en="it is too large"))
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(path, Text(vi="không phải YAML hay JSON", en="it is neither YAML nor JSON")) from error
    if not isinstance(content, dict):
        raise _wrong(path, Text(vi="không phải bảng tiêu đề → cột", en="it is not a table of heads → columns"))
    return column_map(content, template, path)


def column_map(content: Mapping[str, Any], template: Template, path: Path | None = None) -> ColumnMap:
    """The mapping that such content says; a Refusal names a column the template does not have."""
    if not any(isinstance(content.get(name), dict) for name in ("columns", "fixed")):
        content = {
            "columns": {k: v for k, v in content.items() if k not in ("sheet", "header_row")},
            **_places(content),
        }
    columns = {str(label): str(key or "").strip() for label, key in dict(content.get("columns") or {}).items()}
    fixed = {str(key): str(value) for key, value in dict(content.get("fixed") or {}).items()}
    columns = {label: "" if key == "-" else key for label, key in columns.items()}
    unknown = [key for key in [*columns.values(), *fixed] if key and key not in template.by_key]
    twice = [key for key in columns.values() if key and list(columns.values()).count(key) > 1]
    strange = set(content) - _KNOWN
    if unknown or twice or strange:
        names = ", ".join(dict.fromkeys([*unknown, *twice, *strange]))
        raise _wrong(path, Text(vi=f"cột không có hoặc lặp lại: {names}", en=f"unknown or repeated columns: {names}"))
    sheet, row = content.get("sheet"), content.get("header_row")
    if not (sheet is None or isinstance(sheet, str)) or not (row is None or type(row) is int):
        raise _wrong(
            path, Text(vi="sheet là tên trang, header_row là số dòng", en="sheet is a name, header_row a row number")
        )
    return ColumnMap(columns, fixed, sheet, row)


def _places(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: content[name] for name in ("sheet", "header_row") if name in content}


def _wrong(path: Path | None, why: Text) -> Refusal:
    name = path.name if path else ""
    return Refusal(
        what=Text(vi=f"Bảng đối chiếu cột {name} sai: {why.vi}.", en=f"The column map {name} is wrong: {why.en}."),
        do=Text(
            vi='Viết như: columns: {"Số đến": arrival_number, "Ngày đến": arrived_on}.',
            en='Write for example: columns: {"Số đến": arrival_number, "Ngày đến": arrived_on}.',
        ),
        code="map",
    )


def reader_of(actor: Actor, unit_id: int | None) -> str:
    """For whom a reading of heads is kept: the unit that the file is for, or else the person alone."""
    return f"actor {actor.id}" if unit_id is None else f"unit {unit_id}"


def remembered(template: Template, heads: Heads, kept_for: str) -> dict[int, str] | None:
    """How these very heads were understood before, for this unit or person; None when they are new."""
    row = _kept(template.name, heads, kept_for).first()
    if row is None:
        return None
    return {int(place): key for place, key in row.keys.items()}


def is_remembered(template: str, heads: Heads, kept_for: str) -> bool:
    """Whether somebody chose how these heads are read."""
    return _kept(template, heads, kept_for).exists()


def _kept(template: str, heads: Heads, kept_for: str) -> QuerySet[RememberedHeads]:
    return RememberedHeads.objects.filter(template=template, signature=heads.signature, kept_for=kept_for)


def remembered_signatures(template: Template, kept_for: str) -> frozenset[str]:
    """The heads met before for this template and this unit or person."""
    rows = RememberedHeads.objects.filter(template=template.name, kept_for=kept_for)
    return frozenset(rows.values_list("signature", flat=True))


@transaction.atomic
def remember(
    *, actor: Actor, template: Template, heads: Heads, keys: Mapping[int, str], kept_for: str
) -> RememberedHeads:
    """Keep how a source's heads were understood, so that it is asked once."""
    row, _ = RememberedHeads.objects.update_or_create(
        template=template.name,
        signature=heads.signature,
        kept_for=kept_for,
        defaults={
            "keys": {str(place): key for place, key in keys.items()},
            "decided_at": clock.now(),
            "actor_id": actor.id,
        },
    )
    understood = {heads.labels[place]: key for place, key in keys.items() if key}
    after = {"template": template.name, "kept_for": kept_for, **understood}
    record(actor=actor, action="sheets.remember_heads", thing=row, after=after)
    return row


@transaction.atomic
def forget(*, actor: Actor, template: Template, heads: Heads, kept_for: str) -> None:
    """Ask again from the next file on; nothing happens where nothing was kept."""
    for row in _kept(template.name, heads, kept_for):
        before = {"template": template.name, "kept_for": kept_for}
        record(actor=actor, action="sheets.forget_heads", thing=row, before=before)
        row.delete()
