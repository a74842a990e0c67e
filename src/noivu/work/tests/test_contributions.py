"""Co-operating units owe their parts by days of their own, none later than the whole."""

from datetime import date
from typing import Any

import pytest

from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.units.testing import Sector
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
    remove_obligation,
    transfer,
    withdraw,
)
from noivu.work.constants import FOREVER, Status
from noivu.work.services.contributions import let_help
from noivu.work.testing import gets_recommendation, gets_task


def day(number: int) -> date:
    return date(2024, 10, number)


@pytest.fixture(autouse=True)
def _mid_october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: day(15))


def helped(sector: Sector, **due: date) -> Obligation:
    """A task of the office, due on the 20th, with which the archives and the department help by their days."""
    units = {"archives": sector.archives.pk, "department": sector.local_government.pk}
    given = {units[name]: day_ for name, day_ in due.items()}
    return gets_task(sector.office, day(1), day(20), cooperating_unit_ids=list(units.values()), cooperating_due=given)


def stands(obligation: Obligation) -> tuple[str, date | None]:
    span = ObligationSpan.objects.current().get(obligation=obligation, valid_to=FOREVER)
    return span.status, span.due_on


def parts() -> list[tuple[int, str, date | None]]:
    found = Obligation.objects.standing().of_kind(Kind.STEP).order_by("pk")
    return [(part.unit_id, *stands(part)) for part in found]


def right(task: Obligation, helping: list[int], due: dict[int, date]) -> Any:
    correction = Correction(task.arises_on, Due(on=day(20)), {}, helping, due)
    return correct_obligation(actor=SYSTEM, obligation=task, correction=correction, reason="Phân công lại")


def test_a_unit_with_a_day_of_its_own_owes_a_part_and_one_without_owes_none(sector: Sector) -> None:
    task = helped(sector, archives=day(18))
    assert parts() == [(sector.archives.pk, Status.OPEN, day(18))]
    part = Obligation.objects.of_kind(Kind.STEP).get()
    assert (part.parent, part.title, part.assigner_unit_id) == (task, task.title, task.unit_id)
    complete(actor=SYSTEM, obligation=part, on=day(14))
    assert stands(task) == (Status.OPEN, day(20))


def test_no_part_is_due_later_than_the_whole(sector: Sector) -> None:
    with pytest.raises(Refusal) as refused:
        helped(sector, archives=day(21))
    assert refused.value.code == "past_parent"
    assert not Obligation.objects.exists()

    helped(sector, archives=day(20))
    with pytest.raises(Refusal):
        extend(actor=SYSTEM, obligation=Obligation.objects.of_kind(Kind.STEP).get(), due_on=day(25), on=day(15),
               reason="Chậm")  # fmt: skip


def test_a_correction_moves_the_days_and_who_helps_no_more_owes_nothing(sector: Sector) -> None:
    archives, department = sector.archives.pk, sector.local_government.pk
    task = helped(sector, archives=day(18))
    right(task, [archives, department], {archives: day(17), department: day(19)})
    assert parts() == [(archives, Status.OPEN, day(17)), (department, Status.OPEN, day(19))]
    right(task, [archives, department], {department: day(19)})
    assert parts()[0] == (archives, Status.CANCELLED, day(17))
    right(task, [archives, department], {archives: day(16), department: day(19)})
    assert parts()[0] == (archives, Status.OPEN, day(16))
    right(task, [department], {department: day(19)})
    assert [one.unit_id for one in task.cooperations.all()] == [department]
    assert parts()[0][1] == Status.CANCELLED


def test_of_what_is_owed_no_more_no_part_is_owed(sector: Sector) -> None:
    task = helped(sector, archives=day(18))
    cancel(actor=SYSTEM, obligation=task, on=day(15), reason="Không còn yêu cầu")
    assert parts() == [(sector.archives.pk, Status.CANCELLED, day(18))]
    remove_obligation(actor=SYSTEM, obligation=task, reason="Ghi nhầm")
    assert parts() == []


