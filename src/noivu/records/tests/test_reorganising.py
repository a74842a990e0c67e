"""Registers stay with the unit that kept them: counted in a reorganisation, and closed from its day on."""

from datetime import date
from typing import Any

import pytest

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.records.api import IncomingEntry, OutgoingEntry, register_incoming, register_outgoing
from noivu.records.effects import count_documents, count_registers, held_documents, held_registers
from noivu.records.testing import arrives
from noivu.units.testing import Sector, carried_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_the_merger(settings: Any) -> None:
    settings.NOIVU_TODAY = "2025-07-10"


def test_documents_and_registers_are_counted_by_unit_up_to_a_day(sector: Sector) -> None:
    old, new = sector.old_home_affairs_nam_dinh, sector.new_home_affairs_ninh_binh
    arrives(old, date(2025, 6, 3))
    arrives(old, date(2025, 6, 30))
    arrives(new, date(2025, 7, 2))
    sent = OutgoingEntry(unit_id=old.pk, issued_on=date(2025, 6, 4), kind="cong-van", summary="Trả lời", notation="SNV")
    register_outgoing(actor=SYSTEM, entry=sent)
    assert count_documents(date(2025, 6, 30)) == {old.pk: 3}
    assert count_documents(date(2025, 7, 2)) == {old.pk: 3, new.pk: 1}
    assert count_registers(date(2025, 7, 1)) == {old.pk: 2, new.pk: 1}
    act = carried_out().act
    assert (held_documents(frozenset({new.pk}), act), held_registers(frozenset({new.pk}), act)) == (1, 1)


def test_nothing_is_registered_with_a_unit_that_had_ended_and_the_words_say_who_took_over(sector: Sector) -> None:
    old = sector.old_home_affairs_nam_dinh
    late = IncomingEntry(unit_id=old.pk, arrived_on=date(2025, 7, 1), issuer="Bộ Tài chính", summary="Xin ý kiến")
    with pytest.raises(Refusal) as refused:
        register_incoming(actor=SYSTEM, entry=late)
    assert refused.value.code == "unit_ended"
    assert "Sở Nội vụ tỉnh Nam Định đã kết thúc" in str(refused.value)
    assert "Ghi vào sổ của Sở Nội vụ tỉnh Ninh Bình" in str(refused.value)
    sent = OutgoingEntry(unit_id=old.pk, issued_on=date(2025, 7, 2), kind="cong-van", summary="Trả lời", notation="SNV")
    with pytest.raises(Refusal) as refused:
        register_outgoing(actor=SYSTEM, entry=sent)
    assert refused.value.code == "unit_ended"


def test_what_arrived_before_the_day_is_registered_late_where_it_arrived(sector: Sector) -> None:
    document = arrives(sector.old_home_affairs_nam_dinh, date(2025, 6, 30))
    assert document.unit_id == sector.old_home_affairs_nam_dinh.pk
