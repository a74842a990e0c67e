"""`noivu units`: load the real units, show one, the tree, counts, and where units went."""

import codecs
import io
from datetime import date
from pathlib import Path
from typing import Any

import click

from noivu.core import clock
from noivu.core.console import DAY, as_json_option, emit, note
from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.sheets.api import OutColumn, write_csv
from noivu.units.describing import Fact, UnitFacts, unit_facts
from noivu.units.finding import find_node
from noivu.units.kinds import kinds
from noivu.units.lineage import Change, Step, changes_on, ended_bearers, predecessors, successors
from noivu.units.lineage_command import lineage_command
from noivu.units.queries import tree
from noivu.units.tree import Node, Tree

_ON = click.option("--on", type=DAY, default=None, help="The day (default: today).")


@click.group(epilog="Example: noivu units count --on 2025-07-01 --json")
def units() -> None:
    """Units as of any day: facts, tree, counts, where they came from and went."""


units.add_command(lineage_command)


@units.command(epilog="Example: noivu units show 26740 --on 2025-06-30")
@click.argument("code")
@_ON
@as_json_option
def show(code: str, on: date | None, as_json: bool) -> None:
    """What is known of a unit, as of a day."""
    present = tree(on or clock.today())
    known = unit_facts(find_node(code, present).id, present)
    emit(_facts_json(known, present), as_json, lambda _: _facts_words(known, present))


@units.command("tree", epilog="Example: noivu units tree 40 --on 2024-10-31 --depth 1")
@click.argument("code", required=False)
@_ON
@click.option("--depth", type=click.IntRange(min=0), default=None, help="How many levels below (default: all).")
@as_json_option
def tree_command(code: str | None, on: date | None, depth: int | None, as_json: bool) -> None:
    """The tree of units of a day, whole or below one unit."""
    present = tree(on or clock.today())
    roots = [find_node(code, present)] if code else present.roots
    payload = {**_as_of(present, on), "units": [_branch(present, root, depth) for root in roots]}
    emit(payload, as_json, lambda _: "\n".join(line for root in roots for line in _drawn(present, root, depth)))


@units.command(epilog="Example: noivu units count --on 2025-07-01")
@_ON
@click.option("--under", metavar="CODE", default=None, help="Only below this unit.")
@as_json_option
def count(on: date | None, under: str | None, as_json: bool) -> None:
    """How many administrative units there are, by tier and kind."""
    present = tree(on or clock.today())
    below = find_node(under, present).id if under else None
    tiers = present.count_by_level(below)
    payload = {
        **_as_of(present, on),
        **({"under": under} if under else {}),
        **{tier: tiers.get(tier, 0) for tier in ("province", "district", "commune")},
        "by_kind": _by_kind(present, below),
    }
    emit(payload, as_json, _count_words)


@units.command("successors", epilog="Example: noivu units successors 26740 --on 2025-07-01")
@click.argument("code")
@click.option("--from", "since", type=DAY, default=None, help="The day on which the code was the unit's.")
@_ON
@as_json_option
def successors_command(code: str, since: date | None, on: date | None, as_json: bool) -> None:
    """Where a unit went: its successors on a day, with share and instrument."""
    day = on or clock.today()
    unit = find_node(code, tree(since)).id if since else _latest_bearer(code, day)
    steps = successors(unit, day, since)
    emit(_lineage_json("successors", code, day, steps), as_json, lambda _: _lineage_words(steps))


@units.command("predecessors", epilog="Example: noivu units predecessors 16690 --on 2025-07-01")
@click.argument("code")
@click.option("--from", "since", type=DAY, default=None, help="Only events after this day.")
@_ON
@as_json_option
def predecessors_command(code: str, since: date | None, on: date | None, as_json: bool) -> None:
    """Where a unit of a day came from."""
    day = on or clock.today()
    steps = predecessors(find_node(code, tree(day)).id, day, since)
    emit(_lineage_json("predecessors", code, day, steps), as_json, lambda _: _lineage_words(steps))


