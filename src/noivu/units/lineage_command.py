"""`noivu units lineage`: all generations of a unit's kin."""

from datetime import date
from typing import Any

import click

from noivu.core import clock
from noivu.core.console import DAY, as_json_option, emit
from noivu.core.dates import format_day
from noivu.units.annals import EVER, NEVER, Spell
from noivu.units.finding import find_node
from noivu.units.queries import tree
from noivu.units.river import WIDTHS, Lineage, LineageStep


@click.command("lineage", epilog="Example: noivu units lineage 26740 --on 2025-07-01")
@click.argument("code")
@click.option("--on", type=DAY, default=None, help="The day on which the code is the unit's (default: today).")
@as_json_option
def lineage_command(code: str, on: date | None, as_json: bool) -> None:
    """Where a unit came from and where it went, over all generations, each step with its instrument."""
    day = on or clock.today()
    node = find_node(code, tree(day))
    found = Lineage(node.id)
    payload = {
        "unit": node.code,
        "name": node.name,
        "on": day,
        "measured_by": found.measured[0] or "equal",
        "units": [_spell(spell) for unit in found.units for spell in found.known.spells.get(unit, ())],
        "steps": [_step(step) for step in found.steps],
    }
    emit(payload, as_json, lambda told: _words(told, found))


def _spell(spell: Spell) -> dict[str, Any]:
    return {
        "unit": spell.code,
        "name": spell.name,
        "from": None if spell.starts_on == EVER else spell.starts_on,
        "to": None if spell.ends_on == NEVER else spell.ends_on,
        "instrument": spell.instrument or None,
    }


def _step(step: LineageStep) -> dict[str, Any]:
    passage = step.passage
    return {
        "on": passage.event.on,
        "from": {"unit": step.old.code, "name": step.old.name},
        "to": {"unit": step.new.code, "name": step.new.name},
        "share": passage.share,
        "population": passage.population,
        "area_hectares": passage.area,
        "villages": passage.villages or None,
        "event": passage.event.title,
        "instrument": passage.event.instrument,
        "clause": passage.clause or None,
    }


def _words(told: dict[str, Any], found: Lineage) -> str:
    lines = [f"{told['name']} ({told['unit']}). {WIDTHS[found.measured[0]]}."]
    for step in found.steps:
        event = step.passage.event
        paper = ", ".join(part for part in (event.instrument, step.passage.clause) if part)
        sides = [f"{spell.name} ({spell.code})" for spell in (step.old, step.new)]
        lines.append(f"  {format_day(event.on)}  {sides[0]} → {sides[1]}: {step.share}  [{paper}]")
    return "\n".join(lines)
