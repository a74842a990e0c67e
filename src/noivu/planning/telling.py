"""Events of a plan in words: what goes into what, each unit by its name where it is known."""

from collections.abc import Iterator, Mapping, Sequence

from noivu.core.numbers import format_integer
from noivu.core.wording import Text, both
from noivu.planning.plan import EVENT_LABELS, PART, REST, EventKind, Plan, PlannedEvent, Portion, Target
from noivu.units.api import Level, Line, Tree, kinds

ARROW = "→"
LEVELS = {
    Level.CENTRAL.value: Text(vi="cấp trung ương", en="central level"),
    Level.PROVINCE.value: Text(vi="cấp tỉnh", en="provincial level"),
    Level.DISTRICT.value: Text(vi="cấp huyện", en="district level"),
    Level.COMMUNE.value: Text(vi="cấp xã", en="communal level"),
}
LINES = {
    Line.TERRITORY.value: Text(vi="Thuộc địa bàn", en="Lies in"),
    Line.SUPERIOR.value: Text(vi="Cấp trên trực tiếp", en="Directed by"),
    Line.GUIDANCE.value: Text(vi="Hướng dẫn chuyên môn", en="Guided by"),
}
SHARES = {
    PART: Text(vi="một phần", en="a part of"),
    REST: Text(vi="phần còn lại của", en="the rest of"),
}


class Names:
    """Units as a plan calls them, by their names: those of its day, and those that it establishes."""

    def __init__(self, plan: Plan, units: Tree) -> None:
        self._units = units
        self.new: dict[str, str] = {
            target.code: target.name for event in plan.events for target in event.targets if target.is_new
        }

    def name(self, typed: str) -> str:
        node = self._units.by_code.get(typed)
        known = node.name if node else self.new.get(typed)
        return f"{known} ({typed})" if known else typed


def event_words(event: PlannedEvent, names: Names) -> Text:
    """What an event does, on one line: "Phường A (1), một phần Phường B (2) → Phường C (3)"."""
    froms = [source_words(names.name(one.unit), one.portion) for one in event.sources]
    froms += [both(names.name(unit)) for unit in event.units]
    intos = [_target_words(target, names, event.kind) for target in event.targets]
    intos += list(_change_words(event, names))
    if event.kind is EventKind.ABOLISH_LEVEL:
        froms, intos = [], list(_abolished(event.changes, names))
    if not froms or not intos:
        return _listed(froms or intos)
    return _joined(f" {ARROW} ", [_listed(froms), _listed(intos)])


def event_lines(plan: Plan) -> list[str]:
    """Each event on a line with its number and codes, as the log keeps it."""
    found = []
    for event in plan.events:
        froms = [one.unit for one in event.sources] + list(event.units)
        intos = [target.known_as for target in event.targets] + list(event.changes.values())
        said = f" {ARROW} ".join(part for part in (" + ".join(froms), " + ".join(intos)) if part)
        found.append(f"{event.number}. {EVENT_LABELS[event.kind].vi}: {said}")
    return found


def portion_words(portion: Portion) -> Text:
    """How much of a unit goes over, as far as the plan says: "1.200 người; 250 ha; khối 1, khối 2"."""
    said = []
    if portion.population is not None:
        vi, en = format_integer(portion.population, "vi"), format_integer(portion.population, "en")
        said.append(Text(vi=f"{vi} người", en=f"{en} persons"))
    if portion.area_hectares is not None:
        vi, en = format_integer(portion.area_hectares, "vi"), format_integer(portion.area_hectares, "en")
        said.append(Text(vi=f"{vi} ha", en=f"{en} ha"))
    if portion.villages:
        said.append(both(portion.villages))
    return _joined("; ", said)


def source_words(name: str, portion: Portion) -> Text:
    """A unit that goes over, or the part of it: "một phần Phường B (1.200 người)"."""
    share = SHARES.get(portion.share)
    if share is None:
        return both(name)
    told = portion_words(portion)
    more = Text(vi=f" ({told.vi})", en=f" ({told.en})") if told.vi else both("")
    return Text(vi=f"{share.vi} {name}{more.vi}", en=f"{share.en} {name}{more.en}")


def _target_words(target: Target, names: Names, kind: EventKind) -> Text:
    name = f"{target.name} ({target.code})" if target.is_new else names.name(target.unit)
    told = portion_words(target.portion) if kind is EventKind.SPLIT else both("")
    return Text(vi=f"{name} ({told.vi})", en=f"{name} ({told.en})") if told.vi else both(name)


def _change_words(event: PlannedEvent, names: Names) -> Iterator[Text]:
    for what, value in event.changes.items():
        if what in LINES:
            line = LINES[what]
            yield Text(vi=f"{line.vi.lower()} {names.name(value)}", en=f"{line.en.lower()} {names.name(value)}")
        elif what == "kind":
            yield kinds[value].label
        else:
            yield both(value)


def _abolished(changes: Mapping[str, str], names: Names) -> Iterator[Text]:
    level = LEVELS[changes["level"]]
    under = f", {names.name(changes['under'])}" if "under" in changes else ""
    yield Text(vi=f"{level.vi}{under}", en=f"{level.en}{under}")


def _listed(words: Sequence[Text]) -> Text:
    return _joined(", ", words)


def _joined(by: str, words: Sequence[Text]) -> Text:
    return Text(vi=by.join(word.vi for word in words), en=by.join(word.en for word in words))
