"""`noivu reorganise`: simulate a plan, carry it out, list what was done, take one back."""

from pathlib import Path
from typing import Any

import click

from noivu.core.console import acting_as, actor_named, as_json_option, emit
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.planning.against import standards_told
from noivu.planning.conserving import conserved
from noivu.planning.correcting import correct_act, simulate_correction
from noivu.planning.findings import Finding
from noivu.planning.queries import act_numbered, acts
from noivu.planning.reading import read_plan
from noivu.planning.services import Done, carry_out_plan
from noivu.planning.simulation import Simulation, Things, simulate
from noivu.units.api import kinds, labels, undo_act

_SHOWN = 20


@click.command(epilog="Example: noivu reorganise plan.yaml --simulate (then --apply; --list; --undo 3 --reason …)")
@click.argument("plan", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--simulate", "what", flag_value="simulate", help="Say what the plan would do; nothing is changed.")
@click.option("--apply", "what", flag_value="apply", help="Carry the plan out, whole or not at all.")
@click.option("--list", "what", flag_value="list", help="The acts that were carried out.")
@click.option(
    "--undo", type=int, metavar="NUMBER", default=None, help="Take an act back, until something depends on it."
)
@click.option(
    "--instead-of",
    type=int,
    metavar="NUMBER",
    default=None,
    help="The act in whose place the plan is simulated or carried out.",
)
@click.option("--reason", default="", help="Why an act is taken back or corrected.")
@acting_as
@as_json_option
def reorganise(
    plan: Path | None,
    what: str | None,
    undo: int | None,
    instead_of: int | None,
    reason: str,
    username: str | None,
    as_json: bool,
) -> None:
    """Reorganise units by a plan: establish, merge, split, transfer, rename, move, dissolve, as one act on one day."""
    if undo is not None:
        act = act_numbered(undo)
        undo_act(actor=actor_named(username), act=act, reason=reason)
        emit({"undone": undo}, as_json, lambda _: str(Text(vi=f"Đã hủy: {act.title}", en=f"Taken back: {act.title}")))
    elif what == "list":
        emit({"acts": [_act_json(act) for act in acts()]}, as_json, _acts_words)
    elif plan is None or what is None:
        raise click.UsageError("Name a plan with --simulate or --apply, or use --list or --undo.")
    elif what == "simulate":
        wanted = read_plan(_text_of(plan))
        if instead_of is not None:
            payload = simulate_correction(act_numbered(instead_of), wanted, _simulation_json)
        else:
            payload = _simulation_json(simulate(wanted))
        emit(payload, as_json, _simulation_words)
        if not payload["applies"]:
            raise SystemExit(1)
    elif instead_of is not None:
        act, actor = act_numbered(instead_of), actor_named(username)
        corrected = correct_act(actor=actor, act=act, plan=read_plan(_text_of(plan)), reason=reason)
        again = [_done_json(done) for done in corrected.again]
        emit({**_done_json(corrected.done), "instead_of": instead_of, "again": again}, as_json, _corrected_words)
    else:
        done = carry_out_plan(actor=actor_named(username), plan=read_plan(_text_of(plan)))
        emit(_done_json(done), as_json, _done_words)


def _text_of(plan: Path) -> str:
    try:
        return plan.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refusal(
            what=Text(vi=f"Tệp {plan.name} không phải UTF-8.", en=f"{plan.name} is not UTF-8."),
            do=Text(vi="Lưu lại tệp với mã UTF-8.", en="Save it as UTF-8."),
            code="planning.unreadable",
        ) from problem


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "grave": not finding.is_doubt,
        "where": str(finding.where),
        "unit": finding.unit,
        "what": str(finding.what),
        "do": str(finding.do),
    }


def _simulation_json(simulation: Simulation) -> dict[str, Any]:
    plan = simulation.plan
    payload: dict[str, Any] = {
        "title": plan.title,
        "on": plan.on,
        "instrument": plan.instrument,
        "applies": simulation.is_sound,
        "findings": [_finding_json(finding) for finding in simulation.findings],
        "units": simulation.numbers,
        "kinds": _kinds_json(simulation.kinds_before, simulation.kinds_after),
    }
    if simulation.is_workable:
        payload["things"] = [_things_json(things, simulation) for things in simulation.things]
        payload["after"] = [
            {
                "code": unit.code,
                "name": unit.name,
                "kind": unit.kind,
                "new": unit.is_new,
                "from": list(unit.came_from),
                **unit.measures,
                "standards": standards_told(unit.against),
            }
            for unit in simulation.units_after()
        ]
    payload["conserved"] = [
        {key: getattr(one, key) for key in ("level", "measure", "before", "after", "unknown")}
        | {"words": str(one.words)}
        for one in conserved(simulation)
    ]
    return payload


def _kinds_json(before: dict[str, int], after: dict[str, int]) -> dict[str, dict[str, int]]:
    known = [kind.code for kind in kinds if kind.code in before or kind.code in after]
    return {code: {"before": before.get(code, 0), "after": after.get(code, 0)} for code in known}


def _things_json(things: Things, simulation: Simulation) -> dict[str, Any]:
    return {
        "code": things.code,
        "label": str(things.label),
        "before": things.before,
        "at_units_that_end": sum(things.by_unit.values()),
        "moved": things.outcome.moved,
        "waiting": [
            {"unit": simulation.name(waiting.unit_id), "number": waiting.number, "reason": str(waiting.reason)}
            for waiting in things.outcome.waiting
        ],
    }


