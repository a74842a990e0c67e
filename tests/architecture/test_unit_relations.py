"""Every relation to a unit says what becomes of it in a reorganisation."""

from typing import Any

from django.apps import apps

from noivu.units.api import Fate, Unit, UnitField


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
