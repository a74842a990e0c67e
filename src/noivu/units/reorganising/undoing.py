"""Taking an act of reorganisation back, as long as nothing depends on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from noivu.audit.api import record
from noivu.core import clock
from noivu.core.access import require_for_all
from noivu.core.actors import Actor
from noivu.core.bulk import in_chunks
from noivu.core.querysets import among
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.law.api import supersede
from noivu.units.changes import COLUMNS
from noivu.units.derivation import one_refresh
from noivu.units.models import Reorganisation, ReorganisationAct, Succession, UnitFact, UnitKind, UnitLine
from noivu.units.models.facts import FACTS, SERIES
from noivu.units.policies import EDIT
from noivu.units.reorganising.carrying import CHUNK, lives_changed
from noivu.units.reorganising.effects import Carried, effects
from noivu.units.reorganising.order import require_order
from noivu.units.services.series import values_of


@transaction.atomic
def undo_act(*, actor: Actor, act: ReorganisationAct, reason: str) -> None:
    """Take back everything that an act wrote; what the register said meanwhile stays readable by knowledge time.

    Refused when it was undone already, when a fact that it wrote was changed since, when another act built on its
    units, and when something stands at a unit that it established.
    """
    established = withdraw_act(actor=actor, act=act, reason=reason)
    require_unused(act, established)
    require_order(act.takes_effect_on)


@transaction.atomic
def withdraw_act(*, actor: Actor, act: ReorganisationAct, reason: str) -> frozenset[int]:
    """Take back what an act wrote, for another to be carried out in its place: the caller sees to it that what was
    built on it finds its units again. Returns the units that it had established."""
    require_for_all(actor, EDIT)
    held = ReorganisationAct.objects.select_for_update().get(pk=act.pk)
    require_reason(reason)
    _refuse_undone(held)
    established = established_by(held)
    _refuse_changed(held)
    now = clock.now()
    carried = Carried(held, actor, now)
    for effect in effects:
        if effect.take_back is not None:
            effect.take_back(carried)
    with one_refresh():
        touched = set(
            Succession.objects.current().filter(reorganisation__act=held).values_list("predecessor", flat=True)
        )
        Succession.objects.current().filter(reorganisation__act=held).update(superseded_at=now)
        Reorganisation.objects.current().filter(act=held).update(superseded_at=now)
        kinds = _states_before(UnitKind, held).values()
        lives = {past.unit_id: past.ends_on for past in kinds if past.starts_on < held.takes_effect_on}
        for model in FACTS:
            touched.update(_take_back(model, held, now, lives))
        lives_changed(touched)
    held.undone_at, held.undone_by_name, held.undone_reason = now, actor.name, reason
    held.save(update_fields=["undone_at", "undone_by_name", "undone_reason"])
    record(
        actor=actor,
        action="unit.undo",
        thing=held,
        before={"title": held.title, "on": held.takes_effect_on.isoformat(), "established": len(established)},
        after=None,
        reason=reason,
        instrument=str(held.instrument),
    )
    return established


def acts_built_on(act: ReorganisationAct) -> list[ReorganisationAct]:
    """The acts carried out since on what it changed, and on what those changed: the latest first."""
    touched, found = _touched_by(act), []
    later = ReorganisationAct.objects.filter(undone_at=None, carried_out_at__gt=act.carried_out_at)
    for other in later.order_by("carried_out_at", "pk"):
        units = _touched_by(other)
        if not touched.isdisjoint(units):
            touched |= units
            found.append(other)
    return found[::-1]


def _touched_by(act: ReorganisationAct) -> set[int]:
    units: set[int] = set()
    for model in FACTS:
        units.update(model._default_manager.filter(act=act).values_list("unit_id", flat=True))
    for pair in Succession.objects.filter(reorganisation__act=act).values_list("predecessor", "successor"):
        units.update(pair)
    return units


def established_by(act: ReorganisationAct) -> frozenset[int]:
    """The units that an act established; not one that another act of the day had, and this one made of another kind."""
    before = UnitKind.objects.filter(version_of=OuterRef("pk"), superseded_at=act.carried_out_at)
    kinds = UnitKind.objects.current().filter(~Exists(before), act=act, starts_on=act.takes_effect_on)
    begun = set(kinds.values_list("unit_id", flat=True))
    lived: set[int] = set()
    for some in in_chunks(begun, CHUNK):
        earlier = UnitKind.objects.current().filter(among("unit", some), starts_on__lt=act.takes_effect_on)
        lived.update(earlier.values_list("unit_id", flat=True))
    return frozenset(begun - lived)


_Following = dict[tuple[Any, ...], date]
"""By unit and series: when the next fact begins that others recorded."""


def _take_back(model: type[UnitFact], act: ReorganisationAct, now: datetime, lives: dict[int, date | None]) -> set[int]:
    """What the act wrote anew is retracted; what it ended or replaced is as it was before, up to what was recorded
    since. Returns the units. `lives`: those that it ended, with the ends that they have again."""
    written = dict(model._default_manager.current().filter(act=act).values_list("pk", "unit_id"))
    before, following = _states_before(model, act), _following(model, act)
    new = [pk for pk in written if pk not in before]
    for some in in_chunks(new, CHUNK):
        model._default_manager.filter(among("pk", some)).update(superseded_at=now)
    ended: dict[tuple[date | None, int | None], list[int]] = defaultdict(list)
    for pk, past in before.items():
        if past.starts_on == act.takes_effect_on:
            _replace_back(model, pk, past, now)
        else:
            ended[_until(past, past.ends_on, following), past.act_id].append(pk)
    for fact in _ended_since(model, act):
        if fact.unit_id in lives:
            ended[_until(fact, lives[fact.unit_id], following), fact.act_id].append(fact.pk)
    for (ends_on, earlier_act), facts in ended.items():
        for some in in_chunks(facts, CHUNK):
            rows = model._default_manager.filter(among("pk", some))
            rows.superseded_by_now(now)
            rows.update(ends_on=ends_on, act=earlier_act)
    return {*written.values(), *_bring_back(model, act, now, following)}


def _following(model: type[UnitFact], act: ReorganisationAct) -> _Following:
    facts = model._default_manager.current().filter(starts_on__gte=act.takes_effect_on).exclude(act=act)
    rows = facts.order_by("-starts_on").values_list("starts_on", "unit_id", *SERIES[model])
    return {(unit, *series): starts_on for starts_on, unit, *series in rows}


def _until(fact: UnitFact, end: date | None, following: _Following) -> date | None:
    """A fact holds again as long as it did, or up to the next."""
    next_one = following.get((fact.unit_id, *(getattr(fact, name) for name in SERIES[type(fact)])))
    return min((day for day in (end, next_one) if day is not None), default=None)


def _ended_since(model: type[UnitFact], act: ReorganisationAct) -> Iterable[UnitFact]:
    """Facts recorded after the act, of a time up to its day: those of a unit that it ended, ended with it."""
    recorded = model._default_manager.current().filter(recorded_at__gt=act.carried_out_at)
    return recorded.filter(ends_on=act.takes_effect_on).exclude(act=act)


def _bring_back(model: type[UnitFact], act: ReorganisationAct, now: datetime, following: _Following) -> Iterator[int]:
    """What began on the day of the act, and by it held no more, holds again; not where something else was recorded of
    that day since. Returns the units."""
    manager: Any = model._default_manager
    instant = act.carried_out_at
    for row in manager.filter(act=act, version_of=None, recorded_at=instant, superseded_at=instant):
        if (ends_on := _until(row, row.ends_on, following)) == row.starts_on:
            continue
        earlier_act = manager.get(version_of=row.pk, superseded_at=instant).act_id
        manager.filter(pk=row.pk).update(recorded_at=now, superseded_at=None, act=earlier_act, ends_on=ends_on)
        yield row.unit_id


def _states_before(model: type[UnitFact], act: ReorganisationAct) -> dict[int, UnitFact]:
    """The states that the act set aside, by the fact whose they were."""
    manager: Any = model._default_manager
    written = manager.current().filter(act=act)
    aside = manager.filter(version_of__in=written.values("pk"), superseded_at=act.carried_out_at)
    return {past.version_of_id: past for past in aside.iterator()}


def _replace_back(model: type[UnitFact], pk: int, past: UnitFact, now: datetime) -> None:
    row = model._default_manager.get(pk=pk)
    supersede(row, now)
    for name in (*COLUMNS[model], "instrument", "source", "act", "ends_on"):
        attribute = model._meta.get_field(name).attname  # type: ignore[union-attr]  # columns of the model's own
        setattr(row, attribute, getattr(past, attribute))
    row.save()


def _refuse_undone(act: ReorganisationAct) -> None:
    if act.is_undone:
        raise Refusal(
            what=Text(vi="Lần sắp xếp này đã được hủy.", en="This act was taken back already."),
            code="units.undone",
        )


def _refuse_changed(act: ReorganisationAct) -> None:
    """Corrections and other acts that came after, and changed what this one wrote."""
    for model in FACTS:
        if (fact := _changed_since(model, act)) is not None:
            _refuse_fact(fact)


def require_unused(act: ReorganisationAct, units: frozenset[int]) -> None:
    """Refuse when something from elsewhere stands at units that an act, taken back by now, had established."""
    for model in FACTS:
        if (fact := _later_fact(model, act, units)) is not None:
            _refuse_fact(fact)
    others = Succession.objects.current().exclude(reorganisation__act=act).select_related("reorganisation")
    for some in in_chunks(units, CHUNK):
        event = others.filter(Q(among("predecessor", some)) | Q(among("successor", some))).first()
        if event is not None:
            title = event.reorganisation.title
            _refuse_dependent(Text(vi=f"việc sắp xếp “{title}”", en=f"the reorganisation “{title}”"))
    for effect in effects:
        if number := effect.held(units, act):
            label = effect.label
            _refuse_dependent(Text(vi=f"{label.vi.lower()} ({number})", en=f"{label.en.lower()} ({number})"))


def _refuse_fact(fact: UnitFact) -> None:
    _refuse_dependent(Text(vi=f"dữ kiện “{fact}” ghi sau đó", en=f"the fact “{fact}” recorded since"))


def _changed_since(model: type[UnitFact], act: ReorganisationAct) -> UnitFact | None:
    """A fact that the act wrote and that says otherwise now. What was changed and put back again does not count."""
    written = model._default_manager.filter(
        act=act, superseded_at__gt=act.carried_out_at, recorded_at=act.carried_out_at
    )
    for past in written:
        now = model._default_manager.current().filter(pk=past.version_of_id or past.pk).first()
        if now is None or values_of(now) != values_of(past):
            return past
    return None


def _later_fact(model: type[UnitFact], act: ReorganisationAct, units: Iterable[int]) -> UnitFact | None:
    """A fact of a unit that the act established, or a line to it, from elsewhere."""
    facts = model._default_manager.current().exclude(act=act)
    for some in in_chunks(units, CHUNK):
        about = Q(among("unit", some)) | Q(among("other", some)) if model is UnitLine else Q(among("unit", some))
        fact = facts.filter(about).first()
        if fact is not None:
            return fact
    return None


def _refuse_dependent(dependent: Text) -> None:
    raise Refusal(
        what=Text(
            vi=f"Không hủy được: đã có {dependent.vi} dựa trên lần sắp xếp này.",
            en=f"It cannot be taken back: {dependent.en} depends on it.",
        ),
        do=Text(
            vi="Lập một kế hoạch mới để sửa, có hiệu lực từ ngày sửa.",
            en="Correct it by a new plan.",
        ),
        code="units.depended_upon",
    )
