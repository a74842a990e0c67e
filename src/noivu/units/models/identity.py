"""The identity of a unit, to which everything in the product points."""

import uuid

from django.db import models

from noivu.units.constants import Family


class Unit(models.Model):
    """A unit (đơn vị): an administrative unit or an organisation, from its establishment to its end.

    An identity and nothing else: name, code, kind, lines, area and population are dated facts. It exists on the days on
    which it has a kind. A merger makes a new unit with successions from the old ones; a unit that keeps its territory,
    name, kind and code through an event stays the same unit. A code may mean another unit on another date.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    family = models.CharField(max_length=16, choices=Family.choices)

    def __str__(self) -> str:
        return f"{self.family} {self.uid}"

    @property
    def scope_unit_id(self) -> int:
        """A unit is within its own reach: what is asked of a grant is asked for itself."""
        return int(self.pk)
