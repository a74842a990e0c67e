"""Whether a plan leaves the units in order: looked at as a whole, after all its events."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.planning.drafting import MEASURES, Draft, Working, line_of, portion_value
from noivu.planning.findings import Finding
from noivu.planning.plan import Plan, PlannedEvent
from noivu.units.api import POPULATION, Line, Node, Ref, kinds, later_facts, later_parties, name_key

_LINES = tuple(line.value for line in Line)
_FARTHEST = 60

NO_INSTRUMENT = "planning.no_instrument"


def check(working: Working) -> list[Finding]:
    """Everything that is wrong with the plan, the events' own findings first."""
    places = _Places(working)
    return [
        *_no_instrument(working.plan),
        *working.findings,
        *_orphans(working, places),
        *_circles(working, places),
        *_same_names(working, places),
        *_same_codes(working, places),
        *_later(working),
        *_too_much(working),
        *_wrong_heirs(working),
    ]


def _no_instrument(plan: Plan) -> Iterator[Finding]:
    """A plan may be drafted before its instrument has a number, and not be carried out before."""
    if not plan.instrument:
        yield Finding(
            NO_INSTRUMENT,
            Text(vi="Phương án", en="The plan"),
            "",
            Text(vi="chưa có số, ký hiệu văn bản.", en="its instrument has no number yet."),
            Text(vi="Ghi khi văn bản được ban hành.", en="Enter it when it is issued."),
        )


class _Places:
    """The units afterwards: who lives, and who stands above whom."""

    def __init__(self, working: Working) -> None:
        self.working = working
        touched = [draft for draft in working.units.values() if draft.lives]
        untouched = (node for node in working.before.nodes.values() if node.id not in working.units)
        self.living: list[tuple[Ref, Draft | Node]] = [
            *((draft.ref, draft) for draft in touched),
            *((node.id, node) for node in untouched),
        ]
        self.touched = touched

    def above(self, ref: Ref, line: str) -> Ref | None:
        unit = self.working.of(ref)
        return unit.lines.get(line) if isinstance(unit, Draft) else line_of(unit, line)

    def climb(self, ref: Ref, line: str) -> Iterator[Ref]:
        """Those above, nearest first; stops where it would run in a circle."""
        seen: set[Ref] = {ref}
        above = self.above(ref, line)
        while above is not None and above not in seen and self.working.lives(above):
            yield above
            seen.add(above)
            above = self.above(above, line)

    def province(self, ref: Ref) -> Ref | None:
        return next(reversed([ref, *self.climb(ref, Line.TERRITORY.value)]), None)


def _event_of(working: Working, unit: Draft | Node, *whats: str) -> PlannedEvent:
    """The event that a finding about a unit names: that which changed it last, or to which it is party."""
    if not isinstance(unit, Draft):
        return working.plan.events[0]
    changed = [unit.by[what] for what in whats if what in unit.by]
    party = [passed.event for passed in working.passed if unit.ref in (passed.old, passed.new)]
    lived = [event for event in (unit.ended_by, unit.begun_by) if event is not None]
    return [working.plan.events[0], *unit.by.values(), *party, *lived, *changed][-1]


def _finding(working: Working, code: str, unit: Draft | Node, what: Text, do: Text, *whats: str) -> Finding:
    named = Text(vi=f"{unit.name} ({unit.code}): {what.vi}", en=f"{unit.name} ({unit.code}): {what.en}")
    return Finding(code, _event_of(working, unit, *whats).label, unit.code, named, do)


def _orphans(working: Working, places: _Places) -> Iterator[Finding]:
    for ref, unit in places.living:
        for line in _LINES:
            above = places.above(ref, line)
            if above is None or working.lives(above):
                continue
            gone = working.of(above)
            event = gone.ended_by.label if isinstance(gone, Draft) and gone.ended_by else working.plan.events[0].label
            yield Finding(
                "planning.orphan",
                event,
                unit.code,
                Text(
                    vi=f"{unit.name} ({unit.code}) còn thuộc {gone.name} ({gone.code}) đã kết thúc.",
                    en=f"{unit.name} ({unit.code}) still stands under {gone.name} ({gone.code}), which ends.",
                ),
                Text(vi="Sáp nhập, kết thúc hoặc chuyển đơn vị này.", en="Merge it, end it or move it."),
            )
    for draft in places.touched:
        if draft.is_new and not draft.lines and draft.family.value == "administrative" and not _is_top(draft):
            yield _finding(
                working,
                "planning.no_place",
                draft,
                Text(vi="chưa ghi thuộc đơn vị nào (territory).", en="no unit above it is given (territory)."),
                Text(vi="Ghi mã của đơn vị cấp trên.", en="Give the code of the unit above."),
            )


