"""The public JSON shapes of figures and records (see the reference of the command line)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from noivu.core.indicators import Indicator, RecordLine
from noivu.core.numbers import half_up
from noivu.figures.across import Contribution
from noivu.figures.bridging import CAUSES, Bridge
from noivu.figures.drilling import Records
from noivu.figures.everywhere import Table
from noivu.figures.ground import Exactness
from noivu.figures.questions import Answer, Balance, Question, shown_rate
from noivu.figures.registry import Declarations
from noivu.figures.sources import Freshness
from noivu.figures.stated import Stated
from noivu.units.api import Label

Payload = dict[str, Any]


def head(unit_code: str, answer: Answer, exactness: Exactness) -> Payload:
    """What was asked, and how it was read."""
    question = answer.question
    read: Payload = {
        "unit": unit_code,
        "period": question.period.code,
        "window": question.window.code,
        "starts_on": answer.reading.range.starts_on,
        "ends_on": question.tree_day,
        "as_of": answer.reading.as_of,
        "line": question.line,
        "exact": exactness.exact,
        "known_from": exactness.known_from,
    }
    if question.known_at is not None:
        read["known_at"] = question.known_at
    return read


def values(answer: Answer, codes: Iterable[str]) -> Payload:
    """Counts as whole numbers, rates in per cent with one decimal, null where there is nothing to divide by."""
    return {code: answer.shown(code) for code in codes}


def identities(balances: Iterable[Balance]) -> list[Payload]:
    """Each identity with its figures, and whether it holds."""
    return [
        {
            "name": balanced.code,
            "label": str(balanced.label),
            "holds": balanced.holds,
            "whole": {balanced.whole[0]: balanced.whole[1]},
            "parts": dict(balanced.parts),
            "gap": balanced.gap,
        }
        for balanced in balances
    ]


def sources(fresh: Iterable[Freshness]) -> Payload:
    """The registers read, and when each was last written to."""
    return {s.code: {"label": str(s.label), "last_recorded_at": s.last_recorded_at} for s in fresh}


def stated(beside: Iterable[Stated]) -> list[Payload]:
    """Figures stated beside the counted ones."""
    return [
        {
            "indicator": s.indicator,
            "kind": s.kind.value,
            "value": s.value,
            "difference": s.difference,
            "source": s.source,
            "stated_by": s.stated_by,
        }
        for s in beside
    ]


def row(table: Table, unit_id: int, codes: Iterable[str]) -> Payload:
    """A unit's figures out of a table of all units."""
    counted = table.values(unit_id)
    rates = table.declared.rates
    return {c: shown_rate(table.rate(unit_id, c)) if c in rates else counted[c] for c in codes}


def carried(answer: Answer, codes: Iterable[str], named: Mapping[int, Label]) -> Payload:
    """What an answer in another day's structure says beside its values: what is estimated, what was not apportioned."""
    wanted = list(codes)
    return {
        "structure": answer.question.structure,
        "estimated": [code for code in wanted if code in answer.estimated],
        "not_apportioned": [
            {
                "unit": named[left.unit_id].code,
                "name": named[left.unit_id].name,
                "values": {code: left.values[code] for code in wanted if code in left.values},
                "successors": [named[unit].code for unit in left.successors],
                "counted_at": None if left.counted_at is None else named[left.counted_at].code,
            }
            for left in answer.not_apportioned
        ],
    }


def row_across(code: str, name: str, answer: Answer, codes: Sequence[str]) -> Payload:
    """A unit's figures in another day's structure, with those that are estimated."""
    estimated = [each for each in codes if each in answer.estimated]
    return {"unit": code, "name": name, "values": values(answer, codes), "estimated": estimated}


def shares(shared: Iterable[Contribution], named: Mapping[int, Label]) -> list[Payload]:
    """The units behind an estimated figure; each share in per cent with two decimals."""
    return [
        {"unit": named[each.unit_id].code, "name": named[each.unit_id].name, "share": half_up(each.share * 100, 2)}
        for each in shared
    ]


def bridge(unit_code: str, found: Bridge) -> Payload:
    """Two values, and by cause what makes the difference: `change` sums to it, `records` is how many records do."""
    ends = zip((found.first, found.second), found.values, strict=True)
    first, second = (_end(question, value) for question, value in ends)
    return {
        "indicator": found.indicator.code,
        "unit": unit_code,
        "from": first,
        "to": second,
        "change": found.change,
        "causes": [
            {"cause": cause.value, "label": str(CAUSES[cause][0]), "change": found.part(cause), "records": len(records)}
            for cause, records in found.by_cause.items()
        ],
    }


def _end(question: Question, value: int) -> Payload:
    end: Payload = {"period": question.period.code, "as_of": question.reading.as_of, "value": value}
    return end if question.known_at is None else {**end, "known_at": question.known_at}


def bridge_lines(lines: Iterable[tuple[RecordLine, int]], unit_codes: Mapping[int, str]) -> list[Payload]:
    """The records of a cause, each with its part of the change."""
    return [
        {
            "id": line.id,
            "unit": unit_codes.get(line.unit_id, ""),
            "label": line.label,
            "url": line.url,
            "change": change,
        }
        for line, change in lines
    ]


def listed(declared: Declarations) -> list[Payload]:
    """Every figure and rate with its documentation."""
    return [_counted(indicator, declared) for indicator in declared.indicators] + [
        {
            "code": rate.code,
            "label": str(rate.label),
            "concept": str(rate.concept),
            "method": str(rate.method),
            "measured_in": "%",
            "part": rate.part,
            "whole": rate.whole,
        }
        for rate in declared.rates
    ]


def _counted(indicator: Indicator, declared: Declarations) -> Payload:
    base = declared.bases[indicator.base]
    return {
        "code": indicator.code,
        "label": str(indicator.label),
        "concept": str(indicator.concept),
        "method": str(indicator.method),
        "measured_in": str(indicator.measured_in),
        "base": str(base.label),
        "source": base.source,
        "breakdowns": {way.code: str(way.label) for way in indicator.breakdowns},
        "completeness": indicator.completeness,
    }


def records(found: Records, unit_codes: Mapping[int, str]) -> Payload:
    """The records behind a figure."""
    return {
        "indicator": found.indicator.code,
        "count": found.counted,
        "shown": found.shown,
        "records": [
            {"id": line.id, "unit": unit_codes.get(line.unit_id, ""), "label": line.label, "url": line.url}
            for line in found.lines
        ],
    }
