"""Who is to do it, as sheets name them: an account where the name is exactly one person's of the unit, else a name."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from noivu.accounts.api import Colleague, colleagues_named
from noivu.core import access, clock
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.intake.checking import Reason
from noivu.sheets.api import Column, ImportContext, ParsedRow
from noivu.ui.forms import UnitField
from noivu.units.api import Unit, tree

COLUMN = "assigned_to"
ASSIGNED_TO = ("assigned_to", "assigned_officer")
"""What the column says of whoever does it."""
OFFICER = Column(
    COLUMN,
    Text(vi="Người thực hiện", en="Assigned to"),
    help=Text(
        vi="Họ tên; là tên của đúng một người dùng của đơn vị thì người đó được giao. Trùng tên: “Họ tên · tài khoản”.",
        en="A name; that of exactly one user of the unit is given it. Of namesakes: “Full name · account”.",
    ),
)
_UNKNOWN_ACCOUNT = Text(
    vi="Đơn vị {unit} không có tài khoản đang dùng như đã ghi. Kiểm tra tài khoản, hoặc chỉ ghi họ tên.",
    en="{unit} has no such active account. Check the account, or write the name alone.",
)
_NO_ACCOUNT = Text(
    vi="Dòng {row}: không người dùng nào của {unit} mang tên ở ô này; chỉ ghi tên, không giao cho tài khoản nào.",
    en="Row {row}: no user of {unit} bears the name in this cell; it stays a name and is given to no account.",
)
_SEVERAL = Text(
    vi="Dòng {row}: {unit} có {n} người dùng cùng tên ở ô này; chỉ ghi tên. Ghi “Họ tên · tài khoản” để giao.",
    en="Row {row}: {n} users of {unit} bear the name in this cell; it stays a name. Write “Full name · account”.",
)


class Officers:
    """Who is meant in the rows of a chunk, each by the unit that is to do it. One statement for all rows."""

    def __init__(self, rows: Sequence[ParsedRow], context: ImportContext, unit_of: Callable[[ParsedRow], Unit]) -> None:
        self._context, self._unit_of = context, unit_of
        self._reach: dict[int, bool] = {}
        asked = {(unit_of(row).pk, nfc(row[COLUMN])) for row in rows if row[COLUMN]}
        within = {(unit_id, typed) for unit_id, typed in asked if self._reaches(unit_id)}
        self._found: Mapping[tuple[int, str], Sequence[Colleague]] = colleagues_named(within) if within else {}

    def reasons(self, row: ParsedRow) -> Iterable[Reason]:
        """An account is named, and the unit has none of that name."""
        if row[COLUMN] and UnitField.SEPARATOR in nfc(row[COLUMN]) and not self._people(row):
            yield COLUMN, _UNKNOWN_ACCOUNT.format(unit=_called(self._unit_of(row)))

    def said(self, row: ParsedRow) -> dict[str, str]:
        """The name and the account, where the file has the column."""
        if COLUMN not in self._context.given:
            return {}
        people = self._people(row) if row[COLUMN] else ()
        if len(people) == 1:
            return {"assigned_to": people[0].full_name, "assigned_officer": people[0].account}
        if row[COLUMN]:
            self._tell(row, len(people))
        return {"assigned_to": nfc(row[COLUMN] or ""), "assigned_officer": ""}

    def _people(self, row: ParsedRow) -> Sequence[Colleague]:
        return self._found.get((self._unit_of(row).pk, nfc(row[COLUMN])), ())

    def _reaches(self, unit_id: int) -> bool:
        if unit_id not in self._reach:
            self._reach[unit_id] = access.may(self._context.actor, "work.do", access.OfUnit(unit_id))
        return self._reach[unit_id]

    def _tell(self, row: ParsedRow, number: int) -> None:
        """A name that is no one person's is told once in a file, at its first row."""
        told: set[tuple[int, str]] = self._context.cache.setdefault("names without an account", set())
        unit = self._unit_of(row)
        key = unit.pk, nfc(row[COLUMN])
        if key not in told:
            told.add(key)
            words = _SEVERAL if number else _NO_ACCOUNT
            self._context.warnings.append(words.format(row=row.number, unit=_called(unit), n=number))


def _called(unit: Unit) -> str:
    node = tree(clock.today()).node(unit.pk)
    return node.name if node else str(unit)
