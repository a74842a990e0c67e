"""Parts of what is owed: none is due later than the whole, however its date is given."""

from datetime import date

import pytest

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.units.testing import Sector
from noivu.work.api import (
    Assignee,
    Correction,
    Due,
    Obligation,
    ObligationSpan,
    accept_extension,
    ask_extension,
    assign,
    cancel,
    complete,
    correct_obligation,
    extend,
    resume,
    return_,
    suspend,
    withdraw,
)
from noivu.work.testing import gets_task


def day(number: int) -> date:
    return date(2024, 10, number)


@pytest.fixture
def whole(sector: Sector) -> Obligation:
    return gets_task(sector.office, day(1), due_on=day(15), code="NV-CHA")


@pytest.fixture
def part(sector: Sector, whole: Obligation) -> Obligation:
    return gets_task(sector.archives, day(1), due_on=day(14), code="NV-CON", parent_id=whole.pk)


def due_on(obligation: Obligation) -> date | None:
    return ObligationSpan.objects.current().order_by("valid_to").filter(obligation=obligation).last().due_on


def brought_forward(obligation: Obligation, to: date) -> None:
    correction = Correction(arises_on=obligation.arises_on, due=Due(on=to))
    correct_obligation(actor=SYSTEM, obligation=obligation, correction=correction, reason="Ghi nhầm hạn")


def test_a_part_past_its_whole_is_refused_with_both_dates(sector: Sector, whole: Obligation) -> None:
    with pytest.raises(Refusal, match="Hạn 16/10/2024 muộn hơn hạn 15/10/2024 của nhiệm vụ cha NV-CHA"):
        gets_task(sector.archives, day(1), due_on=day(16), parent_id=whole.pk)
    gets_task(sector.archives, day(1), due_on=day(15), parent_id=whole.pk)


def test_a_part_is_moved_past_its_whole_by_no_act(sector: Sector, part: Obligation) -> None:
    with pytest.raises(Refusal, match="nhiệm vụ cha"):
        extend(actor=SYSTEM, obligation=part, due_on=day(16), on=day(2), reason="Thêm việc")
    with pytest.raises(Refusal, match="nhiệm vụ cha"):
        assign(
            actor=SYSTEM,
            obligation=part,
            to=Assignee(sector.office.pk),
            on=day(2),
            due=Due(on=day(16)),
            reason="Thêm việc",
        )
    with pytest.raises(Refusal, match="nhiệm vụ cha"):
        ask_extension(actor=SYSTEM, obligation=part, due_on=day(16), on=day(2), reason="Thêm việc")
    correction = Correction(arises_on=day(1), due=Due(on=day(16)))
    with pytest.raises(Refusal, match="nhiệm vụ cha"):
        correct_obligation(actor=SYSTEM, obligation=part, correction=correction, reason="Ghi nhầm")
    suspend(actor=SYSTEM, obligation=part, on=day(3), reason="Chờ")
    with pytest.raises(Refusal, match="nhiệm vụ cha"):
        resume(actor=SYSTEM, obligation=part, on=day(8))
    resume(actor=SYSTEM, obligation=part, on=day(8), due_on=day(15), reason="Theo hạn chung")
    assert due_on(part) == day(15)


def test_the_whole_moves_first_and_then_its_part(whole: Obligation, part: Obligation) -> None:
    ask_extension(actor=SYSTEM, obligation=whole, due_on=day(20), on=day(2), reason="Thêm việc")
    accept_extension(actor=SYSTEM, obligation=whole, on=day(2))
    extend(actor=SYSTEM, obligation=part, due_on=day(18), on=day(3), reason="Theo hạn chung")
    assert (due_on(whole), due_on(part)) == (day(20), day(18))


def test_the_whole_is_not_given_a_day_before_that_of_an_open_part(
    sector: Sector, whole: Obligation, part: Obligation
) -> None:
    with pytest.raises(Refusal, match="sớm hơn hạn 14/10/2024 của nhiệm vụ con NV-CON"):
        brought_forward(whole, day(13))
    complete(actor=SYSTEM, obligation=part, on=day(5))
    brought_forward(whole, day(13))
    assert due_on(whole) == day(13)


def test_a_part_that_is_owed_again_is_not_due_past_its_whole(whole: Obligation, part: Obligation) -> None:
    complete(actor=SYSTEM, obligation=part, on=day(5))
    brought_forward(whole, day(13))
    with pytest.raises(Refusal, match="Hạn 14/10/2024 muộn hơn hạn 13/10/2024 của nhiệm vụ cha NV-CHA"):
        return_(actor=SYSTEM, obligation=part, on=day(7), reason="Thiếu số liệu")
    with pytest.raises(Refusal, match="nhiệm vụ cha"):
        withdraw(actor=SYSTEM, obligation=part, reason="Ghi nhầm")

    extend(actor=SYSTEM, obligation=whole, due_on=day(14), on=day(8), reason="Thêm việc")
    withdraw(actor=SYSTEM, obligation=part, reason="Ghi nhầm")
    assert due_on(part) == day(14)


def test_a_cancelled_part_comes_back_within_its_whole_alone(whole: Obligation, part: Obligation) -> None:
    cancel(actor=SYSTEM, obligation=part, on=day(5), reason="Thôi")
    brought_forward(whole, day(13))
    with pytest.raises(Refusal, match="nhiệm vụ cha"):
        withdraw(actor=SYSTEM, obligation=part, reason="Hủy nhầm")


def test_an_extension_of_the_whole_is_not_taken_back_under_a_part(whole: Obligation, part: Obligation) -> None:
    extend(actor=SYSTEM, obligation=whole, due_on=day(20), on=day(2), reason="Thêm việc")
    extend(actor=SYSTEM, obligation=part, due_on=day(18), on=day(3), reason="Thêm việc")
    with pytest.raises(Refusal, match="Hạn 15/10/2024 sớm hơn hạn 18/10/2024 của nhiệm vụ con NV-CON"):
        withdraw(actor=SYSTEM, obligation=whole, reason="Gia hạn nhầm")
    assert due_on(whole) == day(20)
