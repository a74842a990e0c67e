"""One unit by its code or exact name on a day; what is not found says what it was, or became."""

from collections.abc import Iterable
from datetime import date

from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.units.former import Former, former_named
from noivu.units.models import Unit, UnitName
from noivu.units.queries import tree
from noivu.units.tree import Node, Tree, name_key

_SHOWN = 5
_USE_NEW = Text(
    vi="Dùng mã của đơn vị mới, hoặc đổi ngày của dòng.", en="Use the code of the new unit, or another day."
)
_MANY = Text(vi="{n} đơn vị từng mang tên hoặc mã này.", en="{n} units once bore this name or code.")
_ASK_BY_CODE = Text(vi="Nhập mã hiện nay của đơn vị.", en="Enter the present code of the unit.")


def unit_of_log(unit_id: object, on: date) -> str:
    """A unit that the log keeps by its key, by its name on the day of the act, else of its last day."""
    if not isinstance(unit_id, int):
        return str(unit_id)
    node = tree(on).node(unit_id)
    return node.name if node else _last_name(unit_id)


def _last_name(unit_id: int) -> str:
    names = UnitName.objects.current().filter(unit_id=unit_id).order_by("-starts_on").values_list("name", flat=True)
    return names.first() or str(unit_id)


def find_node(code_or_name: str, units: Tree, on: date | None = None) -> Node:
    """The unit of that code, or of exactly that name, in a tree; a refusal says what became of it.

    `on` is the day that the refusal names: a tree holds for many, and knows the one that it was first asked for.
    """
    typed = nfc(code_or_name)
    node = units.by_code.get(typed) or units.by_code.get(typed.upper())
    if node is not None:
        return node
    same_name = units.by_name.get(name_key(typed), ())
    if len(same_name) == 1:
        return same_name[0]
    if same_name:
        raise _ambiguous(typed, same_name, units)
    raise _unknown(typed, units, on or units.on)


def find_unit(code_or_name: str, on: date) -> Unit:
    """The unit of that code, or of exactly that name, on a day."""
    return Unit.objects.get(pk=find_node(code_or_name, tree(on), on).id)


def place(node: Node, units: Tree) -> str:
    """The name with the units above it: "Phường Sài Gòn, Thành phố Hồ Chí Minh"."""
    return ", ".join(above.name for above in reversed(units.path(node.id)))


def _ambiguous(typed: str, nodes: Iterable[Node], units: Tree) -> Refusal:
    listed = [f"{node.code} ({place(node, units)})" for node in nodes]
    shown = "; ".join(listed[:_SHOWN]) + ("; …" if len(listed) > _SHOWN else "")
    return Refusal(
        what=Text(
            vi=f"Có {len(listed)} đơn vị tên “{typed}”: {shown}.",
            en=f"{len(listed)} units are named “{typed}”: {shown}.",
        ),
        do=Text(vi="Nhập mã của đơn vị.", en="Enter the code of the unit."),
        code="units.ambiguous",
    )


def _unknown(typed: str, units: Tree, on: date) -> Refusal:
    day = format_day(on)
    what = Text(
        vi=f"Ngày {day} không có đơn vị nào mang mã hoặc tên “{typed[:80]}”.",
        en=f"On {day} no unit has the code or name “{typed[:80]}”.",
    )
    formers = former_named(typed, units)
    if 0 < len(formers) <= _SHOWN:
        told = [_became(former) for former in formers]
        why = Text(vi=" ".join(text.vi for text in told), en=" ".join(text.en for text in told))
        return Refusal(what=what, why=why, do=_USE_NEW, code="units.ended")
    if formers:
        return Refusal(what=what, why=_MANY.format(n=len(formers)), do=_ASK_BY_CODE, code="units.ended")
    return Refusal(
        what=what,
        do=Text(
            vi="Kiểm tra mã, hoặc tên đầy đủ như “Phường Sài Gòn”.",
            en="Check the code, or the full name as in “Phường Sài Gòn”.",
        ),
        code="units.unknown",
    )


def _became(former: Former) -> Text:
    """What became of a former unit: into what it went, or how it is called now."""
    name, day = former.spell.name, format_day(former.spell.ends_on)
    now = "; ".join(f"{node.name} ({node.code})" for node in former.became[:_SHOWN])
    if not former.became:
        said = former.until
        return Text(vi=f"{name}: {said.vi}, {former.now.vi}.", en=f"{name}: {said.en}, {former.now.en}.")
    if former.became[0].id == former.spell.unit:
        return Text(vi=f"{name} từ ngày {day} là {now}.", en=f"{name} is {now} since {day}.")
    return Text(
        vi=f"{name} từ ngày {day} {'nhập vào' if former.is_whole else 'chia vào'} {now}.",
        en=f"{name} went {'into' if former.is_whole else 'in parts into'} {now} on {day}.",
    )
