"""The unit cells of one file: read as of the dates of their rows, or as of a day that the importer names.

The same code means other units on other days: 26740 was Phường Bến Nghé and is Phường Sài Gòn. So the cells that fit
another day, and not the date of their row, are counted; when the whole file fits that day better, every code that meant
another unit then is put in doubt, and the importer is offered to have the codes read as of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from noivu.core import clock
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text, both
from noivu.sheets.api import CellProblem, Column, Finding, ImportContext, Reading
from noivu.units.annals import Spell, annals
from noivu.units.finding import find_node
from noivu.units.former import became_on
from noivu.units.models import Unit
from noivu.units.queries import tree
from noivu.units.revision import one_revision, revision
from noivu.units.tree import Node, Tree, name_key

_CODE = r"\d{2,6}|[A-ZĐ0-9]{2,}(?:-[A-ZĐ0-9]+)+"
_CODE_FIRST = re.compile(rf"^({_CODE})(?:\s*[-–:.,]\s*|\s+)([^\W\d].+)$")
_CODE_LAST = re.compile(rf"^(.+?)\s*[-–:,]?\s*[(\[]({_CODE})[)\]]$")
_LISTED, _DAYS_TRIED = 3, 5
_ONE_OF_SEVERAL = Column("units", both(""), kind="unit")
_FITS_BETTER = Text(
    vi="{n} dòng ghi mã hoặc tên đơn vị của ngày {day}, không phải của ngày ghi trong dòng; ví dụ: {examples}. "
    "Có thể đọc mã theo ngày {day} và chuyển sang đơn vị kế thừa (dòng lệnh: --codes-of {iso}).{doubted}",
    en="Rows with codes or names of units of {day}, and not of their own dates: {n}, e.g. {examples}. "
    "They may be read as of {day} and converted to the successors (command line: --codes-of {iso}).{doubted}",
)
_DOUBTED = Text(
    vi=" {n} dòng có mã của hai đơn vị khác nhau ở hai ngày nên giữ lại.",
    en=" Kept aside because their code means two units on the two days: {n}.",
)
_SOME_ODD = Text(
    vi="{n} dòng ghi mã hoặc tên mà đơn vị chỉ mang vào ngày khác; ví dụ: {examples}. Lý do ghi ở từng dòng.",
    en="Rows with codes or names that a unit bore on other days only: {n}, e.g. {examples}. Each row says why.",
)
_BY_ROW_DATE = Text(
    vi="{n} dòng có mã mà vào ngày khác là của đơn vị khác; đã đọc theo ngày ghi trong dòng. Ví dụ: {examples}.",
    en="Rows with a code that is another unit's on other days, read as of the date of the row: {n}, e.g. {examples}.",
)
_READ_AS_OF = Text(
    vi="Mã đơn vị trong tệp được đọc theo ngày {day}; {n} dòng chuyển sang đơn vị kế thừa.",
    en="The codes of units in the file are read as of {day}; rows converted to the successors: {n}.",
)


@dataclass(slots=True)
class _Cell:
    """What a cell meant. `others` bore the same code (or the name, where nobody does) on other days."""

    said: str
    on: date
    node: Node | None = None
    reason: Text | None = None
    others: Sequence[Spell] = ()
    is_converted: bool = False
    unit: Unit | None = None
    rows: list[int] = field(default_factory=list)
    count: int = 0
    last_row: int = 0

    @property
    def is_misfit(self) -> bool:
        return self.node is None and bool(self.others)

    def counted(self, row: int) -> None:
        """Each row once; which rows they are is kept where it may have to be told."""
        if row and row != self.last_row:
            self.last_row = row
            self.count += 1
            if self.others or self.is_converted:
                self.rows.append(row)

    def fits(self, day: date) -> bool:
        code, _, label = self.said.partition("\n")
        return any(s.holds(day) and _bears(s.name, label) for s in annals().bearers(code))


class UnitCells:
    """All unit cells of a file: each is looked up once for a day, however many rows hold it."""

    def __init__(self, codes_of: date | None) -> None:
        self.codes_of = codes_of
        self._revision = revision()
        self._seems_of: date | None = None
        self._trees: dict[date, Tree] = {}
        self._cells: dict[tuple[str, date, bool], _Cell] = {}

    def read(self, typed: str, reading: Reading) -> Unit:
        """The unit that a cell means; a CellProblem says why none, or not which."""
        cell = self._cell(typed, reading)
        cell.counted(reading.row)
        if cell.unit is None:
            raise CellProblem(cell.reason or Text(vi=typed, en=typed))
        return cell.unit

    def _cell(self, typed: str, reading: Reading) -> _Cell:
        on, of_row = reading.on or clock.today(), reading.row > 0
        cell = self._cells.get((typed, on, of_row))
        if cell is None:
            cell = self._cells[typed, on, of_row] = self._look(typed, on, of_row)
        if not (of_row and cell.others) or "\n" in cell.said:
            return cell
        label = _label_beside(cell, reading.beside())
        if not label:
            return cell
        labelled = self._cells.get((f"{typed}\n{label}", on, of_row))
        if labelled is None:
            labelled = self._cells[f"{typed}\n{label}", on, of_row] = self._look(typed, on, of_row, label)
        return labelled

    def _tree(self, day: date) -> Tree:
        if day not in self._trees:
            self._trees[day] = tree(day)
        return self._trees[day]

    def _look(self, typed: str, on: date, of_row: bool, label: str = "") -> _Cell:
        """One state of the register throughout the file, and asked for once."""
        with one_revision(self._revision):
            return self._looked(typed, on, of_row, label)

    def _looked(self, typed: str, on: date, of_row: bool, label: str) -> _Cell:
        day = self.codes_of if of_row and self.codes_of else on
        code, inner = _code_and_label(typed, self._tree(day))
        label = label or inner
        cell = _Cell(f"{code}\n{label}" if label else code, on)
        try:
            cell.node = find_node(code, self._tree(day), day)
        except Refusal as refusal:
            cell.reason = refusal.text()
            if refusal.code == "units.ambiguous":
                return cell
        if cell.node is not None and not _bears(cell.node.name, label):
            cell.reason = _is_not(code, cell.node, label, day)
            cell.node = None
        if day != on and cell.node is not None:
            self._convert(cell, cell.node, day)
        elif day == on and of_row:
            cell.others = _others(code, label, cell.node, on)
        if cell.node is not None:
            cell.unit = Unit.from_db("default", ["id", "family"], [cell.node.id, cell.node.family])
        return cell

    def _convert(self, cell: _Cell, then: Node, day: date) -> None:
        """From the unit of the day on which its code was read to the one that has all of it on the date of the row."""
        units = self._tree(cell.on)
        if then.id in units:
            cell.node = units.nodes[then.id]
            return
        became, is_whole = became_on(then.id, units, day)
        cell.is_converted = is_whole
        cell.node = became[0] if is_whole else None
        cell.reason = None if is_whole else _not_one(then, became, day, cell.on)

    def finding(self) -> Finding:
        """What is to be said of the file when all its cells were read."""
        with one_revision(self._revision):
            return self._found()

    def _found(self) -> Finding:
        cells = list(self._cells.values())
        if self.codes_of is not None:
            converted = _rows(cell for cell in cells if cell.is_converted)
            return Finding((_READ_AS_OF.format(day=format_day(self.codes_of), n=converted),))
        misfits = [cell for cell in cells if cell.is_misfit and cell.count]
        if not misfits:
            doubtful = [cell for cell in cells if cell.others and cell.count and not _is_of_a_namesake(cell)]
            said = _BY_ROW_DATE.format(n=_rows(doubtful), examples=_examples(doubtful))
            return Finding((said,)) if doubtful else Finding()
        day, there = _best_day(misfits, cells)
        if there <= sum(cell.count for cell in cells if cell.node):
            return Finding((_SOME_ODD.format(n=_rows(misfits), examples=_examples(misfits)),))
        self._seems_of = day
        return Finding((_told(day, cells),), day, lambda typed, reading: self.doubt(str(typed).strip(), reading))

    def doubt(self, typed: str, reading: Reading) -> Text | None:
        """Why a cell cannot be relied on, in a file whose codes seem to be of another day."""
        day = self._seems_of
        if day is None or not reading.row:
            return None
        cell = self._cell(typed, reading)
        other = _other_of(cell, day)
        if other is None or cell.node is None:
            return None
        on, then = format_day(cell.on), format_day(day)
        code, now = other.code, cell.node.name
        return Text(
            vi=f"Mã {code} ngày {on} là {now}, ngày {then} là {other.name}; các dòng khác của tệp dùng mã của ngày "
            f"{then} nên không rõ đơn vị nào. Chọn đọc mã theo ngày đó, hoặc ghi tên đầy đủ của đơn vị.",
            en=f"Code {code} is {now} on {on} and {other.name} on {then}; other rows of the file use codes of {then}, "
            "so it is not clear which is meant. Have the codes read as of that day, or enter the full name.",
        )


def cells_of(context: ImportContext) -> UnitCells:
    """The unit cells of a file, kept while it is imported."""
    kept: UnitCells | None = context.cache.get("units")
    if kept is None:
        kept = context.cache["units"] = UnitCells(context.codes_of)
    return kept


def unit_in_cell(typed: str, on: date, row: int, context: ImportContext) -> int:
    """One of several units that a cell names, read as a cell of the kind `unit` is; a Refusal says why not."""
    cells, reading = cells_of(context), Reading(_ONE_OF_SEVERAL, on, context, row)
    try:
        unit = cells.read(typed, reading)
    except CellProblem as problem:
        raise Refusal(what=problem.reason, code="units.cell") from problem
    if reason := cells.doubt(typed, reading):
        raise Refusal(what=reason, code="units.cell")
    return int(unit.pk)


def _code_and_label(typed: str, units: Tree) -> tuple[str, str]:
    """ "26740 - Phường Bến Nghé", "Phường Bến Nghé (26740)": the code, and the name beside it."""
    words = nfc(typed)
    if words in units.by_code or name_key(words) in units.by_name:
        return words, ""
    if first := _CODE_FIRST.match(words):
        return first.group(1), first.group(2)
    if last := _CODE_LAST.match(words):
        return last.group(2), last.group(1)
    return words, ""


def _bears(name: str, label: str) -> bool:
    return not label or name_key(name) == name_key(label)


def _label_beside(cell: _Cell, beside: Iterable[str]) -> str:
    """The name in the row that says whose the code is meant to be."""
    known = {name_key(spell.name) for spell in cell.others} | {name_key(cell.node.name) if cell.node else ""}
    return next((nfc(words) for words in beside if words and name_key(words) in known), "")


def _others(code: str, label: str, node: Node | None, on: date) -> Sequence[Spell]:
    """The other units that bore the code on other days; of a name that nobody bears on the day, those that did."""
    found = [s for s in annals().bearers(code) if not s.holds(on) and _bears(s.name, label)]
    if node is None:
        return found
    same_code = [s for s in found if s.code == node.code and s.unit != node.id]
    return [s for s in same_code if not (_bears(s.name, node.name) and _is_same_in_the_end(s, node, on))]


def _is_same_in_the_end(spell: Spell, node: Node, on: date) -> bool:
    """Whether all of a namesake is in the unit of the day: then both readings of the code lead to it."""
    day = spell.last_day if spell.ends_on <= on else spell.starts_on
    became, is_whole = became_on(spell.unit, tree(on), day)
    return is_whole and became[0].id == node.id


def _best_day(misfits: Sequence[_Cell], cells: Sequence[_Cell]) -> tuple[date, int]:
    """The day that most cells fit, and how many."""
    tried: Counter[date] = Counter()
    for cell in misfits:
        for day in {s.last_day if s.ends_on <= cell.on else s.starts_on for s in cell.others}:
            tried[day] += cell.count
    fits = {day: sum(cell.count for cell in cells if cell.fits(day)) for day, _ in tried.most_common(_DAYS_TRIED)}
    best = max(fits, key=lambda day: (fits[day], day))
    return best, fits[best]


def _is_of_a_namesake(cell: _Cell) -> bool:
    return cell.node is not None and all(_bears(spell.name, cell.node.name) for spell in cell.others)


def _other_of(cell: _Cell, day: date) -> Spell | None:
    return next((spell for spell in cell.others if spell.holds(day)), None)


def _rows(cells: Iterable[_Cell]) -> int:
    return len({row for cell in cells for row in cell.rows})


def _told(day: date, cells: Sequence[_Cell]) -> Text:
    misfits = [cell for cell in cells if cell.is_misfit and _other_of(cell, day)]
    doubtful = _rows(cell for cell in cells if cell.node and _other_of(cell, day))
    doubted = _DOUBTED.format(n=doubtful) if doubtful else Text(vi="", en="")
    examples = _examples(misfits, day)
    shown = format_day(day)
    return _FITS_BETTER.format(n=_rows(misfits), day=shown, examples=examples, iso=day.isoformat(), doubted=doubted)


def _examples(cells: Sequence[_Cell], day: date | None = None) -> Text:
    """The codes that most rows hold, each with the unit that bore it on the other day."""
    most = sorted(cells, key=lambda cell: (-cell.count, cell.said))[:_LISTED]
    told = [(cell, _other_of(cell, day) if day else cell.others[0]) for cell in most]
    pairs = [(other.code or cell.said, other, cell.node) for cell, other in told if other]
    return Text(
        vi="; ".join(f"{code} là {o.name}" + (f", nay đọc là {n.name}" if n else "") for code, o, n in pairs),
        en="; ".join(f"{code} is {o.name}" + (f", read as {n.name}" if n else "") for code, o, n in pairs),
    )


def _is_not(code: str, node: Node, label: str, on: date) -> Text:
    day = format_day(on)
    then = next((s for s in annals().bearers(code) if _bears(s.name, label)), None)
    vi, en = (
        f"Mã {code} ngày {day} là {node.name}, không phải {label}",
        f"On {day} code {code} is {node.name}, not {label}",
    )
    if then is None:
        return Text(vi=f"{vi}. Kiểm tra mã và tên.", en=f"{en}. Check the code and the name.")
    last = format_day(then.last_day) if then.ends_on <= on else ""
    first = format_day(then.starts_on)
    return Text(
        vi=f"{vi}: đơn vị này mang mã đó {f'đến hết {last}' if last else f'từ {first}'}.",
        en=f"{en}: that unit bore it {f'until the end of {last}' if last else f'from {first} on'}.",
    )


def _not_one(then: Node, became: Sequence[Node], day: date, on: date) -> Text:
    was, rows_day = format_day(day), format_day(on)
    listed = "; ".join(f"{node.name} ({node.code})" for node in became)
    if not listed:
        return Text(
            vi=f"{then.name} ({then.code}) của ngày {was} không có đơn vị kế thừa được ghi nhận vào ngày {rows_day}.",
            en=f"No successor of {then.name} ({then.code}) of {was} is recorded for {rows_day}.",
        )
    return Text(
        vi=f"{then.name} ({then.code}) của ngày {was} không ứng với một đơn vị duy nhất của ngày {rows_day}. "
        f"Chọn một: {listed}.",
        en=f"{then.name} ({then.code}) of {was} is not one single unit on {rows_day}. Choose one: {listed}.",
    )
