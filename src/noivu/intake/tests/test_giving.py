"""Who decides, of which task it is a part, and who does it, as sheets say it."""

from datetime import date
from typing import Any

import pytest

from noivu.accounts.testing import Cast, a_person
from noivu.core.wording import Text
from noivu.intake.api import DOCUMENTS_IN, ENTERED, LEGAL_TEXTS, RECOMMENDATIONS, TASKS
from noivu.intake.testing import put_in, states
from noivu.matters.constants import DIRECTIVE
from noivu.records.api import IncomingDocument
from noivu.sheets.api import Template
from noivu.work.api import Assignee, Kind, Obligation, assign, decider_of
from noivu.work.testing import gets_task


def day(number: int) -> date:
    return date(2024, 10, number)


def task(cast: Cast, code: str = "NV-1", **more: Any) -> dict[str, Any]:
    return {"code": code, "title": "Soạn báo cáo", "assigner": "Bộ trưởng", "assigned_on": day(1), "due_on": day(20),
            "lead_unit": cast.chi.unit, **more}  # fmt: skip


def directive(cast: Cast, **more: Any) -> dict[str, Any]:
    return {**task(cast, "CD-1"), "source_symbol": "32/CT-TTg", **more}


def recommendation(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"code": "KN-1", "origin": "Đoàn đại biểu", "content": "Đề nghị", "received_on": day(1), "due_on": day(20),
            "unit": cast.chi.unit, **more}  # fmt: skip


def document(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"unit": cast.chi.unit, "arrival_number": "1", "arrived_on": day(1), "issuer": "Bộ Tài chính",
            "summary": "Xin ý kiến", "reply_required": True, **more}  # fmt: skip


def legal_text(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"code": "VB-1", "title": "Nghị định về báo cáo", "type": "Nghị định", "authority": "Chính phủ",
            "registered_on": day(1), "due_on": day(20), "lead_unit": cast.chi.unit, **more}  # fmt: skip


OWED: list[tuple[Template, Any]] = [
    (TASKS, task), (ENTERED[DIRECTIVE], directive), (RECOMMENDATIONS, recommendation),
    (LEGAL_TEXTS, legal_text),
]  # fmt: skip
ALL = [*OWED, (DOCUMENTS_IN, document)]


@pytest.mark.parametrize(("template", "row"), ALL)
def test_a_name_that_is_one_persons_is_given_to_the_account(cast: Cast, template: Template, row: Any) -> None:
    told: list[Text] = []
    assert states(put_in(template, [row(cast, assigned_to="đỗ quang CHI")], warnings=told)) == ["applied"]
    owed = Obligation.objects.get()
    assert (owed.assigned_to, owed.assigned_officer) == ("Đỗ Quang Chi", cast.chi.actor.id)
    for paper in IncomingDocument.objects.current():
        assert (paper.assigned_to, paper.assigned_officer) == ("Đỗ Quang Chi", cast.chi.actor.id)
    assert states(put_in(template, [row(cast, assigned_to="đỗ quang CHI")])) == ["unchanged"]
    assert not told


@pytest.mark.parametrize(("template", "row"), ALL)
def test_a_name_of_several_or_of_nobody_stays_a_name_and_is_told_once(cast: Cast, template: Template, row: Any) -> None:
    a_person("chi2", "Đỗ Quang Chi", cast.chi.unit)
    number = "arrival_number" if template is DOCUMENTS_IN else "code"
    for name, words in (("Đỗ Quang Chi", "2 người dùng cùng tên"), ("Lê Thu Bình", "không người dùng nào")):
        told: list[Text] = []
        put_in(template, [row(cast, assigned_to=name, **{number: n}) for n in ("1", "2")], warnings=told)
        assert {(owed.assigned_to, owed.assigned_officer) for owed in Obligation.objects.all()} == {(name, "")}
        assert [words in said.vi and "Dòng 2" in said.vi and name not in said.vi for said in told] == [True]