@units.command("successions", epilog="Example: noivu units successions --on 2025-07-01 -o successions.csv")
@click.option("--on", type=DAY, required=True, help="The day on which they took effect.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, writable=True), help="Write a CSV file.")
@as_json_option
def successions_command(on: date, output: str | None, as_json: bool) -> None:
    """Every succession that took effect on a day: old code, new code, share, instrument."""
    found = changes_on(on)
    if output:
        _write_successions(found, output)
        note(f"{len(found)} → {output}")
        if not as_json:
            return
    payload = {"on": on, "count": len(found), "successions": [_change_row(change) for change in found]}
    emit(payload, as_json, lambda _: "\n".join(",".join(row) for row in _csv_rows(found)))


_HEADS = ("old_code", "new_code", "share", "instrument")


def _change_row(change: Change) -> dict[str, str]:
    return dict(zip(_HEADS, _values(change), strict=True))


def _values(change: Change) -> tuple[str, ...]:
    return change.old_code, change.new_code, change.share, change.instrument


def _csv_rows(found: list[Change]) -> list[tuple[str, ...]]:
    return [_HEADS, *(_values(change) for change in found)]


def _write_successions(found: list[Change], output: str) -> None:
    buffer = io.BytesIO()
    write_csv([OutColumn(head) for head in _HEADS], [_values(change) for change in found], buffer)
    # All is ASCII: the mark by which Excel knows UTF-8 is not needed, and would spoil the first head for programs.
    Path(output).write_bytes(buffer.getvalue().removeprefix(codecs.BOM_UTF8))


def _latest_bearer(code: str, on: date) -> int:
    """The unit whose successors are meant when only a code is given: the last that bore it and ended, or the living."""
    ended = ended_bearers(code, on)
    if len(ended) == 1:
        return ended[0]
    return find_node(code, tree(on)).id


def _as_of(present: Tree, on: date | None) -> dict[str, Any]:
    return {"on": on or clock.today(), "exact": present.exact, "known_from": present.known_from}


def _by_kind(present: Tree, below: int | None) -> dict[str, int]:
    counted = present.count_by_kind(below)
    known = {kind.label.vi: counted[kind.code] for kind in kinds if kind.code in counted}
    return known | {code: number for code, number in counted.items() if code not in kinds}


def _count_words(payload: Any) -> str:
    labels = {kind.label.vi: kind.label for kind in kinds}
    lines = [f"{Text(vi='Ngày', en='On')} {format_day(payload['on'])}" + _doubt(payload)]
    lines += [f"  {number:>6}  {labels.get(kind, kind)}" for kind, number in payload["by_kind"].items()]
    return "\n".join(lines)


def _doubt(payload: Any) -> str:
    if payload["exact"]:
        return ""
    day = format_day(payload["known_from"])
    doubt = Text(vi=f"theo cây đơn vị sớm nhất được biết, từ {day}", en=f"by the earliest tree known, from {day}")
    return f" ({doubt})"


def _branch(present: Tree, node: Node, depth: int | None) -> dict[str, Any]:
    branch: dict[str, Any] = {"code": node.code, "name": node.name, "kind": _label(node)}
    if depth is None or depth > 0:
        deeper = None if depth is None else depth - 1
        branch["units"] = [_branch(present, child, deeper) for child in present.children(node.id)]
    return branch


def _label(node: Node) -> str:
    kind = kinds.get(node.kind)
    return kind.label.vi if kind else node.kind


def _drawn(present: Tree, root: Node, depth: int | None, indent: int = 0) -> list[str]:
    lines = [f"{'  ' * indent}{node_line(root)}"]
    if depth is None or depth > indent:
        for child in present.children(root.id):
            lines += _drawn(present, child, depth, indent + 1)
    return lines


def node_line(node: Node) -> str:
    """One line of a drawn tree: name and code."""
    return f"{node.name} ({node.code})"


def _lineage_json(what: str, code: str, on: date, steps: list[Step]) -> dict[str, Any]:
    listed = [
        {
            "unit": step.code,
            "name": step.name,
            "share": step.share,
            "instrument": step.instrument or None,
            "on": step.on,
            "clause": step.clause or None,
        }
        for step in steps
    ]
    return {"unit": code, "on": on, what: listed}


def _lineage_words(steps: list[Step]) -> str:
    shares = {"whole": str(Text(vi="toàn bộ", en="whole")), "part": str(Text(vi="một phần", en="part"))}
    widest = max((len(step.name) for step in steps), default=0)
    return "\n".join(
        f"{step.code:<8} {step.name:<{widest}}  {shares[step.share]:<9} {step.instrument or '—'}" for step in steps
    )


def _facts_json(known: UnitFacts, present: Tree) -> dict[str, Any]:
    return {
        "unit": known.node.code,
        "uid": str(known.uid),
        "name": known.node.name,
        "kind": _label(known.node),
        **_as_of(present, known.on),
        "path": [node.code for node in present.path(known.node.id)],
        "lines": {line: node.code for line, node in known.lines.items()},
        "facts": [
            {
                "what": fact.what,
                "value": fact.value.vi,
                "from": fact.starts_on if fact.start_known else None,
                "known_from": fact.starts_on,
                "to": fact.ends_on,
                "instrument": fact.instrument,
                "source": fact.source or None,
            }
            for fact in known.facts
        ],
    }


def _facts_words(known: UnitFacts, present: Tree) -> str:
    lines = [node_line(known.node), "  " + " › ".join(node.name for node in present.path(known.node.id))]
    lines += [f"  {fact.label}: {fact.value}  [{_stretch(fact)}]  {fact.instrument}" for fact in known.facts]
    return "\n".join(lines)


def _stretch(fact: Fact) -> str:
    day = format_day(fact.starts_on)
    since = Text(vi=f"từ {day}", en=f"from {day}")
    before = Text(vi=f"từ trước {day}", en=f"from before {day}")
    first = str(since if fact.start_known else before)
    if not fact.last_day:
        return first
    last = format_day(fact.last_day)
    return f"{first} {Text(vi=f'đến hết {last}', en=f'to the end of {last}')}"
