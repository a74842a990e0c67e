"""The only foreign key to a unit that the product allows: it says what becomes of the row when the unit ends."""

from typing import Any

from django.db import models

from noivu.units.constants import Fate


class UnitField(models.ForeignKey):  # type: ignore[type-arg]  # the related model is always Unit, given below
    """A reference to a unit. `fate` says what a reorganisation does with the relation (see `constants.Fate`).

    Migrations see a plain foreign key: changing a fate changes no table.
    """

    def __init__(self, to: Any = "units.Unit", on_delete: Any = models.PROTECT, *, fate: Fate, **options: Any) -> None:
        self.fate = fate
        super().__init__(to, on_delete=on_delete, **options)

    def clone(self) -> "UnitField":
        _, _, _, options = super().deconstruct()
        return UnitField(fate=self.fate, **options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.ForeignKey", arguments, options
