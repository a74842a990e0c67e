"""Every relation to a unit says what becomes of it in a reorganisation, and somebody sees to it."""

from collections import Counter
from typing import Any

from django.apps import apps

from noivu.units.api import Fate, Unit, UnitField
from noivu.units.reorganising.effects import effects

HISTORY = {
    "accounts.HomeMove.former_unit": "written by the effect `users`, to take it back",
    "accounts.HomeMove.unit": "written by the effect `users`, to take it back",
    "figures.StatedFigure.unit": "states a figure of a past period, which is read in that period's units",
    "planning.PlanDraft.unit": "where a plan was drawn up; the successor reaches it",
    "records.Dispatch.to_unit": "to whom a document was sent; the successor reaches it and registers it",
    "records.IncomingDocument.assigned_unit": "who handled a document; what is still owed for it follows as obligation",
    "records.MessageFile.unit": "into whose register a file came, so that it is taken once",
    "records.OffNetworkDeclaration.unit": "declares a past month of the register, which stays",
    "opinions.OpinionRequest.asking_unit": "who asked, and for whom it counts; the successor reaches the text",
    "opinions.OpinionRequest.unit": "who was asked; the successor reaches it and answers",
    "work.Cooperation.unit": "who helps owes nothing; the successor reaches it, and pages name both",
    "work.Obligation.assigner_unit": "who assigned it decides on it; the successor reaches it",
    "work.Obligation.first_unit": "where it began, and within which its code is unique",
    "work.ObligationEvent.former_handler": "what an event said is not edited",
    "work.ObligationEvent.former_unit": "what an event said is not edited",
    "work.ObligationEvent.unit": "what an event said is not edited",
    "work.ObligationSpan.unit": "laid out from events: follows with them, and is not edited",
    "work.Session.unit": "a session is of the unit that recorded it; the successor reaches it",
}
"""Relations outside `units` that stay, and that no effect counts: why."""


def _relations_to_units() -> list[Any]:
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is Unit
    ]


def test_every_relation_to_a_unit_declares_its_fate() -> None:
    silent = [
        f"{field.model._meta.label}.{field.name}"
        for field in _relations_to_units()
        if not isinstance(getattr(field, "fate", None), Fate)
    ]
    assert not silent, (
        f"{', '.join(silent)}: write `unit = UnitField(fate=STAYS | FOLLOWS | MUST_BE_EMPTY)` (noivu.units.api) "
        "instead of a ForeignKey. STAYS: history, for ever with the old unit. FOLLOWS: what is open goes to the "
        "successor on the day. MUST_BE_EMPTY: the unit cannot end while such a row is open."
    )


def test_relations_to_units_are_plain_foreign_keys_that_protect() -> None:
    for field in _relations_to_units():
        assert isinstance(field, UnitField), f"{field}: several units are rows of a model of their own with a UnitField"
        on_delete = field.remote_field.on_delete.__name__
        assert on_delete == "PROTECT", f"{field}: units are never deleted; leave on_delete away"


def _fates() -> dict[str, Fate]:
    return {f"{field.model._meta.label}.{field.name}": field.fate for field in _relations_to_units()}


def _answered_for() -> Counter[str]:
    return Counter(name for effect in effects for name in effect.relations)


def test_effects_name_relations_that_exist() -> None:
    unknown = _answered_for().keys() - _fates().keys()
    assert not unknown, f"{sorted(unknown)}: no such foreign key to a unit; mend `relations` of the effect"


def test_what_does_not_stay_is_carried_out_by_exactly_one_effect() -> None:
    carried = Counter(name for effect in effects if effect.follow is not None for name in effect.relations)
    wrong = {name: carried[name] for name, fate in _fates().items() if fate is not Fate.STAYS and carried[name] != 1}
    assert not wrong, (
        f"{wrong} (by how many effects): declare one `Effect` with `follow` in the `effects.py` of the room, and name "
        "the relation in its `relations`; or let it stay"
    )


def test_what_stays_is_counted_or_said_to_be_history() -> None:
    elsewhere = {name for name, fate in _fates().items() if fate is Fate.STAYS and not name.startswith("units.")}
    silent = elsewhere - _answered_for().keys() - HISTORY.keys()
    assert not silent, f"{sorted(silent)}: count it by an `Effect` without `follow`, or say in HISTORY why it stays"
    needless = HISTORY.keys() - (elsewhere - _answered_for().keys())
    assert not needless, f"{sorted(needless)}: counted, moved or gone; drop it from HISTORY"


def test_what_stays_is_moved_by_no_effect() -> None:
    moved = {name for effect in effects if effect.follow is not None for name in effect.relations}
    staying = {name for name, fate in _fates().items() if fate is Fate.STAYS}
    assert not moved & staying, f"{sorted(moved & staying)}: the field says STAYS, its effect lets it follow"
