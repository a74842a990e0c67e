"""Reports of a period in which their unit ended: a draft stays where it was written and is read there; the successor
reports on the period, and its passages begin with what the former units wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from noivu.core.wording import Text
from noivu.reports.models import NarrativeText, Report
from noivu.reports.regimes import Regime, regime
from noivu.units.api import Node, came_after_on, tree, tree_before_end


@dataclass(frozen=True)
class EndedDraft:
    """A draft whose unit had ended by the last day of its period. `after`: who reports instead, with the drafts that
    are there."""

    report: Report
    regime: Regime
    issuer: str
    after: Sequence[tuple[Node, Report | None]]
    passages: Sequence[tuple[Text, str]]


def ended_draft(report: Report) -> EndedDraft | None:
    """The draft as it was left; None while its unit reports on the period itself."""
    known, last = regime(report.regime), _last_day(report)
    units = tree(last)
    if report.unit_id in units:
        return None
    after = [node for unit in came_after_on(last).get(report.unit_id, ()) if (node := units.node(unit))]
    there = Report.objects.filter(regime=report.regime, period=report.period, unit__in=[node.id for node in after])
    drafts = {draft.unit_id: draft for draft in there}
    issuer = tree_before_end(report.unit_id, last).node(report.unit_id)
    written = {row.slot: row.text for row in NarrativeText.objects.current().filter(report=report) if row.text}
    return EndedDraft(
        report=report,
        regime=known,
        issuer=issuer.name if issuer else "",
        after=[(node, drafts.get(node.id)) for node in sorted(after, key=lambda node: node.code)],
        passages=list(_passages(known, written)),
    )


def _passages(known: Regime, written: Mapping[str, str]) -> list[tuple[Text, str]]:
    return [
        (section.short, written[slot.code])
        for section in known.outline.sections
        for slot in section.slots
        if slot.code in written
    ]


@dataclass(frozen=True)
class FormerDraft:
    """A draft of a unit whose place the reporting unit has taken."""

    report: Report
    issuer: str


def former_drafts(report: Report) -> list[FormerDraft]:
    """The drafts on the period of the units that this one came after. One query."""
    last = _last_day(report)
    former = former_units(report.unit_id, last)
    drafts = Report.objects.filter(regime=report.regime, period=report.period, unit__in=former).order_by("unit", "pk")
    return [FormerDraft(draft, _name_once(draft.unit_id, last)) for draft in drafts]


def former_words(report: Report, slot: str) -> str:
    """What the units before wrote in a slot, one after the other."""
    of_former = NarrativeText.objects.current().filter(
        slot=slot,
        report__regime=report.regime,
        report__period=report.period,
        report__unit__in=former_units(report.unit_id, _last_day(report)),
    )
    return "\n".join(row.text for row in of_former.order_by("report__unit", "pk") if row.text)


def former_units(unit_id: int, on: date) -> list[int]:
    """The units that ended by a day and whose place this one has taken, alone or with others."""
    return sorted(ended for ended, after in came_after_on(on).items() if unit_id in after)


def _last_day(report: Report) -> date:
    return report.reported_period.last_day(regime(report.regime).window)


def _name_once(unit_id: int, on: date) -> str:
    node = tree_before_end(unit_id, on).node(unit_id)
    return node.name if node else ""
