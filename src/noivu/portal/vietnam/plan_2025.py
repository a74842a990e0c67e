"""The arrangement of 1 July 2025 as a plan of reorganisation: what the resolutions did, event by event.

Territories, and the People's Committees and Departments of Home Affairs that merge with them. Units that it establishes
have the identities under which `load` knows them, so that a register may take either way and be the same.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from noivu.portal.vietnam.load import ARRANGED_ON, KNOWN_FROM
from noivu.portal.vietnam.organisations import FORMS, after_arrangement, organisation_name
from noivu.portal.vietnam.source import Place, read_lists
from noivu.portal.vietnam.territories import DISTRICTS_END, PROVINCES, Plan, kept_communes, new_commune
from noivu.units.api import Batch
from noivu.units.constants import Share

_PROVINCES_TITLE = "Sắp xếp đơn vị hành chính cấp tỉnh năm 2025"
_ORGANISATIONS_TITLE = "Sắp xếp Ủy ban nhân dân và Sở Nội vụ theo đơn vị hành chính cấp tỉnh"
_DISTRICTS_TITLE = "Kết thúc hoạt động của đơn vị hành chính cấp huyện"


def plan_2025() -> str:
    """The plan as YAML, one event on a line."""
    plan = Plan(lists=read_lists(), batch=Batch(), known_from=KNOWN_FROM, arranged_on=ARRANGED_ON)
    head = {
        "title": "Sắp xếp đơn vị hành chính ngày 01/7/2025",
        "takes_effect_on": ARRANGED_ON.isoformat(),
        "instrument": PROVINCES,
    }
    lines = [f"{key}: {_line(value)}" for key, value in head.items()]
    events = (*_provinces(plan), *_organisations(plan), *_communes(plan), _districts())
    return "\n".join([*lines, "events:", *(f"- {_line(event)}" for event in events), ""])


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _place(place: Place, uid: object, **further: str) -> dict[str, Any]:
    return {"code": place.code, "name": place.name, "kind": place.kind, **further, "uid": str(uid)}


def _came_from(plan: Plan) -> dict[str, list[str]]:
    """By code of a new province that is not as it was: the old ones."""
    found: dict[str, list[str]] = defaultdict(list)
    for old, new in plan.lists.provinces_into.items():
        if not plan.is_kept_province(new):
            found[new].append(old)
    return found


def _provinces(plan: Plan) -> Iterator[dict[str, Any]]:
    for code, olds in _came_from(plan).items():
        into = _place(plan.lists.new_provinces[code], plan.new_province(code))
        yield {"title": _PROVINCES_TITLE, "instrument": PROVINCES, "merge": {"into": into, "from": olds}}


def _organisations(plan: Plan) -> Iterator[dict[str, Any]]:
    for code, olds in _came_from(plan).items():
        for form in FORMS:
            into: dict[str, Any] = {
                "code": f"{form.prefix}-{code}",
                "name": organisation_name(form, plan.lists.new_provinces[code].name),
                "kind": form.kind,
                "territory": code,
                "uid": str(after_arrangement(form, code)),
            }
            into["short_name"] = into["name"]
            if form.prefix == "SNV":
                into |= {"superior": f"UBND-{code}", "guidance": "BNV"}
            sources = [f"{form.prefix}-{old}" for old in olds]
            yield {
                "title": _ORGANISATIONS_TITLE,
                "instrument": PROVINCES,
                "merge": {"into": into, "from": sources},
            }


def _communes(plan: Plan) -> Iterator[dict[str, Any]]:
    """Province by province, as the resolutions are; the last part of a commune that is parted is what remains of it."""
    lists, kept = plan.lists, kept_communes(plan.lists)
    sources: dict[str, list[str]] = defaultdict(list)
    for old, codes in lists.communes_into.items():
        if old not in kept:
            for new in codes:
                sources[new].append(old)
    left = {old: len(codes) for old, codes in lists.communes_into.items()}
    for province in sorted(lists.new_provinces):
        paper = plan.resolution(province)
        title = f"Sắp xếp các đơn vị hành chính cấp xã của {lists.new_provinces[province].name} năm 2025"
        for code, place in lists.new_communes.items():
            if place.above != province:
                continue
            common = {"title": title, "instrument": paper}
            if code in kept:
                yield from ({**common, **change} for change in _kept(plan, code, province))
                continue
            portions = []
            for old in sources[code]:
                left[old] -= 1
                portions.append(_portion(plan, old, code, left[old]))
            into = _place(place, new_commune(code), territory=province)
            yield {**common, "merge": {"into": into, "from": portions}}


def _portion(plan: Plan, old: str, new: str, left: int) -> Any:
    clause = plan.lists.clauses.get((old, new), "")
    share = "whole" if len(plan.lists.communes_into[old]) == 1 else Share.PART.value if left else "rest"
    told = {"unit": old, "share": share, **({"clause": clause} if clause else {})}
    return old if told == {"unit": old, "share": "whole"} else told


def _kept(plan: Plan, code: str, province: str) -> Iterator[dict[str, Any]]:
    before, after = plan.lists.old_communes[code], plan.lists.new_communes[code]
    yield {"move": {"unit": code, "territory": province}}
    if before.name != after.name:
        yield {"rename": {"unit": code, "name": after.name}}


def _districts() -> dict[str, Any]:
    return {"title": _DISTRICTS_TITLE, "instrument": DISTRICTS_END, "abolish-level": {"level": "district"}}