@pytest.mark.parametrize(("template", "row"), ALL)
def test_an_account_that_is_named_is_checked(cast: Cast, template: Template, row: Any) -> None:
    a_person("chi2", "Đỗ Quang Chi", cast.chi.unit)
    (aside,) = put_in(template, [row(cast, assigned_to="Đỗ Quang Chi · binh")])
    assert (aside.state, aside.column) == ("quarantined", "assigned_to")
    assert states(put_in(template, [row(cast, assigned_to="Đỗ Quang Chi · chi")])) == ["applied"]
    assert Obligation.objects.get().assigned_officer == cast.chi.actor.id


def test_another_name_takes_a_document_from_the_former_account(cast: Cast) -> None:
    put_in(DOCUMENTS_IN, [document(cast, assigned_to="Đỗ Quang Chi")])
    put_in(DOCUMENTS_IN, [document(cast, assigned_to="Người khác")])
    paper = IncomingDocument.objects.current().get()
    assert (paper.assigned_to, paper.assigned_officer) == ("Người khác", "")


def test_an_account_made_later_is_found_and_one_chosen_on_screen_is_kept(cast: Cast) -> None:
    put_in(TASKS, [task(cast, assigned_to="Vũ An")])
    later = a_person("vuan", "Vũ An", cast.chi.unit)
    assert states(put_in(TASKS, [task(cast, assigned_to="Vũ An")])) == ["applied"]
    owed = Obligation.objects.get()
    assert owed.assigned_officer == later.actor.id
    chosen = Assignee(cast.chi.unit.pk, "Đỗ Quang Chi", cast.chi.actor.id)
    assign(actor=cast.chi.actor, obligation=owed, to=chosen, on=day(2))
    put_in(TASKS, [task(cast, assigned_to="Vũ An")])
    owed.refresh_from_db()
    assert (owed.assigned_to, owed.assigned_officer) == ("Đỗ Quang Chi", cast.chi.actor.id)


@pytest.mark.parametrize(("template", "row"), OWED)
def test_the_unit_that_assigned_it_decides(cast: Cast, template: Template, row: Any) -> None:
    assert states(put_in(template, [row(cast, assigner_unit=cast.em.unit)], actor=cast.em.actor)) == ["applied"]
    owed = Obligation.objects.get()
    assert decider_of(owed).scope_unit_id == cast.em.unit.pk
    assert states(put_in(template, [row(cast, assigner_unit=None)], actor=cast.em.actor)) == ["unchanged"]
    (aside,) = put_in(template, [row(cast, assigner_unit=cast.chi.unit)], actor=cast.chi.actor)
    assert (aside.state, aside.column) == ("quarantined", "assigner_unit")
    (aside,) = put_in(template, [row(cast, due_on=day(25))], actor=cast.chi.actor)
    assert (aside.state, aside.column) == ("quarantined", "due_on")
    assert states(put_in(template, [row(cast, due_on=day(25))], actor=cast.em.actor)) == ["applied"]


def test_nobody_names_a_unit_for_which_they_may_not_assign(cast: Cast) -> None:
    (aside,) = put_in(TASKS, [task(cast, assigner_unit=cast.em.unit)], actor=cast.chi.actor)
    assert (aside.state, aside.column) == ("quarantined", "assigner_unit")
    assert not Obligation.objects.exists()


@pytest.mark.parametrize(("template", "row"), OWED)
def test_a_part_names_its_whole_and_is_not_due_later(cast: Cast, template: Template, row: Any) -> None:
    whole = gets_task(cast.em.unit, day(1), due_on=day(20), code="NV-0")
    (aside,) = put_in(template, [row(cast, parent="NV-0", due_on=day(21))])
    assert (aside.state, aside.column) == ("quarantined", "due_on")
    assert "muộn hơn hạn 20/10/2024 của nhiệm vụ cha NV-0" in str(aside.reason)
    (aside,) = put_in(template, [row(cast, parent="NV-7")])
    assert (aside.state, aside.column) == ("quarantined", "parent")
    assert states(put_in(template, [row(cast, parent="NV-0")])) == ["applied"]
    assert Obligation.objects.exclude(pk=whole.pk).get().parent == whole
    assert states(put_in(template, [row(cast, parent="NV-0")])) == ["unchanged"]
    assert states(put_in(template, [row(cast, parent=None)])) == ["unchanged"]
    (aside,) = put_in(template, [row(cast, parent=None, due_on=day(25))])
    assert (aside.state, aside.column) == ("quarantined", "due_on")
    assert "muộn hơn hạn 20/10/2024 của nhiệm vụ cha NV-0" in str(aside.reason)
    gets_task(cast.em.unit, day(1), code="NV-8")
    (aside,) = put_in(template, [row(cast, parent="NV-8")])
    assert "Đã thuộc nhiệm vụ khác" in str(aside.reason)