def _simulation_words(payload: Any) -> str:
    lines = [f"{payload['title']} · {format_day(payload['on'])} · {payload['instrument']}"]
    lines += _findings_words(payload["findings"])
    units = Text(
        vi="Đơn vị: {established} lập mới, {ended} kết thúc, {changed} thay đổi, {kept} giữ nguyên",
        en="Units: {established} established, {ended} ended, {changed} changed, {kept} as they are",
    )
    lines.append(str(units.format(**payload["units"])))
    for code, counted in payload["kinds"].items():
        lines.append(f"  {kinds[code].label!s:<40} {counted['before']:>8} → {counted['after']:>8}")
    lines += [f"  {one['words']}" for one in payload["conserved"]]
    for things in payload.get("things", ()):
        moved = Text(vi="{moved} chuyển, {waiting} chờ quyết định", en="{moved} go over, {waiting} wait for a decision")
        waiting = sum(each["number"] for each in things["waiting"])
        lines.append(
            f"  {things['label']:<40} {things['before']:>8} ({moved.format(moved=things['moved'], waiting=waiting)})"
        )
        lines += [f"      {each['unit']}: {each['number']}, {each['reason']}" for each in things["waiting"][:_SHOWN]]
        if (more := len(things["waiting"]) - _SHOWN) > 0:
            lines.append(
                str(Text(vi=f"      … và {more} đơn vị nữa (xem --json)", en=f"      … and {more} more (see --json)"))
            )
    last = Text(vi="Chưa thay đổi gì.", en="Nothing was changed.")
    return "\n".join([*lines, str(last)])


def _findings_words(findings: list[dict[str, Any]]) -> list[str]:
    lines = []
    for finding in findings[:_SHOWN]:
        mark = "✗" if finding["grave"] else "?"
        lines.append(f"{mark} {finding['where']}: {finding['what']} {finding['do']}")
    more = len(findings) - _SHOWN
    return [*lines, str(Text(vi=f"… và {more} điểm nữa", en=f"… and {more} more"))] if more > 0 else lines


def _done_json(done: Done) -> dict[str, Any]:
    act = done.carried.act
    return {
        "act": act.pk,
        "title": act.title,
        "on": act.takes_effect_on,
        "units": dict(done.numbers),
        "doubts": [_finding_json(finding) for finding in done.doubts],
        "things": [
            {
                "code": code,
                "before": done.before[code],
                "after": done.after[code],
                "moved": outcome.moved,
                "waiting": sum(waiting.number for waiting in outcome.waiting),
            }
            for code, outcome in done.carried.outcomes.items()
        ],
        "waiting": _waiting_json(done),
    }


def _waiting_json(done: Done) -> list[dict[str, Any]]:
    waiting = [(code, each) for code, outcome in done.carried.outcomes.items() for each in outcome.waiting]
    named = labels({each.unit_id for _, each in waiting}, done.carried.act.takes_effect_on)
    return [
        {
            "things": code,
            "unit": named[each.unit_id].code,
            "name": named[each.unit_id].name,
            "number": each.number,
            "reason": str(each.reason),
        }
        for code, each in waiting
    ]


def _done_words(payload: Any) -> str:
    head = Text(vi="Đã thực hiện lần sắp xếp số {act}: {title}", en="Act {act} is carried out: {title}").format(
        **payload
    )
    units = Text(
        vi="{established} đơn vị lập mới, {ended} kết thúc, {changed} thay đổi",
        en="{established} units established, {ended} ended, {changed} changed",
    )
    lines = [str(head), str(units.format(**payload["units"])), *_findings_words(payload["doubts"])]
    for things in payload["things"]:
        lines.append(
            f"  {things['code']}: {things['before']} → {things['after']} (↷ {things['moved']}, ? {things['waiting']})"
        )
    return "\n".join(lines)


def _corrected_words(payload: Any) -> str:
    head = Text(vi="Thay cho lần sắp xếp số {instead_of}.", en="In the place of act {instead_of}.")
    again = Text(vi="Thực hiện lại thành lần số {act}: {title}", en="Carried out again as act {act}: {title}")
    lines = [str(head.format(instead_of=payload["instead_of"])), _done_words(payload)]
    lines += [str(again.format(act=done["act"], title=done["title"])) for done in payload["again"]]
    return "\n".join(lines)


def _act_json(act: Any) -> dict[str, Any]:
    return {
        "act": act.pk,
        "on": act.takes_effect_on,
        "title": act.title,
        "instrument": act.instrument.number_symbol,
        "carried_out_at": act.carried_out_at,
        "by": act.carried_out_by_name,
        "undone_at": act.undone_at,
        "undone_reason": act.undone_reason or None,
        "replaced_by": act.replaced_by_id,
    }


def _acts_words(payload: Any) -> str:
    undone = Text(vi=" (đã hủy)", en=" (taken back)")
    replaced = Text(vi=" (đã thay bằng lần số {by})", en=" (replaced by act {by})")
    lines = []
    for act in payload["acts"]:
        mark = undone if act["undone_at"] else ""
        mark = replaced.format(by=act["replaced_by"]) if act["replaced_by"] else mark
        lines.append(f"{act['act']:>4}  {format_day(act['on'])}  {act['instrument']:<22} {act['title']}{mark}")
    return "\n".join(lines) or str(Text(vi="Chưa có lần sắp xếp nào.", en="No act was carried out yet."))
