"""The legal programme on a day: where each text stands on its way, by stage and authority, and which opinions are due.

One statement, whatever the number of texts.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery
from django.http import Http404

from noivu.core import access
from noivu.core.actors import Actor
from noivu.figures.api import Standpoint
from noivu.matters.constants import LEGAL_STAGES, LEGAL_TEXT, LegalStage
from noivu.matters.models import LegalStep
from noivu.units.api import reach_with_ended
from noivu.work.api import Day, Obligation, ObligationLine, ObligationSpan, conditions, obligation_line

MOST = 1_000
"""Texts of a board; more are found in the register."""
_CLOSED = frozenset({LegalStage.ISSUED, LegalStage.IN_FORCE, LegalStage.REVIEWED})


@dataclass(frozen=True, slots=True)
class ProgrammeText:
    """A text of the programme as it stands on the day."""

    line: ObligationLine
    type: str
    authority: str
    unit: str
    stage: LegalStage
    since: date
    until: date | None

    @property
    def stage_label(self) -> str:
        return str(LEGAL_STAGES[self.stage])


@dataclass(frozen=True)
class StageRow:
    """A stage with how many texts stand at it, by authority, the most frequent first."""

    stage: LegalStage
    count: int
    authorities: Mapping[str, int]

    @property
    def label(self) -> str:
        return str(LEGAL_STAGES[self.stage])


@dataclass(frozen=True)
class Programme:
    """The board of a unit on a day. `more`: there are more texts than a board holds."""

    texts: Sequence[ProgrammeText]
    more: bool
    day: date

    @property
    def stages(self) -> list[StageRow]:
        """The stages that texts stand at, in the order of the way."""
        return [self._row(stage) for stage in LEGAL_STAGES if any(text.stage is stage for text in self.texts)]

    @property
    def opinions_due(self) -> list[ProgrammeText]:
        """Texts under consultation, by the day by which opinions are due."""
        asked = [text for text in self.texts if text.stage is LegalStage.CONSULTATION and text.until is not None]
        return sorted(asked, key=lambda text: (text.until or date.max, text.line.code))

    def at(self, stage: str, authority: str) -> list[ProgrammeText]:
        """The texts of a stage and an authority, issued ones last; an empty one narrows nothing."""
        found = [text for text in self.texts if stage in ("", text.stage) and authority in ("", text.authority)]
        return sorted(found, key=lambda text: text.stage in _CLOSED)

    def _row(self, stage: LegalStage) -> StageRow:
        counted = Counter(text.authority for text in self.texts if text.stage is stage)
        return StageRow(stage, counted.total(), dict(counted.most_common()))


def programme_of(here: Standpoint) -> Programme:
    """What is on the way on the last day read, and what was issued or came into force within the period."""
    reading = here.question().reading
    latest = LegalStep.objects.current().filter(obligation=OuterRef("obligation"), on__lte=reading.as_of)
    latest = latest.order_by("-on", "-order", "-id")
    spans = ObligationSpan.objects.current().of_kind(LEGAL_TEXT).holding_on(reading.as_of).filter(conditions.counted())
    seen = access.scope(here.actor, "work.view", spans.filter(unit__in=reach_with_ended(here.unit.id, here.last_day)))
    rows = seen.annotate(
        text_stage=Subquery(latest.values("stage")[:1]),
        stage_since=Subquery(latest.values("on")[:1]),
        opinions_until=Subquery(latest.values("until")[:1]),
    ).exclude(text_stage=None)
    closed = [stage.value for stage in _CLOSED]
    rows = rows.filter(~Q(text_stage__in=closed) | Q(stage_since__gte=reading.range.starts_on))
    rows = rows.select_related("obligation__legal_text", "obligation__session")
    found = list(rows.order_by(F("due_on").asc(nulls_last=True), "pk")[: MOST + 1])
    day = Day(reading.as_of)
    return Programme([_text(here, span, day) for span in found[:MOST]], len(found) > MOST, reading.as_of)


def _text(here: Standpoint, span: ObligationSpan, day: Day) -> ProgrammeText:
    text, row, node = span.obligation.legal_text, vars(span), here.units.node(span.unit_id)
    return ProgrammeText(
        line=obligation_line(span, day),
        type=text.type,
        authority=text.authority,
        unit=node.name if node else "",
        stage=LegalStage(row["text_stage"]),
        since=row["stage_since"],
        until=row["opinions_until"],
    )


def legal_text_for(actor: Actor, obligation_id: int, verb: str) -> Obligation:
    """A text within the actor's reach; else the answer does not tell that it exists."""
    rows = Obligation.objects.standing().of_kind(LEGAL_TEXT).select_related("legal_text")
    found = access.scope(actor, verb, rows, given=True).filter(pk=obligation_id).first()
    if found is None:
        raise Http404
    return found
