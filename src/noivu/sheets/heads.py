"""The heads of a foreign file: where they stand, and which column of the template each one means."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from noivu.core.refusals import Refusal
from noivu.core.text import fold
from noivu.core.wording import Text, both
from noivu.sheets.declarations import Column, Template
from noivu.sheets.kinds import shown
from noivu.sheets.reading.parent import RawRow

REASON_HEADS = ("noivu_dong", "noivu_cot", "noivu_ly_do")
"""Heads that the export of kept rows adds; an import passes over them."""
LOOKED_AT = 60
_FEWEST = 2
_NAME_THE_UNIT = Text(
    vi=" Nếu cả tệp là của một đơn vị: --unit MÃ.", en=" If the whole file is of one unit: --unit CODE."
)
_NEAR = 80
_MARKS = re.compile(r"[*★⚿:]|\(\d+\)|\s*\n\s*")
_Merged = Sequence[tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Heads:
    """The head row(s) of a file: the label at each place, and the number of the last head row."""

    labels: tuple[str, ...]
    row: int

    @property
    def signature(self) -> str:
        """The hash by which the same source is known again: its labels, folded, in order."""
        known = [bare(label) for label in self.labels if label not in REASON_HEADS]
        while known and not known[-1]:
            known.pop()
        return hashlib.sha256("\x1f".join(known).encode()).hexdigest()


def bare(label: str) -> str:
    """A head for comparison: folded, without stars, numbers in brackets and line breaks."""
    return fold(_MARKS.sub(" ", label))


def vocabulary(template: Template) -> dict[str, str]:
    """Every folded name under which a column of the template may stand, with its key."""
    names: dict[str, str] = {}
    for column in template.columns:
        for name in (*column.also_called, column.label.en, column.label.vi, column.key, column.key.replace("_", " ")):
            names[bare(name)] = column.key
    return names


@dataclass(frozen=True, slots=True)
class Clues:
    """By what the heads of a file are found: names of columns, heads met before, the row where they are said to be."""

    names: Mapping[str, str]
    signatures: frozenset[str] = frozenset()
    row: int | None = None


def find_heads(rows: Sequence[RawRow], merged: _Merged, clues: Clues) -> Heads:
    """The heads among the first rows: those met before, else those that name the most columns, else the first.

    They are one row, or two where merged cells stand above.
    """
    candidates = [heads for heads in _candidates(rows, merged) if clues.row is None or heads.row == clues.row]
    if not candidates:
        raise _no_heads()
    return max(
        candidates,
        key=lambda heads: (heads.signature in clues.signatures, len(_matches(heads, clues.names)), -heads.row),
    )


def _candidates(rows: Sequence[RawRow], merged: _Merged) -> Iterable[Heads]:
    for place, row in enumerate(rows):
        labels = tuple(shown(cell).strip() for cell in row.cells)
        if sum(bool(label) for label in labels) >= _FEWEST:
            yield Heads(labels, row.number)
            above = rows[place - 1] if place else None
            if above is not None and above.number == row.number - 1:
                yield Heads(_joined(_spread(above, merged, len(labels)), labels), row.number)


def _spread(above: RawRow, merged: _Merged, width: int) -> list[str]:
    """The labels of an upper head row, each over all the columns it was merged across."""
    labels = [shown(above.cell(place)).strip() for place in range(max(width, len(above.cells)))]
    wide = {first: last for row, first, _, last in merged if row == above.number - 1}
    for first, last in wide.items():
        for place in range(first, min(last + 1, len(labels))):
            labels[place] = labels[first]
    if not merged:
        for place in range(1, len(labels)):
            labels[place] = labels[place] or labels[place - 1]
    return labels


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    width = max(len(upper), len(lower))
    pairs = [(upper[n] if n < len(upper) else "", lower[n] if n < len(lower) else "") for n in range(width)]
    return tuple(f"{above} / {below}" if above and below else above or below for above, below in pairs)


def _matches(heads: Heads, names: Mapping[str, str]) -> set[str]:
    return {key for label in heads.labels if (key := _meaning(label, names))}


def _meaning(label: str, names: Mapping[str, str]) -> str:
    """The key a label means by name; of a joined head, also by its lower part or both parts without the stroke."""
    forms = [label, label.replace(" / ", " "), label.rsplit(" / ", 1)[-1]]
    return next((names[bare(form)] for form in forms if bare(form) in names), "")


def understood(heads: Heads, names: Mapping[str, str]) -> dict[int, str]:
    """The column key at each place whose label is known; the first label that means a column has it."""
    keys: dict[int, str] = {}
    for place, label in enumerate(heads.labels):
        key = "" if label in REASON_HEADS else _meaning(label, names)
        if key and key not in keys.values():
            keys[place] = key
    return keys


def suggestions(heads: Heads, template: Template, keys: Mapping[int, str]) -> dict[int, str]:
    """For places not understood, the column that sounds most alike, if any does."""
    open_names = {name: key for name, key in vocabulary(template).items() if key not in keys.values()}
    found: dict[int, str] = {}
    for place, label in enumerate(heads.labels):
        if place in keys or not bare(label) or label in REASON_HEADS:
            continue
        near = process.extractOne(bare(label), open_names.keys(), scorer=fuzz.token_set_ratio, score_cutoff=_NEAR)
        if near and open_names[near[0]] not in found.values():
            found[place] = open_names[near[0]]
    return found


def missing_columns(template: Template, keys: Iterable[str]) -> list[Column]:
    """The columns without which the template cannot be read, and which are not there."""
    there = set(keys)
    return [column for column in template.columns if (column.required or column.is_key) and column.key not in there]


def require_columns(template: Template, heads: Heads, keys: Mapping[int, str], given: Iterable[str]) -> None:
    """Refuse a file that lacks required columns, naming them, and the heads that might mean them."""
    missing = missing_columns(template, [*keys.values(), *given])
    if not missing:
        return
    guesses = {key: heads.labels[place] for place, key in suggestions(heads, template, keys).items()}
    spoken = [
        Text(vi=f"{column.label.vi} ({column.key})", en=f"{column.label.en} ({column.key})") for column in missing
    ]
    example = ", ".join(f'"{guesses.get(column.key, "…")}": {column.key}' for column in missing)
    lacks_unit = template.scope_column in {column.key for column in missing}
    unit = _NAME_THE_UNIT if lacks_unit else both("")
    raise Refusal(
        what=Text(
            vi=f"Thiếu cột bắt buộc: {'; '.join(t.vi for t in spoken)}.",
            en=f"Required columns are missing: {'; '.join(t.en for t in spoken)}.",
        ),
        why=Text(
            vi=f"Tiêu đề đọc ở dòng {heads.row}: {_listed(heads)}.",
            en=f"Heads were read in row {heads.row}: {_listed(heads)}.",
        ),
        do=Text(
            vi=f"Đặt tên cột như mẫu (noivu template {template.name}), hoặc chỉ cột tương ứng bằng --map với tệp YAML: "
            f"columns: {{{example}}}.{unit.vi}",
            en=f"Name the columns as in the template (noivu template {template.name}), or say which is which by --map "
            f"and a YAML file: columns: {{{example}}}.{unit.en}",
        ),
        where=str(heads.row),
        code="columns",
    )


def _listed(heads: Heads) -> str:
    labels = [label for label in heads.labels if label]
    return ", ".join(f"“{label[:40]}”" for label in labels[:12]) + (" …" if len(labels) > 12 else "")


def _no_heads() -> Refusal:
    return Refusal(
        what=Text(vi="Không tìm thấy dòng tiêu đề.", en="No head row was found."),
        do=Text(
            vi="Dòng đầu của bảng phải ghi tên các cột; tải mẫu nhập để xem.",
            en="The first row of the table must name its columns; download the template to see them.",
        ),
        code="heads",
    )


def is_repetition_of_heads(row: RawRow, keys: Mapping[int, str], template: Template) -> bool:
    """The row of labels under the keys, or a row of column numbers (1) (2) (3): no data."""
    filled = {
        place: shown(row.cell(place)).strip() for place in range(len(row.cells)) if shown(row.cell(place)).strip()
    }
    if len(filled) < _FEWEST:
        return False
    numbers = [re.sub(r"[()\s]", "", text) for text in filled.values()]
    if numbers == [str(number) for number in range(1, len(numbers) + 1)] and _in_brackets(filled.values()):
        return True
    return all(_is_label(text, template.by_key.get(keys.get(place, ""))) for place, text in filled.items())


def _in_brackets(texts: Iterable[str]) -> bool:
    return all(text.startswith("(") and text.endswith(")") for text in texts)


def _is_label(text: str, column: Column | None) -> bool:
    return column is not None and bare(text) in {bare(column.label.vi), bare(column.label.en)}


def is_example(row: RawRow, keys: Mapping[int, str], template: Template) -> bool:
    """The example row of the template, untouched: passed over."""
    examples = {key: column.example for key, column in template.by_key.items() if column.example}
    found = {key: shown(row.cell(place)).strip() for place, key in keys.items()}
    return bool(examples) and all(found.get(key, "") == examples.get(key, "") for key in template.by_key)
