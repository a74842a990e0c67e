"""Whether the register is in order from a day on: looked at after an act, on every day on which a tree changes."""

from datetime import date

from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.units.constants import Line
from noivu.units.queries import tree
from noivu.units.revision import revision
from noivu.units.tree import Node, Tree

_LINES = tuple(line.value for line in Line)


def require_order(since: date) -> None:
    """Refuse what breaks the order of its own day, or of a later day for which something is recorded already."""
    for day in (since, *(day for day in revision().breakpoints if day > since)):
        trouble = disorder(tree(day))
        if trouble is not None:
            raise Refusal(
                what=Text(
                    vi=f"Ngày {format_day(day)} sẽ sai lệch: {trouble.vi}.",
                    en=f"On {format_day(day)} the register would be out of order: {trouble.en}.",
                ),
                do=Text(
                    vi="Hủy hoặc sửa việc đã ghi cho ngày đó trước, rồi thực hiện lại theo thứ tự thời gian.",
                    en="Take back or correct what is recorded for that day first, then go on in order of time.",
                ),
                code="units.disorder",
            )


def disorder(units: Tree) -> Text | None:
    """The first thing out of order in a tree: a line to a unit that does not live, or one code of two units."""
    borne: dict[tuple[str, str], Node] = {}
    for node in units.nodes.values():
        for line in _LINES:
            above = getattr(node, f"{line}_id")
            if above is not None and above not in units:
                named = f"{node.name} ({node.code})"
                return Text(vi=f"{named} thuộc một đơn vị đã kết thúc", en=f"{named} stands under a unit that ended")
        other = borne.setdefault((node.family, node.code), node)
        if node.code and other is not node:
            both = f"{other.name}, {node.name}"
            return Text(vi=f"mã {node.code} là của cả {both}", en=f"code {node.code} is that of both {both}")
    return None
