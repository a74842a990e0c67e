"""What is asked about opinions: of a text, of a board of texts, of a unit; and who has still to be asked."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from noivu.core import access
from noivu.core.access import OfUnit
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.text import fold, nfc
from noivu.core.wording import Text
from noivu.law.api import parameter
from noivu.matters.api import LegalText
from noivu.opinions.constants import MANDATORY, SHAPES, STANDINGS, Standing
from noivu.opinions.models import OpinionRequest
from noivu.opinions.policies import may_answer
from noivu.records.api import IncomingDocument, OutgoingDocument, document_address, symbol_key
from noivu.records.constants import Direction
from noivu.units.api import Tree, find_node, heirs_on, tree
from noivu.work.api import Obligation

_MOST = 100
"""Opinions that a day shows: those due first."""
_OPEN = frozenset({Standing.WAITING, Standing.OVERDUE})


@dataclass(frozen=True, slots=True)
class ShownOpinion:
    """A request as it stands on a day. `may_answer`: the reader may record its answer. `title`: of its text, as far as
    the reader may see it."""

    request: OpinionRequest
    standing: Standing
    may_answer: bool = False
    title: str = ""
    letter_href: str = ""
    answer_href: str = ""

    @property
    def words(self) -> Text:
        return STANDINGS[self.standing]

    @property
    def shape(self) -> str:
        return SHAPES[self.standing]


@dataclass(frozen=True, slots=True)
class Awaited:
    """The opinions of a text on the board: how many were asked and still wait, the nearest day, how many are late."""

    obligation_id: int
    asked: int
    waiting: int
    late: int
    nearest: date | None


def requests_of(obligation_id: int) -> list[OpinionRequest]:
    """The requests about a text, by round and due date. One query."""
    return list(OpinionRequest.objects.of_texts([obligation_id]).select_related("letter", "answer_letter"))


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Whom the form proposes, and in which round."""

    agencies: Sequence[str]
    round: int


def to_ask(obligation: Obligation, day: date) -> ToAsk:
    """Those who must be asked and were not yet. One query."""
    requests = requests_of(obligation.pk)
    unasked, _ = not_settled(agencies_of(obligation, day), requests, day)
    return ToAsk(unasked, max((one.round for one in requests), default=1))


def agencies_of(obligation: Obligation, day: date) -> list[str]:
    """Who must be asked about a text on a day."""
    node = tree(day).node(obligation.unit_id)
    return agencies_proposed(obligation.legal_text, day, node.name if node else "")


@dataclass(frozen=True, slots=True)
class OpinionsOn:
    """The opinions on a text, and who must be asked and was not."""

    shown: Sequence[ShownOpinion]
    unasked: Sequence[str]


def opinions_on(text: Obligation, day: date, actor: Actor) -> OpinionsOn:
    """The requests sent by a day, as they stand at its end; letters open for who may see them."""
    requests = requests_of(text.pk)
    for one in requests:
        one.obligation = text
    shown = [
        ShownOpinion(
            request=one,
            standing=one.standing_on(day),
            may_answer=not one.answer and may_answer(actor, one),
            letter_href=_address(actor, Direction.OUT, one.letter),
            answer_href=_address(actor, Direction.IN, one.answer_letter),
        )
        for one in requests
        if one.sent_on <= day
    ]
    return OpinionsOn(shown, not_settled(agencies_of(text, day), requests, day)[0])


def _address(actor: Actor, direction: Direction, document: IncomingDocument | OutgoingDocument | None) -> str:
    if document is None or not access.may(actor, "records.view", document):
        return ""
    return document_address(direction, document.pk)


def title_for(actor: Actor, text: Obligation) -> str:
    """The text as whoever is asked about it reads it: one that is restricted to others has a code alone."""
    if access.may(actor, "work.view", text) or access.is_open(actor, text):
        return f"{text.code} · {text.title}"
    return text.code


def awaited_of(ids: Collection[int], day: date) -> list[Awaited]:
    """The texts of a board whose opinions are still due on a day, the nearest first. One query."""
    by_text: defaultdict[int, list[OpinionRequest]] = defaultdict(list)
    for one in OpinionRequest.objects.of_texts(ids).filter(sent_on__lte=day).defer("trace", "words", "uptake_words"):
        by_text[one.obligation_id].append(one)
    found = []
    for pk, requests in by_text.items():
        due = [one for one in requests if one.standing_on(day) in _OPEN]
        late = sum(one.standing_on(day) is Standing.OVERDUE for one in due)
        if due:
            found.append(Awaited(pk, len(requests), len(due), late, min(one.due_on for one in due)))
    return sorted(found, key=lambda one: (one.nearest or date.max, one.obligation_id))


