"""What was published of a unit in a period, each beside the figure that its registers give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.figures.api import DECLARED, STATE, STATEMENTS, Standpoint, StatedFigure, Statement, ask


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A published figure, the computed one and the difference; `counted` None: there is nothing to compute it from.

    `has_stated_parts`: of a rate, that its own parts were published too (`recomputed` is what they give).
    """

    pk: int
    code: str
    label: Text
    kind: Text
    value: Decimal
    counted: int | Decimal | None
    difference: Decimal | None
    recomputed: Decimal | None
    source: str
    stated_by: str
    recorded_at: datetime
    href: str
    correct_href: str


def published_of(here: Standpoint) -> Sequence[PublishedLine]:
    """All that is stated for the unit, the period and the window of a page. Two queries."""
    stated = StatedFigure.objects.current().about({here.unit.id}, {here.period.code})
    rows = [row for row in stated.filter(window=here.window.code) if row.indicator in DECLARED.codes]
    if not rows:
        return []
    answer = ask([here.question(tuple(dict.fromkeys(row.indicator for row in rows)))])[0]
    said = {row.indicator: row.value for row in rows if row.kind == Statement.PUBLISHED.value}
    return [_line(here, row, answer.shown(row.indicator), said) for row in rows]


def _line(
    here: Standpoint, row: StatedFigure, counted: int | Decimal | None, said: dict[str, Decimal]
) -> PublishedLine:
    address = urlencode(here.address)
    chosen = urlencode({**here.address, "indicator": row.indicator, "kind": row.kind})
    return PublishedLine(
        pk=row.pk,
        code=row.indicator,
        label=DECLARED.find(row.indicator).label,
        kind=STATEMENTS[Statement(row.kind)],
        value=plain(row.value),
        counted=counted,
        difference=None if counted is None else plain(row.value - counted),
        recomputed=_recomputed(row.indicator, said),
        source=row.source,
        stated_by=row.stated_by_name,
        recorded_at=row.recorded_at,
        href=f"{reverse('figures:figure', args=[row.indicator])}?{address}",
        correct_href=f"{reverse('reports:publish')}?{chosen}",
    )


def _recomputed(code: str, said: dict[str, Decimal]) -> Decimal | None:
    """What a published rate would be by its published parts, to two decimals; None where they were not published."""
    rate = DECLARED.rates.get(code)
    if rate is None or rate.part not in said or not said.get(rate.whole):
        return None
    return plain((said[rate.part] * 100 / said[rate.whole]).quantize(Decimal("0.01")))


def plain(value: Decimal) -> Decimal:
    """Without idle decimals: 287, 98.62."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def stated_for(actor: Actor, stated_id: int) -> StatedFigure:
    """A stated figure that the actor may withdraw."""
    found = access.scope(actor, STATE, StatedFigure.objects.current()).filter(pk=stated_id).first()
    if found is None:
        raise Http404
    return found


def standing_value(here: Standpoint, code: str, kind: str) -> StatedFigure | None:
    """What is stated already for a figure of the page."""
    rows = StatedFigure.objects.current().about({here.unit.id}, {here.period.code})
    return rows.filter(window=here.window.code, indicator=code, kind=kind).first()
