"""An extension is asked for, answered and seen by form; parts of a task stand on its page."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core.actors import SYSTEM
from noivu.work.api import ExtensionRequest, Obligation, ask_extension
from noivu.work.testing import gets_task


def day(number: int) -> date:
    return date(2024, 10, number)


@pytest.fixture
def task(cast: Cast) -> Obligation:
    """A task of Chi's department, which the ministry's office assigned."""
    return gets_task(cast.chi.unit, day(1), due_on=date(2024, 11, 8), code="NV-9", assigner_unit_id=cast.binh.unit.pk)


def act(client: Client, task: Obligation, code: str, **data: str) -> Any:
    return client.post(f"/obligations/{task.pk}/{code}/", data)


def page(client: Client, task: Obligation) -> str:
    return client.get(f"/tasks/{task.pk}/").content.decode()


def test_the_lead_asks_and_the_assigner_answers_on_the_page(cast: Cast, task: Obligation) -> None:
    chi, em = sign_in(Client(), cast.chi), sign_in(Client(), cast.em)
    assert "/ask-extension/" in page(chi, task)
    assert "/extend/" not in page(chi, task)
    act(chi, task, "ask-extension", due_on="15/11/2024", on="31/10/2024", reason="Chờ số liệu")
    shown = page(chi, task)
    assert ("/withdraw-request/" in shown, "/ask-extension/" in shown, "Chờ số liệu" in shown) == (True, False, True)
    assert "NV-9" in em.get("/my/?cut=confirm").content.decode()
    assert "NV-9" not in chi.get("/my/?cut=confirm").content.decode()
    assert act(chi, task, "accept-extension", on="31/10/2024").status_code == 404
    assert act(em, task, "accept-extension", on="31/10/2024").status_code == 302
    assert "15/11/2024" in page(chi, task)
    assert ExtensionRequest.objects.get().state == "accepted"


@pytest.mark.parametrize("code", ["accept-extension", "refuse-extension", "offer-extension"])
def test_each_answer_has_its_form(cast: Cast, client: Client, task: Obligation, code: str) -> None:
    ask_extension(actor=SYSTEM, obligation=task, due_on=date(2024, 11, 15), on=day(31), reason="Chờ số liệu")
    assert sign_in(client, cast.em).get(f"/obligations/{task.pk}/{code}/").status_code == 200


def test_a_part_is_assigned_from_the_page_of_the_whole_and_stands_on_it(cast: Cast, client: Client) -> None:
    whole = gets_task(cast.chi.unit, day(1), due_on=date(2024, 11, 8), code="NV-9")
    chi = sign_in(client, cast.chi)
    assert "/tasks/new/?parent=NV-9" in page(chi, whole)
    assert 'value="NV-9"' in chi.get("/tasks/new/?parent=NV-9").content.decode()
    said = {
        "title": "Rà soát số liệu", "assigner": "Vụ trưởng", "parent": "NV-9", "arises_on": "31/10/2024",
        "lead": "VCQDP-BNV", "due_on": "09/11/2024", "code": "NV-10",
    }  # fmt: skip
    late = chi.post("/tasks/new/", said)
    assert (late.status_code, "muộn hơn hạn 08/11/2024 của nhiệm vụ cha NV-9" in late.content.decode()) == (422, True)
    assert "Không có nhiệm vụ nào mang mã NV-8" in chi.post("/tasks/new/", {**said, "parent": "NV-8"}).content.decode()
    assert chi.post("/tasks/new/", {**said, "due_on": "08/11/2024"}).status_code == 302
    part = Obligation.objects.get(code="NV-10")
    assert (part.parent_id, part.assigner_unit_id) == (whole.pk, cast.chi.unit.pk)
    assert "Rà soát số liệu" in page(chi, whole)
    assert f'href="/tasks/{whole.pk}/"' in page(chi, part)
