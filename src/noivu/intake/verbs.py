"""What rows ask of obligations that stand, against the guards of the verbs: what a person may not record on a page, the
same person may not say by a sheet."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Exists, F, OuterRef, Q

from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.intake.checking import Reason
from noivu.intake.events import There, news_of, said_of
from noivu.intake.obligations import standing_of
from noivu.intake.statements import Key, Statement
from noivu.records.api import heard
from noivu.units.api import tree
from noivu.work.api import DECIDED, Obligation, ObligationEvent, correcting, right_to
from noivu.work.constants import HAPPENINGS, Happening

_DECIDES = Text(
    vi="“{said}” của mục này do {unit} quyết định; dòng này chưa ghi, sổ giữ nguyên. Đề nghị {unit} ghi, hoặc nhập ô "
    "này đúng như sổ đang ghi.",
    en="“{said}” of this is for {unit} to decide; the row is not written and the register stands. Ask {unit} to record "
    "it, or enter what the register says.",
)
_MOVED = Text(
    vi="Mục này nay thuộc {unit}; dòng này chưa ghi, sổ giữ nguyên. Đề nghị {unit} sửa, hoặc nhập ô này đúng như sổ "
    "đang ghi.",
    en="This is {unit}'s now; the row is not written and the register stands. Ask {unit} to correct it, or enter what "
    "the register says.",
)
_CANCELLED = Text(
    vi="Mục này đã hủy, không ghi “{said}” được; dòng này chưa ghi, sổ giữ nguyên. Nếu hủy nhầm, thu hồi việc hủy "
    "trước; nếu không, nhập ô này đúng như sổ đang ghi.",
    en="This was cancelled, so “{said}” cannot be said of it; the row is not written and the register stands. If that "
    "was a mistake, take the cancellation back first; else enter what the register says.",
)
_WHOEVER = Text(vi="đơn vị có quyền", en="the unit in charge")
_BEGINNING = frozenset({Happening.ASSIGNED, Happening.DUE_SET})


def beyond_verbs(
    kind: str, statements: Sequence[Statement], columns: Mapping[str, str], actor: Actor
) -> dict[Key, Reason]:
    """For each statement that asks more of what stands than its author may record, the reason.

    `columns`: where the file says a field or a happening. Whoever imports has the right of the unit of the row: asked
    anew is what another unit assigned, what went to another unit, and what was cancelled. Two statements.
    """
    cancelled = ObligationEvent.objects.current().filter(obligation=OuterRef("pk"), happening=Happening.CANCELLED.value)
    elsewhere = Q(assigner_unit__isnull=False) | ~Q(unit=F("first_unit"))
    standing = standing_of(kind, statements, elsewhere | Q(Exists(cancelled)))
    said = said_of([one.pk for one in standing.values()]) if standing else {}
    found: dict[Key, Reason] = {}
    for statement in statements:
        obligation = standing.get(statement.key)
        if obligation is None:
            continue
        first = next(_reasons(statement, obligation, said[obligation.pk], columns, actor), None)
        if first is not None:
            found[statement.key] = first
    return found


def _reasons(
    statement: Statement, obligation: Obligation, there: There, columns: Mapping[str, str], actor: Actor
) -> Iterator[Reason]:
    news, _ = heard(obligation, statement.fields)
    if news and not access.may(actor, correcting(obligation.kind), obligation):
        yield _column(columns, next(iter(news))), _words(_MOVED, obligation.unit_id)
    decided = [name for name in news if name in DECIDED]
    if decided:
        yield from _beyond(Happening.DUE_SET, obligation, _column(columns, decided[0]), actor)
    old, new, _ = news_of(obligation, statement, there)
    is_cancelled = any(one[0] == Happening.CANCELLED for one in there)
    for name in dict.fromkeys(one[0] for one in (*old, *new)):
        happening, column = Happening(name), _column(columns, name)
        yield from _beyond(happening, obligation, column, actor)
        if is_cancelled and happening not in _BEGINNING:
            yield column, _CANCELLED.format(said=HAPPENINGS[happening])


def _beyond(happening: Happening, obligation: Obligation, column: str, actor: Actor) -> Iterator[Reason]:
    verb, of = right_to(happening, obligation)
    if not access.may(actor, verb, of):
        words = _MOVED if of is obligation else _DECIDES
        yield column, _words(words, of.scope_unit_id, HAPPENINGS[happening])


def _words(words: Text, unit_id: int | None, said: Text | str = "") -> Text:
    node = tree(clock.today()).node(unit_id) if unit_id is not None else None
    return words.format(unit=node.name if node else _WHOEVER, said=said)


def _column(columns: Mapping[str, str], name: str) -> str:
    return columns.get(name, name)
