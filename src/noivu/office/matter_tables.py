"""The registers of the kinds above the ledger, drawn as the register of tasks is."""

from collections.abc import Callable
from dataclasses import replace

from noivu.core.wording import Text
from noivu.matters.api import Family
from noivu.office.obligation_tables import TASKS, cuts_of
from noivu.office.queries.registers import ALL
from noivu.ui.tables import ChoiceFilter, Column, DateFilter, Register

_NAMES: dict[str, Callable[[Family], Text]] = {
    "from": lambda family: family.giver,
    "title": lambda family: Text(vi="Nội dung", en="Content"),
    "code": lambda family: Text(vi="Mã, ngày phát sinh", en="Code, first day"),
    "product": lambda family: Text(vi="Sản phẩm, ngày xong", en="Product, done on"),
}


def register_of(family: Family) -> Register:
    """The register of a kind."""
    columns = [_named(column, family) for column in TASKS.columns]
    return replace(
        TASKS,
        code=family.name,
        columns=columns,
        noun=Text(
            vi=f"{{n}} {family.noun.vi}",
            en="||".join(f"{{n}} {form}" for form in family.noun.en.split("||")),
        ),
        cuts=cuts_of(family.kind, Text(vi="Tất cả", en="All"), Text(vi="Đã xong", en="Done")),
        default_cut=ALL,
        filters=(
            ChoiceFilter("lead", Text(vi="Chủ trì", en="Lead unit")),
            ChoiceFilter("assigner", family.giver),
            DateFilter("due", Text(vi="Hạn", en="Due")),
        ),
        search_hint=Text(vi="Tìm mã, nội dung, không cần gõ dấu", en="Search code, content"),
        export=f"office:{family.name}-export",
    )


def _named(column: Column, family: Family) -> Column:
    name = _NAMES.get(column.key)
    return replace(column, label=name(family)) if name else column
