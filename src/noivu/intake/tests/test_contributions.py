"""By when co-operating units do their parts, as sheets of tasks say it."""

from datetime import date
from typing import Any

import pytest

from noivu.core.actors import SYSTEM
from noivu.intake.api import TASKS
from noivu.intake.testing import put_in, states
from noivu.units.testing import Sector
from noivu.work.api import Kind, Obligation, ObligationSpan, extend
from noivu.work.constants import FOREVER


def day(number: int) -> date:
    return date(2024, 10, number)


def row(sector: Sector, **more: Any) -> dict[str, Any]:
    return {
        "code": "NV-1", "title": "Soạn báo cáo", "assigner": "Bộ trưởng", "assigned_on": day(1), "due_on": day(20),
        "lead_unit": sector.office, "cooperating_units": "VCQDP-BNV; CVTLT-BNV", **more,
    }  # fmt: skip


def parts() -> dict[str, date | None]:
    spans = ObligationSpan.objects.current().filter(valid_to=FOREVER, kind=Kind.STEP)
    return {span.unit.codes.get(superseded_at=None).code: span.due_on for span in spans.select_related("unit")}


def test_a_day_for_each_unit_in_their_order(sector: Sector) -> None:
    dated = row(sector, cooperating_due_on="15/10/2024; 18/10/2024")
    assert states(put_in(TASKS, [dated])) == ["applied"]
    assert parts() == {"VCQDP-BNV": day(15), "CVTLT-BNV": day(18)}
    part = Obligation.objects.of_kind(Kind.STEP).filter(first_unit=sector.archives).get()
    assert (part.parent, part.contribution.obligation) == (Obligation.objects.of_kind(Kind.TASK).get(),) * 2
    assert states(put_in(TASKS, [dated])) == ["unchanged"]


def test_another_day_and_a_blank_are_followed(sector: Sector) -> None:
    put_in(TASKS, [row(sector, cooperating_due_on="15/10/2024; 18/10/2024")])
    assert states(put_in(TASKS, [row(sector, cooperating_due_on="16/10/2024")])) == ["applied"]
    assert parts() == {"VCQDP-BNV": day(16), "CVTLT-BNV": day(16)}
    put_in(TASKS, [row(sector, cooperating_due_on="16/10/2024", cooperating_units="CVTLT-BNV")])
    assert parts() == {"CVTLT-BNV": day(16)}
    put_in(TASKS, [row(sector, cooperating_due_on=None)])
    assert parts() == {}
    put_in(TASKS, [row(sector, cooperating_due_on="17/10/2024")])
    assert parts() == {"VCQDP-BNV": day(17), "CVTLT-BNV": day(17)}


def test_another_name_is_given_to_no_former_account(sector: Sector) -> None:
    put_in(TASKS, [row(sector, assigned_to="Trần Khánh An")])
    Obligation.objects.update(assigned_officer="user:7")
    put_in(TASKS, [row(sector, assigned_to="Trần Khánh An", title="Soạn lại báo cáo")])
    assert Obligation.objects.get().assigned_officer == "user:7"
    put_in(TASKS, [row(sector, assigned_to="Lê Thu Bình")])
    task = Obligation.objects.get()
    assert (task.assigned_to, task.assigned_officer) == ("Lê Thu Bình", "")


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ("21/10/2024", "muộn hơn hạn 20/10/2024"),
        ("30/09/2024", "sớm hơn ngày giao"),
        ("15/10/2024; 16/10/2024; 17/10/2024", "khác số đơn vị"),
        ("mai", "không phải ngày"),
    ],
)
def test_days_that_cannot_be_are_kept_aside(sector: Sector, dates: str, words: str) -> None:
    (outcome,) = put_in(TASKS, [row(sector, cooperating_due_on=dates)])
    assert (outcome.state, outcome.column) == ("quarantined", "cooperating_due_on")
    assert words in str(outcome.reason)
    assert not Obligation.objects.exists()


def only(sector: Sector, *columns: str, **more: Any) -> list[str]:
    """Bring the row in by a file of the required columns and these."""
    required = ("code", "title", "assigner", "assigned_on", "lead_unit")
    return states(put_in(TASKS, [row(sector, **more)], given=[*required, *columns]))


def test_a_whole_is_not_brought_forward_past_its_part_in_one_row(sector: Sector) -> None:
    put_in(TASKS, [row(sector, cooperating_due_on="18/10/2024")])
    short = row(sector, cooperating_due_on="18/10/2024", due_on=day(16))
    (aside, other) = put_in(TASKS, [short, row(sector, code="NV-2")])
    assert (aside.state, aside.column, other.state) == ("quarantined", "due_on", "applied")
    assert "sớm hơn hạn 18/10/2024" in str(aside.reason)
    task = Obligation.objects.get(code="NV-1")
    assert ObligationSpan.objects.current().get(obligation=task, valid_to=FOREVER).due_on == day(20)


def test_a_whole_is_not_brought_forward_past_a_part_that_a_person_extended(sector: Sector) -> None:
    put_in(TASKS, [row(sector, cooperating_due_on="15/10/2024")])
    part = Obligation.objects.of_kind(Kind.STEP).first()
    assert part is not None
    extend(actor=SYSTEM, obligation=part, due_on=day(19), on=day(2), reason="Thêm việc")
    (aside,) = put_in(TASKS, [row(sector, cooperating_due_on="14/10/2024", due_on=day(17))])
    assert (aside.state, aside.column) == ("quarantined", "due_on")
    assert sorted(filter(None, parts().values())) == [day(15), day(19)]


def test_a_file_without_the_days_leaves_the_parts_and_who_helps_no_more_owes_none(sector: Sector) -> None:
    put_in(TASKS, [row(sector, cooperating_due_on="15/10/2024; 18/10/2024")])
    assert only(sector, "cooperating_units") == ["unchanged"]
    assert parts() == {"VCQDP-BNV": day(15), "CVTLT-BNV": day(18)}
    assert only(sector, "cooperating_units", cooperating_units="CVTLT-BNV") == ["applied"]
    assert parts() == {"CVTLT-BNV": day(18)}
    assert only(sector) == ["unchanged"]
    assert parts() == {"CVTLT-BNV": day(18)}


def test_a_part_is_not_put_under_a_whole_that_is_done(sector: Sector) -> None:
    put_in(TASKS, [row(sector, completed_on=day(9))])
    late, done = (row(sector, code=code, parent="NV-1", cooperating_units=None) for code in ("NV-2", "NV-3"))
    outcomes = put_in(TASKS, [late, {**done, "completed_on": day(8)}])
    assert (states(outcomes), outcomes[0].column) == (["quarantined", "applied"], "parent")
    assert "Nhiệm vụ cha NV-1: Đã hoàn thành" in str(outcomes[0].reason)
