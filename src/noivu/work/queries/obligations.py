"""A task or a recommendation as a register shows it on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from noivu.core.wording import Text
from noivu.work.addresses import obligation_address
from noivu.work.kinds import result_words
from noivu.work.models import ObligationSpan
from noivu.work.queries.standing import Day, Standing


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """A line of a register of tasks or recommendations."""

    id: int
    unit_id: int
    code: str
    title: str
    assigner: str
    origin: str
    session: str
    field: str
    product: str
    measure: str
    arises_on: date
    assigner_unit_id: int | None
    assigned_unit_id: int | None
    assigned_to: str
    answer_symbol: str
    result: Text | None
    standing: Standing
    url: str
    marks: Sequence[Text] = ()


def obligation_line(span: ObligationSpan, day: Day) -> ObligationLine:
    """A row of a register as a page shows it; an answer that came later than the day is not yet there."""
    obligation, is_done = span.obligation, span.completed_on is not None
    return ObligationLine(
        id=obligation.pk,
        unit_id=span.unit_id,
        code=obligation.code,
        title=obligation.title,
        assigner=obligation.assigner,
        origin=obligation.origin,
        session=obligation.session.name if obligation.session else "",
        field=obligation.field,
        product=obligation.product,
        measure=obligation.measure,
        assigner_unit_id=obligation.assigner_unit_id,
        arises_on=span.arises_on,
        assigned_unit_id=obligation.assigned_unit_id,
        assigned_to=obligation.assigned_to,
        answer_symbol=obligation.answer_symbol if is_done else "",
        result=result_words(obligation.result) if is_done and obligation.result else None,
        standing=Standing.of(span.kind, span.state, day),
        url=obligation_address(obligation.kind, obligation.pk, obligation.document_id),
        marks=obligation.marks,
    )