def _is_top(draft: Draft) -> bool:
    return draft.kind in ("province", "city")


def _circles(working: Working, places: _Places) -> Iterator[Finding]:
    for draft in places.touched:
        for line in draft.lines:
            ways = list(places.climb(draft.ref, line))
            if len(ways) > _FARTHEST or (ways and places.above(ways[-1], line) in {draft.ref, *ways}):
                yield _finding(
                    working,
                    "planning.circle",
                    draft,
                    Text(vi="sẽ nằm dưới chính nó.", en="it would stand below itself."),
                    Text(vi="Chọn đơn vị trên khác.", en="Choose another unit above it."),
                    line,
                )


def _same_names(working: Working, places: _Places) -> Iterator[Finding]:
    """Names of one tier are unique within the unit above, and within the province."""
    named: dict[tuple[Ref | None, str, str], list[Ref]] = defaultdict(list)
    for ref, unit in places.living:
        if isinstance(unit, Node):
            if not unit.is_administrative:
                continue
            level = unit.level
        else:
            if unit.family.value != "administrative":
                continue
            level = _level(unit)
        named[places.province(ref), level, name_key(unit.name)].append(ref)
    set_anew = {draft.ref for draft in places.touched if draft.is_new or "name" in draft.by or "territory" in draft.by}
    for (province, _, _), refs in named.items():
        if len(refs) < 2 or set_anew.isdisjoint(refs):
            continue
        new = next(ref for ref in refs if ref in set_anew)
        unit, others = working.of(new), [working.of(ref) for ref in refs if ref != new]
        siblings = {places.above(ref, Line.TERRITORY.value) for ref in refs}
        listed = ", ".join(f"{other.name} ({other.code})" for other in others)
        found = _finding(
            working,
            "planning.same_name",
            unit,
            Text(vi=f"trùng tên trong tỉnh với {listed}.", en=f"the province has another of that name: {listed}."),
            Text(vi="Đặt tên khác.", en="Give it another name."),
            "name",
        )
        directly = province in siblings or len(siblings) < len(refs)
        yield found if directly else Finding(found.code, found.where, found.unit, found.what, found.do, is_doubt=True)


def _level(draft: Draft) -> str:
    return kinds[draft.kind].level.value


def _same_codes(working: Working, places: _Places) -> Iterator[Finding]:
    borne: dict[tuple[str, str], list[Ref]] = defaultdict(list)
    for ref, unit in places.living:
        family = unit.family.value if isinstance(unit, Draft) else unit.family
        if unit.code:
            borne[family, unit.code].append(ref)
    for (_, code), refs in borne.items():
        units = [working.of(ref) for ref in refs]
        changed = [unit for unit in units if isinstance(unit, Draft)]
        if len(refs) > 1 and changed:
            others = ", ".join(unit.name for unit in units if unit is not changed[-1])
            yield _finding(
                working,
                "planning.same_code",
                changed[-1],
                Text(vi=f"mã {code} còn là của {others}.", en=f"code {code} is also that of {others}."),
                Text(vi="Đặt mã khác.", en="Give it another code."),
                "code",
            )


