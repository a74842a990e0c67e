"""What must be the same before a plan and after it: area and population of all that went from unit to unit."""

from collections.abc import Iterator
from dataclasses import dataclass

from noivu.core.numbers import format_change, format_integer
from noivu.core.wording import Text
from noivu.planning.drafting import MEASURES, Draft
from noivu.planning.simulation import Simulation
from noivu.planning.telling import LEVELS
from noivu.units.api import AREA, POPULATION, kinds

_WHAT = {
    AREA: Text(vi="Diện tích (ha)", en="Area (ha)"),
    POPULATION: Text(vi="Dân số (người)", en="Population (persons)"),
}


@dataclass(frozen=True, slots=True)
class Conserved:
    """One sum over the units of a tier that take part in mergers, splits and transfers, before and after.

    `unknown` counts units of which the number is not known, before or after: then the sums prove nothing.
    """

    level: str
    measure: str
    before: int
    after: int
    unknown: int

    @property
    def label(self) -> Text:
        return _WHAT[self.measure]

    @property
    def level_label(self) -> Text:
        return LEVELS[self.level]

    @property
    def holds(self) -> bool:
        return not self.unknown and self.before == self.after

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def words(self) -> Text:
        """Dân số (người), cấp xã: trước 42.000 = sau 42.000."""
        label, level = self.label, self.level_label
        if self.unknown:
            n = self.unknown
            return Text(
                vi=f"{label.vi}, {level.vi}: chưa đối chiếu được, {format_integer(n, 'vi')} đơn vị chưa rõ số",
                en=f"{label.en}, {level.en}: cannot be checked, {format_integer(n, 'en')} unit(s) without a number",
            )
        sign = "=" if self.holds else "≠"
        change = "" if self.holds else f" ({format_change(self.difference, 'vi')})"
        change_en = "" if self.holds else f" ({format_change(self.difference, 'en')})"
        vi = f"trước {format_integer(self.before, 'vi')} {sign} sau {format_integer(self.after, 'vi')}{change}"
        en = f"before {format_integer(self.before, 'en')} {sign} after {format_integer(self.after, 'en')}{change_en}"
        return Text(vi=f"{label.vi}, {level.vi}: {vi}", en=f"{label.en}, {level.en}: {en}")


def conserved(simulation: Simulation) -> Iterator[Conserved]:
    """The sums of each tier that took part, in the order of the tiers."""
    working = simulation.working
    parties = {ref for passed in working.passed for ref in (passed.old, passed.new)}
    before = {ref: working.before.nodes[ref].level for ref in parties if isinstance(ref, int)}
    after = {ref: draft for ref in parties if (draft := working.units[ref]).lives}
    levels = {*before.values(), *(_level(draft) for draft in after.values())}
    for level in dict.fromkeys(kind.level.value for kind in kinds if kind.level.value in levels):
        for measure in MEASURES:
            olds = [working.measured(ref).get(measure) for ref, tier in before.items() if tier == level]
            news = [working.measures_after(draft)[measure] for draft in after.values() if _level(draft) == level]
            known = [number for number in olds if number is not None]
            if known or any(number is not None for number in news):
                told = [number for number in news if number is not None]
                unknown = len(olds) + len(news) - len(known) - len(told)
                yield Conserved(level, measure, sum(known), sum(told), unknown)


def _level(draft: Draft) -> str:
    return kinds[draft.kind].level.value
