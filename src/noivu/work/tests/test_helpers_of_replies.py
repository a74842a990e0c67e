"""Co-operating units of a reply: named by who may assign it, each by a day of its own that is not past the reply's."""

from datetime import date

import pytest

from noivu.accounts.testing import Cast
from noivu.audit.api import history
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.records.api import correct_document, remove_document
from noivu.units.testing import Sector
from noivu.work.api import Kind, Obligation, ObligationSpan, name_helpers
from noivu.work.constants import FOREVER
from noivu.work.testing import owes_reply, replies


def day(number: int) -> date:
    return date(2024, 10, number)


def parts() -> list[tuple[int, str, str, str, date | None]]:
    spans = ObligationSpan.objects.current().filter(obligation__kind=Kind.STEP, valid_to=FOREVER).order_by("pk")
    return [(s.unit_id, s.obligation.code, s.obligation.title, s.obligation.secrecy, s.due_on) for s in spans]


def test_each_owes_a_part_of_the_reply_by_its_day(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1), day(20), summary="Xin ý kiến", symbol="7/UBND")
    second = owes_reply(sector.office, day(1), day(20), summary="Xin ý kiến")
    helping = {sector.archives.pk: day(18), sector.local_government.pk: None}
    for one in (owed, second):
        name_helpers(actor=SYSTEM, obligation=one, helping=helping, on=day(2))
    office = "VP-BNV"
    assert [part[1] for part in parts()] == [f"01/2024/{office}", f"02/2024/{office}"]
    assert parts()[0] == (sector.archives.pk, f"01/2024/{office}", "Xin ý kiến", "", day(18))
    assert history(owed)[0].action == "obligation.correct"


def test_a_unit_that_helps_again_takes_up_the_part_that_it_owed(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1), day(20))
    for helping in ({sector.archives.pk: day(18)}, {}, {sector.archives.pk: None}, {sector.archives.pk: day(17)}):
        name_helpers(actor=SYSTEM, obligation=owed, helping=helping, on=day(2), reason="Phân công lại")
    assert [part[0::4] for part in parts()] == [(sector.archives.pk, day(17))]


def test_no_part_is_due_past_the_reply_and_the_lead_does_not_help_itself(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1), day(20))
    for helping, code in (({sector.archives.pk: day(21)}, "past_parent"), ({sector.office.pk: None}, "lead_helps")):
        with pytest.raises(Refusal) as refused:
            name_helpers(actor=SYSTEM, obligation=owed, helping=helping, on=day(2))
        assert refused.value.code == code
    replies(owed, day(8))
    with pytest.raises(Refusal) as refused:
        name_helpers(actor=SYSTEM, obligation=owed, helping={sector.archives.pk: None}, on=day(9))
    assert refused.value.code == "state"
    assert not parts()


def test_parts_leave_with_the_document_and_are_restricted_as_it_is(sector: Sector) -> None:
    owed = owes_reply(sector.office, day(1), day(20))
    name_helpers(actor=SYSTEM, obligation=owed, helping={sector.archives.pk: day(18)}, on=day(2))
    assert owed.document is not None
    correct_document(actor=SYSTEM, document=owed.document, changes={"secrecy": "restricted"})
    assert [part[3] for part in parts()] == ["restricted"]
    remove_document(actor=SYSTEM, document=owed.document, reason="Ghi nhầm")
    assert not parts()
    assert not Obligation.objects.standing().exists()


def test_who_may_not_assign_the_reply_names_nobody(cast: Cast) -> None:
    owed = owes_reply(cast.binh.unit, day(1), day(20))
    with pytest.raises(Refusal, match="Không có quyền"):
        name_helpers(actor=cast.binh.actor, obligation=owed, helping={cast.chi.unit.pk: None}, on=day(2))
