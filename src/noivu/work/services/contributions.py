"""What co-operating units owe by days of their own: parts of the whole, each with its own life (phần việc phối hợp)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import OuterRef, Subquery

from noivu.audit.api import record
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.records.api import search_text
from noivu.units.api import tree
from noivu.work.constants import FOREVER, STANDING, Happening, Kind, Status
from noivu.work.kinds import kind_of
from noivu.work.models import Cooperation, Obligation
from noivu.work.policies import right_to
from noivu.work.services.creation import create
from noivu.work.services.ledger import Due, Happened, happen, locked, require_status, stands, update
from noivu.work.services.withdrawal import withdraw

_LONGEST_CODE = 80


def contribution_of(whole: Obligation, unit_id: int, on: date) -> dict[str, object]:
    """What a part of a co-operating unit says, whoever writes it; its code is known by that of the whole, or by the
    number of the document to which the whole is the reply. Whoever owes the whole assigns it."""
    units, document = tree(on), whole.document
    lead = units.node(whole.first_unit_id)
    code = f"{document.number}/{document.arrived_on.year}" if document else whole.code
    of_kind = "" if document or whole.kind == Kind.TASK else f"/{whole.kind}"
    tail = f"{of_kind}/{lead.code if lead else whole.first_unit_id}"
    words = document or whole
    said: dict[str, object] = {
        "kind": Kind.STEP.value,
        "code": code[: _LONGEST_CODE - len(tail)] + tail,
        "title": document.summary if document else whole.title,
        "assigner": assigner.name if (assigner := units.node(whole.unit_id) or lead) else "",
        "field": whole.field,
        "source_symbol": document.symbol if document else "",
        "urgency": words.urgency,
        "secrecy": words.secrecy,
        "unit_id": unit_id,
        "assigned_unit_id": unit_id,
        "assigner_unit_id": whole.unit_id,
        "parent_id": whole.pk,
        "arises_on": on,
    }
    said["search_text"] = search_text(str(said.get(name, "")) for name in kind_of(Kind.STEP).searched)
    return said


@transaction.atomic
def name_helpers(
    *, actor: Actor, obligation: Obligation, helping: Mapping[int, date | None], on: date, reason: str = ""
) -> Obligation:
    """Say which units help with a reply (đơn vị phối hợp), each by its day where one is set."""
    access.require(actor, *right_to(Happening.ASSIGNED, obligation, "work.assign"))
    whole = locked(obligation)
    require_status(stands(whole, FOREVER), Happening.ASSIGNED, Status.OPEN, Status.SUSPENDED)
    lead = whole.assigned_unit_id or whole.unit_id
    if lead in helping:
        raise Refusal(
            what=Text(vi="Đơn vị chủ trì đứng trong các đơn vị phối hợp.", en="The lead is among those that help."),
            do=Text(vi="Bỏ đơn vị chủ trì khỏi danh sách.", en="Take the lead off the list."),
            where="cooperating",
            code="lead_helps",
        )
    there = sorted(whole.cooperations.values_list("unit_id", flat=True))
    if let_help(actor=actor, whole=whole, helping=helping, on=on, reason=reason):
        before, after = {"cooperating_units": there}, {"cooperating_units": sorted(helping)}
        record(actor=actor, action="obligation.correct", thing=whole, before=before, after=after, reason=reason)
    return whole


def let_help(
    *, actor: Actor, whole: Obligation, helping: Mapping[int, date | None], on: date, reason: str = ""
) -> bool:
    """Let these units help, each by its day where one is set; whether that is another number of units than helped.

    The right over the whole is the right over its parts. A unit that helps no more owes no part any more.
    """
    there = {one.unit_id: one for one in whole.cooperations.select_related("part")}
    for unit_id, one in there.items():
        if unit_id not in helping:
            _owe_no_more(actor, whole, one.part, on, reason)
            one.delete()
    for unit_id, due_on in helping.items():
        one = there.get(unit_id) or Cooperation.objects.create(
            obligation=whole, unit_id=unit_id, part=_former_part(whole, unit_id, on)
        )
        _owe_by(actor, whole, one, due_on, on, reason)
    return there.keys() != helping.keys()


def _former_part(whole: Obligation, unit_id: int, on: date) -> Obligation | None:
    """The part that a unit owed when it helped before: it is taken up again."""
    code = contribution_of(whole, unit_id, on)["code"]
    parts = Obligation.objects.standing().of_kind(Kind.STEP).filter(parent=whole, first_unit_id=unit_id, code=code)
    return parts.filter(contribution=None).first()


def _owe_by(actor: Actor, whole: Obligation, one: Cooperation, due_on: date | None, on: date, reason: str) -> None:
    part = one.part
    if due_on is None:
        _owe_no_more(actor, whole, part, on, reason)
    elif part is None:
        said = contribution_of(whole, one.unit_id, on)
        due = Due(on=due_on)
        one.part = create(actor=actor, action="obligation.create", verb="work.assign", fields=said, due=due, over=whole)
        one.save(update_fields=["part"])
    else:
        stood = stands(part, FOREVER)
        if stood.due_on != due_on:
            happened = Happened(Happening.DUE_SET, max(on, part.arises_on), reason=reason, due=Due(on=due_on))
            allowed = (Status.OPEN, Status.SUSPENDED, Status.CANCELLED)
            happen(
                actor=actor, obligation=part, action="obligation.due", happened=happened, allowed=allowed, over=whole
            )
        if stood.status is Status.CANCELLED:
            withdraw(actor=actor, obligation=part, reason=reason, over=whole)


def parts_follow(document_ids: Sequence[int]) -> None:
    """Parts of replies, those of units that help no more among them, are as restricted as the documents answered."""
    parts = Obligation.objects.of_kind(Kind.STEP).filter(parent__document__in=document_ids)
    mark = Obligation.objects.filter(pk=OuterRef("parent_id")).values("document__secrecy")[:1]
    parts.update(secrecy=Subquery(mark))


def owe_no_parts(actor: Actor, whole: Obligation, on: date, reason: str) -> None:
    """Of what is owed no more, co-operating units owe no part."""
    for one in whole.cooperations.select_related("part"):
        _owe_no_more(actor, whole, one.part, on, reason)


def _owe_no_more(actor: Actor, whole: Obligation, part: Obligation | None, on: date, reason: str) -> None:
    if part is None or stands(part, FOREVER).status.value not in STANDING:
        return
    cancelled = Happened(Happening.CANCELLED, max(on, part.arises_on), reason=reason)
    happen(actor=actor, obligation=part, action="obligation.cancel", happened=cancelled, over=whole)


def parts_go_with(actor: Actor, whole: Obligation, on: date, reason: str) -> None:
    """Whoever owes the whole from now on assigns its parts."""
    for part in contributions_of(whole):
        said = contribution_of(whole, part.unit_id, on)
        after, before = {"assigner_unit_id": said["assigner_unit_id"]}, {"assigner_unit_id": part.assigner_unit_id}
        update(part, {**after, "assigner": said["assigner"]})
        record(actor=actor, action="obligation.correct", thing=part, before=before, after=after, reason=reason)


def contributions_of(whole: Obligation) -> list[Obligation]:
    """The parts that co-operating units owe, held until the transaction ends."""
    parts = [one.part for one in whole.cooperations.select_related("part") if one.part is not None]
    return [locked(part) for part in parts if part.removed_at is None]