def test_a_part_may_stand_above_its_whole_in_the_file(cast: Cast) -> None:
    rows = [task(cast, "NV-3", parent="NV-2", due_on=day(18)), task(cast, "NV-2", parent="NV-1", due_on=day(19)),
            task(cast, "NV-1"), task(cast, "NV-4", parent="NV-1", due_on=day(21))]  # fmt: skip
    assert states(put_in(TASKS, rows)) == ["applied", "applied", "applied", "quarantined"]
    parents = dict(Obligation.objects.values_list("code", "parent__code"))
    assert parents == {"NV-1": None, "NV-2": "NV-1", "NV-3": "NV-2"}


def test_nothing_is_a_part_of_itself(cast: Cast) -> None:
    rows = [task(cast, "NV-1", parent="NV-2"), task(cast, "NV-2", parent="NV-1"), task(cast, "NV-3", parent="NV-3")]
    assert {(one.state, one.column) for one in put_in(TASKS, rows)} == {("quarantined", "parent")}
    put_in(TASKS, [task(cast, "NV-1"), task(cast, "NV-2", parent="NV-1")])
    (aside,) = put_in(TASKS, [task(cast, "NV-1", parent="NV-2")])
    assert (aside.state, aside.column) == ("quarantined", "parent")


def test_the_whole_of_the_own_unit_is_meant_where_several_bear_the_code(cast: Cast) -> None:
    gets_task(cast.binh.unit, day(1), code="NV-0")
    gets_task(cast.em.unit, day(1), code="NV-0")
    (aside,) = put_in(TASKS, [task(cast, parent="NV-0")])
    assert "Nhiều đơn vị" in str(aside.reason)
    own = gets_task(cast.chi.unit, day(1), code="NV-0")
    assert states(put_in(TASKS, [task(cast, parent="NV-0")])) == ["applied"]
    assert Obligation.objects.of_kind(Kind.TASK).get(code="NV-1").parent == own


def test_a_whole_is_not_due_before_a_part_that_is_still_owed(cast: Cast) -> None:
    put_in(TASKS, [task(cast, "NV-1"), task(cast, "NV-2", parent="NV-1", due_on=day(18))])
    (aside,) = put_in(TASKS, [task(cast, "NV-1", due_on=day(17))])
    assert (aside.state, aside.column) == ("quarantined", "due_on")
    assert "sớm hơn hạn 18/10/2024 của nhiệm vụ con NV-2" in str(aside.reason)
    assert states(put_in(TASKS, [task(cast, "NV-2", parent="NV-1", due_on=day(16))])) == ["applied"]
    assert states(put_in(TASKS, [task(cast, "NV-1", due_on=day(17))])) == ["applied"]


def test_the_parts_of_which_a_row_speaks_itself_move_with_it(cast: Cast) -> None:
    helped = {"cooperating_units": "VP-BNV", "cooperating_due_on": "18/10/2024"}
    put_in(TASKS, [task(cast, **helped)])
    plain = task(cast, due_on=day(17))
    (aside,) = put_in(TASKS, [plain], given=list(plain))
    assert (aside.state, aside.column) == ("quarantined", "due_on")
    assert states(put_in(TASKS, [plain | helped | {"cooperating_due_on": "15/10/2024"}])) == ["applied"]
