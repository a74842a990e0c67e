"""By when co-operating units do their parts, as sheets of tasks say it."""

from datetime import date
from typing import Any

import pytest

from noivu.matters.imports import TASKS
from noivu.matters.tests.sheets import put_in, states
from noivu.units.testing import Sector
from noivu.work.api import Kind, Obligation, ObligationSpan
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
