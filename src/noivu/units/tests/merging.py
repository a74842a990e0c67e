"""Acts of reorganisation for tests, of units that are there already."""

from datetime import date

from noivu.core.actors import SYSTEM
from noivu.units.api import ChangeSet, EventTold, Share, Unit, Went, carry_out
from noivu.units.testing import an_instrument


def went(old: Unit, new: Unit, share: str = Share.WHOLE.value, clause: str = "") -> Went:
    """That a unit, or a part of it, goes into another."""
    return Went(old.pk, new.pk, Share(share), clause=clause)


def merge(on: date, *successions: Went, ends: bool = True, number: str = "9/NQ") -> None:
    """An event of that day; those that go into others end with it unless they only give a part away."""
    paper = an_instrument(number)
    gone = {passed.old for passed in successions if isinstance(passed.old, int)} if ends else set()
    changes = ChangeSet(
        on=on,
        title="Nhập",
        instrument=paper,
        ended=dict.fromkeys(gone, paper),
        events=(EventTold("arrangement", "Nhập", paper, successions),),
    )
    carry_out(actor=SYSTEM, changes=changes)