def part_of(task: Obligation) -> Obligation:
    return Obligation.objects.of_kind(Kind.STEP).get(parent=task)


def test_what_is_owed_again_is_owed_with_the_parts_that_were_cancelled_with_it(sector: Sector) -> None:
    task = helped(sector, archives=day(18), department=day(17))
    own = Obligation.objects.get(parent=task, unit=sector.local_government)
    cancel(actor=SYSTEM, obligation=own, on=day(14), reason="Đã có số liệu")
    cancel(actor=SYSTEM, obligation=task, on=day(15), reason="Không còn yêu cầu")
    withdraw(actor=SYSTEM, obligation=task, reason="Hủy nhầm")
    assert parts() == [
        (sector.archives.pk, Status.OPEN, day(18)),
        (sector.local_government.pk, Status.CANCELLED, day(17)),
    ]


def test_whoever_owes_the_whole_from_now_on_assigns_its_parts(sector: Sector) -> None:
    task = helped(sector, archives=day(18))
    transfer(actor=SYSTEM, obligation=task, unit_id=sector.ministry.pk, on=day(15), reason="Đúng chức năng")
    part = part_of(task)
    assert part.assigner_unit == sector.ministry
    assert part.assigner == "Bộ Nội vụ"


def test_a_whole_and_its_parts_move_together_in_one_save(sector: Sector) -> None:
    task, archives = helped(sector, archives=day(18)), sector.archives.pk

    def moved(whole: date, part: date) -> None:
        correction = Correction(day(1), Due(on=whole), {}, [archives], {archives: part})
        correct_obligation(actor=SYSTEM, obligation=task, correction=correction, reason="Nhập nhầm hạn")

    for whole, part in ((day(16), day(15)), (day(25), day(24)), (day(16), day(16))):
        moved(whole, part)
        assert (stands(task)[1], stands(part_of(task))[1]) == (whole, part)
    with pytest.raises(Refusal) as refused:
        moved(day(15), day(16))
    assert refused.value.code == "before_parts"
    assert (stands(task)[1], stands(part_of(task))[1]) == (day(16), day(16))


def test_a_part_that_was_dropped_comes_back_by_a_day_within_a_shortened_whole(sector: Sector) -> None:
    task, archives = helped(sector, archives=day(18)), sector.archives.pk
    right(task, [], {})
    correction = Correction(day(1), Due(on=day(16)), {}, [archives], {archives: day(15)})
    correct_obligation(actor=SYSTEM, obligation=task, correction=correction, reason="Phân công lại")
    assert parts() == [(archives, Status.OPEN, day(15))]


def test_a_task_and_another_kind_of_one_code_are_helped_alike(sector: Sector) -> None:
    for gets in (gets_task, gets_recommendation):
        whole = gets(sector.office, day(1), day(20), code="CD-1")
        let_help(actor=SYSTEM, whole=whole, helping={sector.archives.pk: day(18)}, on=day(2))
    assert [part[1:] for part in parts()] == [(Status.OPEN, day(18))] * 2


@pytest.mark.parametrize("closed", [complete, cancel])
def test_what_is_done_or_cancelled_takes_no_new_part(sector: Sector, closed: Any) -> None:
    whole = gets_task(sector.office, day(1), day(20), code="NV-CHA")
    other = gets_task(sector.archives, day(1), day(20))
    closed(actor=SYSTEM, obligation=whole, on=day(14), **({"reason": "Thôi"} if closed is cancel else {}))
    with pytest.raises(Refusal) as refused:
        gets_task(sector.archives, day(1), day(18), parent_id=whole.pk)
    assert (refused.value.code, refused.value.where) == ("whole_closed", "parent")
    correction = Correction(day(1), Due(on=day(20)), {"parent_id": whole.pk})
    with pytest.raises(Refusal, match="NV-CHA"):
        correct_obligation(actor=SYSTEM, obligation=other, correction=correction, reason="Ghi thiếu")
