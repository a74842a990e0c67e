"""The ministry with its units by decree, and a People's Committee and a Department of Home Affairs per province."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from noivu.portal.vietnam.source import Place, own_file
from noivu.portal.vietnam.territories import PROVINCES, Plan
from noivu.units.api import Event, Span, identity
from noivu.units.constants import ORGANISATION_SCHEME, Family, Line, Share

_COMMITTEES, _DEPARTMENTS = "77/2015/QH13", "45/2025/NĐ-CP"
_NO_SOURCE = "Mã do sản phẩm đặt"


def organisation(code: str, age: str = "") -> uuid.UUID:
    """The identity of an organisation; `age` tells the one after the arrangement from the one before."""
    return identity("vn", "organisation", *([age] if age else []), code)


def add_ministry(plan: Plan) -> None:
    """The ministry, and its units from decree to decree: 20, then 22, then 21."""
    listed = own_file("ministry.yaml")
    decrees = {key: (entry["on"], plan.instrument(entry["number"])) for key, entry in listed["decrees"].items()}
    first = min(on for on, _ in decrees.values())
    ministry = plan.batch.unit(organisation("BNV"), Family.ORGANISATION)
    since = Span(first, None, decrees["63"][1], start_known=False, source=_NO_SOURCE)
    _describe(plan, ministry, since, "BNV", "Bộ Nội vụ", "ministry")
    took_over: dict[date, list[tuple[uuid.UUID, uuid.UUID, Share, str]]] = {}
    for position, entry in enumerate(listed["units"], start=1):
        on, paper = decrees[entry["since"]]
        ends_on = decrees[entry["until"]][0] if "until" in entry else None
        span = Span(on, ends_on, paper, start_known=on != first, source=_NO_SOURCE)
        unit = plan.batch.unit(organisation(entry["code"]), Family.ORGANISATION)
        _describe(plan, unit, span, entry["code"], entry["name"], entry["kind"])
        plan.batch.line(unit, span, Line.SUPERIOR, ministry, position)
        for old in entry.get("from", []):
            took_over.setdefault(on, []).append((organisation(old), unit, Share.WHOLE, ""))
    for on, paper in sorted(decrees.values(), key=lambda decree: decree[0])[1:]:
        title = f"Cơ cấu tổ chức của Bộ Nội vụ theo {paper.number_symbol}"
        plan.batch.events.append(Event(on, "arrangement", title, paper, took_over.get(on, [])))


@dataclass(frozen=True, slots=True)
class Form:
    """One of the two organisations of a province."""

    prefix: str
    kind: str
    title: str
    paper: str


FORMS = (
    Form("UBND", "provincial-committee", "Ủy ban nhân dân", _COMMITTEES),
    Form("SNV", "provincial-department", "Sở Nội vụ", _DEPARTMENTS),
)


def add_provincial_organisations(plan: Plan) -> None:
    """63 of each, then 34; they are the same where the province is the same, and go where their province goes."""
    lists = plan.lists
    for code, place in lists.old_provinces.items():
        kept = plan.is_kept_province(code) if code in lists.new_provinces else False
        for form in FORMS:
            span = plan.throughout(form.paper) if kept else plan.before(form.paper)
            _add(plan, form, place, replace(span, source=_NO_SOURCE), plan.old_province(code), _before)
    for code, place in lists.new_provinces.items():
        if not plan.is_kept_province(code):
            span = replace(plan.after(PROVINCES), source=_NO_SOURCE)
            for form in FORMS:
                _add(plan, form, place, span, plan.new_province(code), after_arrangement)
    went = [
        (_before(form, old), after_arrangement(form, new), Share.WHOLE, "")
        for old, new in lists.provinces_into.items()
        for form in FORMS
        if not plan.is_kept_province(new)
    ]
    title = "Sắp xếp Ủy ban nhân dân và Sở Nội vụ theo đơn vị hành chính cấp tỉnh"
    plan.batch.events.append(Event(plan.arranged_on, "arrangement", title, plan.instrument(PROVINCES), went))
    _rename_with_provinces(plan)


def _before(form: Form, code: str) -> uuid.UUID:
    return organisation(f"{form.prefix}-{code}")


def after_arrangement(form: Form, code: str) -> uuid.UUID:
    return organisation(f"{form.prefix}-{code}", "2025")


def _add(
    plan: Plan,
    form: Form,
    place: Place,
    span: Span,
    province: uuid.UUID,
    identify: Callable[[Form, str], uuid.UUID],
) -> None:
    unit = plan.batch.unit(identify(form, place.code), Family.ORGANISATION)
    changes = [c for c in _province_changes() if c.code == place.code and span.ends_on is None]
    until = replace(span, ends_on=changes[0].on) if changes else span
    plan.batch.kind(unit, span, form.kind)
    plan.batch.code(unit, span, ORGANISATION_SCHEME, f"{form.prefix}-{place.code}")
    _name(plan, unit, until, form, place.name)
    plan.batch.line(unit, span, Line.TERRITORY, province)
    if form.prefix == "SNV":
        plan.batch.line(unit, span, Line.SUPERIOR, identify(FORMS[0], place.code))
        plan.batch.line(unit, span, Line.GUIDANCE, organisation("BNV"))


@dataclass(frozen=True, slots=True)
class _ProvinceChange:
    code: str
    on: date
    number: str
    name: str


def _province_changes() -> list[_ProvinceChange]:
    """Provinces that changed their name after the arrangement: their organisations change it with them."""
    return [
        _ProvinceChange(code, change["on"], change["instrument"], now["name"])
        for change in own_file("arrangement.yaml")["changes"]
        for code, now in change["units"].items()
        if now["kind"] in ("province", "city")
    ]


def _rename_with_provinces(plan: Plan) -> None:
    for change in _province_changes():
        identify = _before if plan.is_kept_province(change.code) else after_arrangement
        span = Span(change.on, None, plan.instrument(change.number), source=_NO_SOURCE)
        for form in FORMS:
            _name(plan, identify(form, change.code), span, form, change.name)


def _name(plan: Plan, unit: uuid.UUID, span: Span, form: Form, province: str) -> None:
    name = organisation_name(form, province)
    plan.batch.name(unit, span, name, form.kind, name)


def organisation_name(form: Form, province: str) -> str:
    """ "Sở Nội vụ tỉnh Nghệ An"; the city that bears a person's name keeps its capital."""
    inside = province if province == "Thành phố Hồ Chí Minh" else province[0].lower() + province[1:]
    return f"{form.title} {inside}"


def _describe(plan: Plan, unit: uuid.UUID, span: Span, code: str, name: str, kind: str) -> None:
    plan.batch.kind(unit, span, kind)
    plan.batch.name(unit, span, name, kind, name)
    plan.batch.code(unit, span, ORGANISATION_SCHEME, code)
