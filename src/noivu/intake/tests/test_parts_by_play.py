"""Whatever is done to a whole and its part, by verbs or sheets: no part still owed is due later than its whole."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.intake.api import TASKS
from noivu.intake.testing import put_in
from noivu.units.testing import Sector, small_sector
from noivu.work.api import (
    Correction,
    Due,
    Kind,
    Obligation,
    ObligationSpan,
    cancel,
    complete,
    correct_obligation,
    extend,
    return_,
    withdraw,
)
from noivu.work.constants import FOREVER, STANDING

VERBS = ["sheet", "save", "extend", "cancel", "complete", "return", "withdraw"]
STEP = st.tuples(st.sampled_from(VERBS), st.booleans(),
                 st.integers(10, 20), st.integers(10, 20))  # fmt: skip


def day(number: int) -> date:
    return date(2024, 10, number)


def row(sector: Sector, whole: int, part: int) -> dict[str, object]:
    return {"code": "NV-1", "title": "Soạn báo cáo", "assigner": "Bộ trưởng", "assigned_on": day(1),
            "due_on": day(whole), "lead_unit": sector.office, "cooperating_units": "CVTLT-BNV",
            "cooperating_due_on": f"{part}/10/2024"}  # fmt: skip


def play(sector: Sector, what: str, on_part: bool, first: int, second: int) -> None:
    one = Obligation.objects.of_kind(Kind.STEP if on_part else Kind.TASK).first()
    if what == "sheet":
        put_in(TASKS, [row(sector, first, second)])
    elif what == "save":
        whole = Obligation.objects.of_kind(Kind.TASK).get()
        helping = {sector.archives.pk: day(second)}
        correction = Correction(day(1), Due(on=day(first)), {}, list(helping), helping)
        correct_obligation(actor=SYSTEM, obligation=whole, correction=correction, reason="Sửa")
    elif one is not None:
        said: dict[str, Any] = {"actor": SYSTEM, "obligation": one}
        if what == "extend":
            extend(**said, due_on=day(first), on=day(9), reason="Thêm")
        elif what == "complete":
            complete(**said, on=day(9))
        elif what == "withdraw":
            withdraw(**said, reason="Nhầm")
        else:
            verb: Any = {"cancel": cancel, "return": return_}[what]
            verb(**said, on=day(9), reason="Thôi")


class TestParts(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.lists(STEP, min_size=3, max_size=10))
    def test_no_part_still_owed_is_due_later_than_its_whole(self, steps: list[tuple[str, bool, int, int]]) -> None:
        sector = small_sector()
        put_in(TASKS, [row(sector, 15, 12)])
        for step in steps:
            with suppress(Refusal), transaction.atomic():
                play(sector, *step)
            spans = ObligationSpan.objects.current().filter(valid_to=FOREVER, status__in=STANDING)
            due = {span.obligation_id: span.due_on for span in spans}
            for part in Obligation.objects.standing().filter(pk__in=due, parent__in=due.keys()):
                late, last = due[part.pk], due[part.parent_id or 0]
                assert late is None or last is None or late <= last, step
