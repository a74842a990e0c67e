"""Loading: the lists made into units with dated facts, in named steps, in one transaction."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from noivu.core.access import require
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.portal.vietnam.organisations import add_ministry, add_provincial_organisations
from noivu.portal.vietnam.source import read_lists
from noivu.portal.vietnam.territories import Plan, add_communes, add_districts, add_later_changes, add_provinces
from noivu.units.api import Batch, Written

KNOWN_FROM = date(2025, 6, 30)
"""The three-tier tree is known as it was on this day; since when each unit had been so is not recorded."""
ARRANGED_ON = date(2025, 7, 1)


def _quiet(_: str) -> None:
    """Nobody watches."""


def load_vietnam(*, actor: Actor, until: date | None = None, say: Callable[[str], None] = _quiet) -> Written:
    """Load the real units of Viet Nam and the ministry's sector; a second time nothing is written.

    `until`: only what was so by that day, as a register before the arrangement holds it. `say` is told each step. One
    transaction: after a failure nothing is there.
    """
    require(actor, "units.edit")
    with transaction.atomic():
        say(str(Text(vi="Đọc danh mục", en="Reading the lists")))
        plan = Plan(lists=read_lists(), batch=Batch(), known_from=KNOWN_FROM, arranged_on=ARRANGED_ON)
        for step in (
            add_provinces,
            add_districts,
            add_communes,
            add_ministry,
            add_provincial_organisations,
            add_later_changes,
        ):
            step(plan)
        batch = plan.batch if until is None else plan.batch.as_known_on(until)
        new = len(batch.families)
        say(str(Text(vi=f"Ghi {new} đơn vị", en=f"Writing {new} units")))
        written = batch.write(actor, "Nạp danh mục đơn vị hành chính và cơ quan nội vụ Việt Nam")
        say(str(Text(vi="Xong", en="Done")))
    return written