def _later(working: Working) -> Iterator[Finding]:
    """A unit that ends has nothing that begins on the day or later; one that is not known for sure is left alone."""
    ended = [draft.ref for draft in working.units.values() if not draft.lives and isinstance(draft.ref, int)]
    for unit, day in later_facts(ended, working.plan.on).items():
        yield _finding(
            working,
            "planning.later_facts",
            working.of(unit),
            Text(
                vi=f"đã có điều ghi cho ngày {format_day(day)}, không sớm hơn ngày kết thúc.",
                en=f"something is recorded of it for {format_day(day)}, not before its end.",
            ),
            Text(vi="Sửa điều đó hoặc đổi ngày của phương án.", en="Correct that, or the day of the plan."),
        )
    yield from _arranged_since(working)
    for ref, draft in working.units.items():
        node = working.before.node(ref) if isinstance(ref, int) else None
        if node is not None and not node.exact:
            known = working.before.known_from
            since = format_day(known) if known else "?"
            yield _finding(
                working,
                "planning.before_known",
                draft,
                Text(vi=f"chỉ được biết từ {since}.", en=f"it is known from {since} only."),
                Text(
                    vi="Chọn ngày từ đó trở đi, hoặc nhập lịch sử trước.", en="Choose a day since, or import history."
                ),
            )


def _arranged_since(working: Working) -> Iterator[Finding]:
    """What goes over now would change what went over later: measures, and to whom everything belongs."""
    later = later_parties(working.plan.on)
    parties = dict.fromkeys(ref for passed in working.passed for ref in (passed.old, passed.new))
    for ref in parties:
        if isinstance(ref, int) and ref in later:
            day = format_day(later[ref])
            yield _finding(
                working,
                "planning.arranged_since",
                working.of(ref),
                Text(vi=f"đã được sắp xếp tiếp ngày {day}.", en=f"it was arranged again on {day}."),
                Text(
                    vi="Hủy lần sắp xếp đó, rồi thực hiện lại theo thứ tự thời gian.",
                    en="Take that act back, then carry both out in order of time.",
                ),
            )


def _too_much(working: Working) -> Iterator[Finding]:
    """The parts of a unit are no more than the whole, with what came to it before."""
    for ref, portions in working.parted.items():
        draft = working.units[ref]
        for measure in MEASURES:
            known = working.had(ref, measure)
            given = sum(value for portion in portions if (value := portion_value(portion, measure)) is not None)
            if known is not None and given > known:
                words = Text(vi="người", en="persons") if measure == POPULATION else Text(vi="ha", en="hectares")
                yield _finding(
                    working,
                    "planning.too_much",
                    draft,
                    Text(
                        vi=f"các phần chuyển đi cộng lại {given} {words.vi}, nhiều hơn cả đơn vị ({known}).",
                        en=f"its parts add up to {given} {words.en}, more than the whole ({known}).",
                    ),
                    Text(vi="Kiểm tra số của từng phần.", en="Check the number of each part."),
                )


def _wrong_heirs(working: Working) -> Iterator[Finding]:
    first = working.plan.events[0]
    after: dict[Ref, set[Ref]] = defaultdict(set)
    for passed in working.passed:
        after[passed.old].add(passed.new)
    for code, heir in working.plan.heirs.items():
        node = working.before.by_code.get(code)
        draft = working.units.get(node.id) if node else None
        target = working.known_as.get(heir) or (known.id if (known := working.before.by_code.get(heir)) else None)
        if draft is None or draft.lives or target is None or not _may_inherit(draft, target, after):
            yield Finding(
                "planning.heir",
                ((draft.ended_by if draft else None) or first).label,
                code,
                Text(
                    vi=f"heirs: {heir} không nhận phần nào của {code}, hoặc {code} không kết thúc.",
                    en=f"heirs: {heir} takes no part of {code}, or {code} does not end.",
                ),
                Text(vi="Chỉ định một đơn vị kế thừa của nó.", en="Name one of its successors."),
            )


def _may_inherit(draft: Draft, heir: Ref, after: dict[Ref, set[Ref]]) -> bool:
    return heir in chain(after[draft.ref], draft.lines.values())


def heirs_of(plan: Plan, working: Working) -> dict[int, Ref]:
    """Whom the plan names to take over, by the unit that ends."""
    found: dict[int, Ref] = {}
    for code, heir in plan.heirs.items():
        node = working.before.by_code[code]
        found[node.id] = working.known_as.get(heir) or working.before.by_code[heir].id
    return found
