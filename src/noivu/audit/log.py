"""The log as a reader with the right to it sees it: a page of acts, and one act with its proof."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from noivu.audit.models import Entry
from noivu.audit.policies import visible_entries
from noivu.audit.proofs import InclusionProof, find_proof
from noivu.audit.queries import HistoryLine, line_of
from noivu.audit.withholding import told_to
from noivu.core.actors import Actor
from noivu.ui.tables import Order, Page, Span, State, page_of

_ORDERS = {"recorded_at": Order("recorded_at")}


def page_of_log(actor: Actor, state: State) -> Page[HistoryLine]:
    """One page of the acts that the actor may see, under the conditions of the address. Three queries."""
    rows: QuerySet[Entry] = visible_entries(actor).filter(_conditions(state.values)).select_related("payload", "leaf")
    page: Page[Any] = page_of(rows, state, _ORDERS)
    return page.showing(told_to(actor, (line_of(entry) for entry in page.rows)))


def act_for(actor: Actor, entry_id: int) -> tuple[HistoryLine, InclusionProof | None]:
    """One act and its proof, if it is sealed; an act out of reach answers as if it did not exist. Four queries."""
    entry = visible_entries(actor).filter(pk=entry_id).select_related("payload", "leaf").first()
    if entry is None:
        raise Http404
    (line,) = told_to(actor, [line_of(entry)])
    return line, None if line.number is None else find_proof(line.number)


def _conditions(values: Mapping[str, Any]) -> Q:
    wanted = Q()
    for code, column in (("action", "action"), ("kind", "object_kind")):
        if code in values:
            wanted &= Q(**{column: values[code]})
    if "unit" in values:
        wanted &= Q(unit_code=values["unit"].partition(" ")[0].upper())
    if "object" in values:
        kind, _, key = values["object"].partition("/")
        wanted &= Q(object_kind=kind, object_id=key) if key else Q(object_kind=kind)
    return wanted & _within(values.get("day"))


def _within(days: Span | None) -> Q:
    wanted = Q()
    if days and days.first:
        wanted &= Q(recorded_at__gte=timezone.make_aware(datetime.combine(days.first, time.min)))
    if days and days.last:
        after = datetime.combine(days.last, time.min) + timedelta(days=1)
        wanted &= Q(recorded_at__lt=timezone.make_aware(after))
    return wanted
