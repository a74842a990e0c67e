"""Who may be named as the one to do it: the accounts of a unit within the reader's reach."""

from collections.abc import Mapping

from noivu.accounts.api import colleagues, colleagues_called, written_account
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.records.api import IncomingDocument
from noivu.ui.forms import UnitField
from noivu.units.api import find_unit, tree
from noivu.work.api import Assignee, Obligation


def officers_offered(actor: Actor, asked: Mapping[str, str]) -> list[Mapping[str, str]]:
    """The people of the chosen unit that fit what was typed: none while the unit is unknown or out of reach."""
    holders = asked.get("of", "").split(",")
    unit_words = next((asked[name] for name in (*holders, "unit") if asked.get(name, "").strip()), "")
    beside = {"of", "unit", *holders}
    words = next((value for name, value in asked.items() if name not in beside), "")
    try:
        unit = find_unit(unit_words.partition(UnitField.SEPARATOR)[0], clock.today())
    except Refusal:
        return []
    if not _in_reach(actor, unit.pk):
        return []
    return [{"value": one.written, "label": one.full_name, "note": one.username} for one in colleagues(unit.pk, words)]


def named(actor: Actor, unit_id: int, typed: str, where: str = "officer", stands: Assignee | None = None) -> Assignee:
    """Who is meant by what stands in the field: an account of the unit, or a name alone. What was not touched stays."""
    words = nfc(typed)
    if stands is not None and stands.unit_id == unit_id and words == written(stands.name, stands.officer):
        return stands
    known = colleagues_called(unit_id, words) if words and _in_reach(actor, unit_id) else ()
    if len(known) > 1:
        raise _several([one.written for one in known], where)
    if known:
        return Assignee(unit_id, known[0].full_name, known[0].account)
    if UnitField.SEPARATOR in words:
        raise _unknown(words, where)
    return Assignee(unit_id, words)


def as_it_stands(thing: IncomingDocument | Obligation) -> Assignee:
    """Who has a document or an obligation now."""
    return Assignee(thing.assigned_unit_id, thing.assigned_to, thing.assigned_officer)


def written(name: str, account: str) -> str:
    """How the field shows who has it now."""
    return (written_account(account) if account else "") or name


def code_of(unit_id: int) -> str:
    """The code of a unit today, for the address under which its people are offered."""
    node = tree(clock.today()).node(unit_id)
    return node.code if node else ""


def _in_reach(actor: Actor, unit_id: int) -> bool:
    return access.may(actor, "work.do", access.OfUnit(unit_id))


def _several(written_ones: list[str], where: str) -> Refusal:
    names = "; ".join(written_ones)
    return Refusal(
        what=Text(vi="Đơn vị có nhiều người cùng họ tên này.", en="Several people of the unit bear this name."),
        do=Text(vi=f"Ghi rõ một người: {names}.", en=f"Name one of them: {names}."),
        where=where,
        code="several",
    )


def _unknown(words: str, where: str) -> Refusal:
    return Refusal(
        what=Text(
            vi=f"Đơn vị đã chọn không có tài khoản đang dùng nào là “{words}”.",
            en=f"The chosen unit has no active account “{words}”.",
        ),
        do=Text(
            vi="Chọn người được gợi ý, hoặc chỉ ghi họ tên.",
            en="Choose a person offered, or write the name alone.",
        ),
        where=where,
        code="unknown_account",
    )
