"""The administrative units: three tiers up to 30/6/2025, two from 1/7/2025, and the changes since."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import date

from noivu.law.api import Instrument, instrument
from noivu.portal.vietnam.source import SOURCE, Lists, Place, own_file
from noivu.units.api import Batch, Event, Span, UnitKind, UnitName, identity, name_key
from noivu.units.constants import STATISTICAL_SCHEME, Family, Line, Share

OLD_LIST, NEW_LIST = "124/2004/QĐ-TTg", "19/2025/QĐ-TTg"
PROVINCES, DISTRICTS_END = "202/2025/QH15", "203/2025/QH15"
THREE_TIERS, TWO_TIERS = "three-tier", "two-tier"


@dataclass(eq=False)
class Plan:
    """What is being loaded, with the instruments that were looked up on the way."""

    lists: Lists
    batch: Batch
    known_from: date
    arranged_on: date
    instruments: dict[str, Instrument] = field(default_factory=dict)

    def instrument(self, number: str) -> Instrument:
        if number not in self.instruments:
            self.instruments[number] = instrument(number)
        return self.instruments[number]

    def before(self, number: str = OLD_LIST) -> Span:
        """From the first day that is known up to the arrangement."""
        return Span(self.known_from, self.arranged_on, self.instrument(number), start_known=False, source=SOURCE)

    def throughout(self, number: str = OLD_LIST) -> Span:
        """From the first day that is known, without end."""
        return replace(self.before(number), ends_on=None)

    def after(self, number: str) -> Span:
        """From the arrangement on."""
        return Span(self.arranged_on, None, self.instrument(number), source=SOURCE)

    def resolution(self, province: str) -> str:
        """The resolution that arranged the communes of a new province."""
        number: str = own_file("arrangement.yaml")["communes"][province]
        return number

    def old_province(self, code: str) -> uuid.UUID:
        return identity("vn", THREE_TIERS, code)

    def new_province(self, code: str) -> uuid.UUID:
        return self.old_province(code) if self.is_kept_province(code) else identity("vn", TWO_TIERS, code)

    def is_kept_province(self, code: str) -> bool:
        """True for the 11 provinces that the arrangement left alone: one predecessor, of the same name and code."""
        old = [o for o, new in self.lists.provinces_into.items() if new == code]
        return old == [code] and self.lists.old_provinces[code].name == self.lists.new_provinces[code].name


def describe(batch: Batch, uid: uuid.UUID, place: Place, span: Span, code_span: Span) -> None:
    """Kind, name and code of an administrative unit."""
    batch.kind(uid, span, place.kind)
    batch.name(uid, span, place.name, place.kind)
    batch.code(uid, code_span, STATISTICAL_SCHEME, place.code)


def add_provinces(plan: Plan) -> None:
    """63 provinces, then 34: of the latter 11 are the same units as before."""
    batch, lists = plan.batch, plan.lists
    for code, place in lists.old_provinces.items():
        uid = batch.unit(plan.old_province(code), Family.ADMINISTRATIVE)
        kept = lists.provinces_into[code] == code and plan.is_kept_province(code)
        span = plan.throughout() if kept else plan.before()
        describe(batch, uid, place, span, span)
    for code, place in lists.new_provinces.items():
        if not plan.is_kept_province(code):
            uid = batch.unit(plan.new_province(code), Family.ADMINISTRATIVE)
            describe(batch, uid, place, plan.after(PROVINCES), plan.after(NEW_LIST))
    went = [
        (plan.old_province(old), plan.new_province(new), Share.WHOLE, "")
        for old, new in lists.provinces_into.items()
        if not plan.is_kept_province(new)
    ]
    batch.events.append(
        Event(
            plan.arranged_on,
            "arrangement",
            "Sắp xếp đơn vị hành chính cấp tỉnh năm 2025",
            plan.instrument(PROVINCES),
            went,
        )
    )


def add_districts(plan: Plan) -> None:
    """696 districts, which end; those without communes (five islands) go into their special zone."""
    for code, place in plan.lists.districts.items():
        uid = plan.batch.unit(identity("vn", THREE_TIERS, code), Family.ADMINISTRATIVE)
        describe(plan.batch, uid, place, plan.before(), plan.before())
        plan.batch.line(uid, plan.before(), Line.TERRITORY, plan.old_province(place.above))
    plan.batch.events.append(
        Event(
            plan.arranged_on,
            "dissolution",
            "Kết thúc hoạt động của đơn vị hành chính cấp huyện",
            plan.instrument(DISTRICTS_END),
            [],
        )
    )


def add_communes(plan: Plan) -> None:
    """10,035 communes, then 3,321; those that nothing touched but the end of their district stay the same units."""
    batch, lists = plan.batch, plan.lists
    kept = kept_communes(lists)
    for code, place in lists.old_communes.items():
        uid = batch.unit(identity("vn", THREE_TIERS, code), Family.ADMINISTRATIVE)
        batch.line(uid, plan.before(), Line.TERRITORY, identity("vn", THREE_TIERS, place.above))
        if code in kept:
            _keep(plan, uid, place, lists.new_communes[code])
        else:
            describe(batch, uid, place, plan.before(), plan.before())
    for code, place in lists.new_communes.items():
        if code not in kept:
            uid = batch.unit(new_commune(code), Family.ADMINISTRATIVE)
            span = plan.after(plan.resolution(place.above))
            describe(batch, uid, place, span, plan.after(NEW_LIST))
            batch.line(uid, span, Line.TERRITORY, plan.new_province(place.above))
    _add_arrangements(plan, kept)


def new_commune(code: str) -> uuid.UUID:
    """The identity of a commune that the arrangement established."""
    return identity("vn", TWO_TIERS, code)


def kept_communes(lists: Lists) -> frozenset[str]:
    """Codes of communes that stay the same unit: one predecessor, whole, of the same kind, code and name."""
    came_from: dict[str, list[str]] = {}
    for old, codes in lists.communes_into.items():
        for new in codes:
            came_from.setdefault(new, []).append(old)
    other_spelling = set(own_file("arrangement.yaml")["same_unit_other_spelling"])
    kept = set()
    for new, olds in came_from.items():
        if olds == [new] and lists.communes_into[new] == [new] and new in lists.old_communes:
            before, after = lists.old_communes[new], lists.new_communes[new]
            same_name = name_key(before.name) == name_key(after.name) or new in other_spelling
            if same_name and before.kind == after.kind:
                kept.add(new)
    return frozenset(kept)


def _keep(plan: Plan, uid: uuid.UUID, before: Place, after: Place) -> None:
    span = plan.after(plan.resolution(after.above))
    plan.batch.kind(uid, plan.throughout(), before.kind)
    plan.batch.code(uid, plan.throughout(), STATISTICAL_SCHEME, before.code)
    if before.name == after.name:
        plan.batch.name(uid, plan.throughout(), before.name, before.kind)
    else:
        plan.batch.name(uid, plan.before(), before.name, before.kind)
        plan.batch.name(uid, span, after.name, after.kind)
    plan.batch.line(uid, span, Line.TERRITORY, plan.new_province(after.above))


def _add_arrangements(plan: Plan, kept: frozenset[str]) -> None:
    """One event for each new province, with its resolution and the successions of its communes."""
    lists = plan.lists
    went: dict[str, list[tuple[uuid.UUID, uuid.UUID, Share, str]]] = {code: [] for code in lists.new_provinces}
    for old, codes in lists.communes_into.items():
        if old in kept:
            continue
        share = Share.WHOLE if len(codes) == 1 else Share.PART
        for new in codes:
            went[lists.new_communes[new].above].append(
                (
                    identity("vn", THREE_TIERS, old),
                    new_commune(new),
                    share,
                    lists.clauses.get((old, new), ""),
                )
            )
    for code, place in lists.new_provinces.items():
        title = f"Sắp xếp các đơn vị hành chính cấp xã của {place.name} năm 2025"
        plan.batch.events.append(
            Event(plan.arranged_on, "arrangement", title, plan.instrument(plan.resolution(code)), went[code])
        )


def add_later_changes(plan: Plan) -> None:
    """What resolutions changed since: kinds and names of units that go on. Facts so far end on the day."""
    for change in own_file("arrangement.yaml")["changes"]:
        paper = plan.instrument(change["instrument"])
        span = Span(change["on"], None, paper)
        changed = {_living(plan, code): now for code, now in change["units"].items()}
        _close(plan.batch, set(changed), change["on"])
        for uid, now in changed.items():
            plan.batch.kind(uid, span, now["kind"])
            plan.batch.name(uid, span, now["name"], now["kind"])
        plan.batch.events.append(Event(change["on"], "change", change["title"], paper, []))


def _living(plan: Plan, code: str) -> uuid.UUID:
    if code in plan.lists.new_provinces:
        return plan.new_province(code)
    kept = code in kept_communes(plan.lists)
    return identity("vn", THREE_TIERS if kept else TWO_TIERS, code)


def _close(batch: Batch, units: set[uuid.UUID], on: date) -> None:
    batch.facts = [
        (model, unit, replace(span, ends_on=on), values)
        if unit in units and span.ends_on is None and model in (UnitKind, UnitName)
        else (model, unit, span, values)
        for model, unit, span, values in batch.facts
    ]