def owed_by(actor: Actor, day: date) -> list[ShownOpinion]:
    """The opinions that the actor's unit still owes, and those asked of units that ended and left it theirs; for who
    works there. One query, and one for their texts."""
    home = tree(day).by_code.get(actor.unit_code)
    if home is None or not access.may(actor, "work.do", OfUnit(home.id)):
        return []
    own = {home.id, *(unit for unit, heir in heirs_on(day).items() if heir == home.id)}
    rows = OpinionRequest.objects.waiting_for(own, day).prefetch_related("obligation")
    standing = [one for one in rows if one.obligation.removed_at is None]
    return [ShownOpinion(one, one.standing_on(day), True, title_for(actor, one.obligation)) for one in standing[:_MOST]]


def request_for(actor: Actor, request_id: int, *, working: bool) -> OpinionRequest:
    """A request within the actor's reach: to answer, or (`working`) to work on its text; else 404."""
    rows = OpinionRequest.objects.current().filter(obligation__removed_at__isnull=True)
    found = rows.select_related("obligation__legal_text").filter(pk=request_id).first()
    if found is None:
        raise Http404
    allowed = access.may(actor, "work.do", found.obligation) if working else may_answer(actor, found)
    if not allowed:
        raise Http404
    return found


def is_provincial_decision(text: LegalText) -> bool:
    """A decision of the People's Committee of a province or city, or of its chairman (quyết định cấp tỉnh)."""
    authority = fold(text.authority)
    of_committee = "uy ban nhan dan" in authority or "ubnd" in authority
    of_province = "tinh" in authority.split() or "thanh pho" in authority or "tp" in authority.split()
    return fold(text.type).startswith("quyet dinh") and of_committee and of_province


def agencies_proposed(text: LegalText, day: date, lead_unit: str = "") -> list[str]:
    """Who must be asked about a text, by the parameter in force on a day; the unit that leads it asks not itself."""
    if not is_provincial_decision(text):
        return []
    try:
        listed = str(parameter(MANDATORY, day).value)
    except Refusal:
        return []  # no rule on that day: nobody is mandatory
    return [name for name in map(nfc, listed.split(";")) if not is_called(lead_unit, name)]


def not_settled(proposed: Sequence[str], requests: Sequence[OpinionRequest], day: date) -> tuple[list[str], list[str]]:
    """Of those who must be asked: who was not by a day, and who was and has neither answered nor fallen silent."""
    unasked, waiting = [], []
    for name in proposed:
        asked = [one for one in requests if one.sent_on <= day and is_called(one.agency, name)]
        if not asked:
            unasked.append(name)
        elif asked[-1].standing_on(day) in _OPEN:
            waiting.append(name)
    return unasked, waiting


def is_called(agency: str, name: str) -> bool:
    """Whether an agency is the one so named: “Sở Nội vụ tỉnh Nghệ An” is “Sở Nội vụ”."""
    return f"{fold(agency)} ".startswith(f"{fold(nfc(name))} ")


def agency_called(typed: str, units: Tree) -> tuple[str, int | None]:
    """A unit of ours by its code or exact name; else an agency outside by the name typed."""
    try:
        node = find_node(typed.partition(" · ")[0], units)
    except Refusal as refusal:
        if refusal.code == "units.ambiguous":
            raise
        return nfc(typed), None  # no unit of ours: an agency outside
    return node.name, node.id


def sent_letter(actor: Actor, unit_id: int, symbol: str, by: date) -> OutgoingDocument | None:
    """The latest letter of that symbol in the register of the unit that asks, where the actor may see it."""
    rows = OutgoingDocument.objects.current().numbered().filter(unit_id=unit_id, symbol_key=symbol_key(symbol))
    return access.scope(actor, "records.view", rows.filter(issued_on__lte=by)).order_by("-issued_on").first()


def answering_letter(actor: Actor, obligation: Obligation, symbol: str, by: date) -> IncomingDocument | None:
    """The latest document of that symbol received by the unit that leads the text, where the actor may see it."""
    rows = IncomingDocument.objects.current().numbered().filter(unit=obligation.unit, symbol_key=symbol_key(symbol))
    return access.scope(actor, "records.view", rows.filter(arrived_on__lte=by)).order_by("-arrived_on").first()
