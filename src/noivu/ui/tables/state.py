"""What a reader chose in a register. It lives in the address, so that it can be sent, kept and gone back to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode

from noivu.core.refusals import Refusal
from noivu.core.text import fold, nfc
from noivu.ui.tables.filters import Filter

PAGING = ("after", "before", "at")
OPENED = "choices"
"""The parameter that names the condition whose choices are fetched."""


@dataclass(frozen=True)
class State:
    """One view of a register.

    `cut`, `sort` (without its minus) and `values` hold only what the register declares; what cannot be read stands in
    `problems` and is not applied. `typed` keeps what was typed, `kept` the parameters of the page around the register.
    `opened` names the condition whose choices are asked for.
    """

    cut: str = ""
    search: str = ""
    sort: str = ""
    descends: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Refusal, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    after: str = ""
    before: str = ""
    at: int = 1
    opened: str = ""

    @property
    def search_key(self) -> str:
        """What was searched for, folded: compare it with a folded column."""
        return fold(self.search)

    @property
    def is_narrowed(self) -> bool:
        """True when a search or a condition hides rows of the cut."""
        return bool(self.search or self.values)

    def value(self, code: str) -> Any:
        """A condition's value, or None."""
        return self.values.get(code)

    def address(self, drop: Sequence[str] = (), **changes: str) -> str:
        """The query string of this view with something changed; it leads to the first page unless `after` is given."""
        current = {**self.kept, **self.typed}
        if self.cut:
            current["cut"] = self.cut
        if self.search:
            current["q"] = self.search
        if self.sort:
            current["sort"] = f"-{self.sort}" if self.descends else self.sort
        wanted = {name: value for name, value in {**current, **changes}.items() if value and name not in drop}
        return f"?{urlencode(wanted)}"

    def address_by(self, name: str) -> Callable[[str], str]:
        """`address(name=value)` for the many values of a list to choose from: what they share is written once."""
        before, here, after = self.address(**{name: "\0"}).partition(f"{name}=%00")
        without = self.address(drop=(name,))

        def address(value: str) -> str:
            return before + here.replace("%00", quote_plus(value)) + after if value else without

        return address


def read_state(
    query: Mapping[str, str],
    filters: Sequence[Filter],
    cuts: Sequence[str],
    sorts: Sequence[str],
    defaults: tuple[str, str],
) -> State:
    """Read a view from the address; `defaults` are the cut and the sort when nothing was chosen."""
    values, problems = _read_filters(query, filters)
    names = {name for condition in filters for name in condition.names}
    cut, sort = query.get("cut", ""), query.get("sort", "")
    if sort.removeprefix("-") not in sorts:
        sort = defaults[1]
    return State(
        cut=cut if cut in cuts else defaults[0],
        search=nfc(query.get("q", ""))[:200],
        sort=sort.removeprefix("-"),
        descends=sort.startswith("-"),
        values=values,
        typed={name: query[name] for name in names if query.get(name)},
        problems=tuple(problems),
        kept={k: v for k, v in query.items() if k not in names and k not in {"cut", "q", "sort", OPENED, *PAGING}},
        after=query.get("after", ""),
        before=query.get("before", ""),
        at=_position(query.get("at", "")),
        opened=query.get(OPENED, ""),
    )


def _read_filters(query: Mapping[str, str], filters: Sequence[Filter]) -> tuple[dict[str, Any], list[Refusal]]:
    values: dict[str, Any] = {}
    problems: list[Refusal] = []
    for condition in filters:
        try:
            value = condition.read(query)
        except Refusal as refusal:
            problems.append(refusal)
        else:
            if value is not None:
                values[condition.code] = value
    return values, problems


def _position(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 12 and int(typed) else 1
