"""A co-operating unit finds its part in its own work; the page of the whole names it with its day."""

from datetime import date

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core import clock
from noivu.work.api import Kind, Obligation

TYPED = {
    "title": "Tham mưu sắp xếp đơn vị hành chính",
    "assigner": "Bộ trưởng",
    "arises_on": "01/10/2024",
    "lead": "VCQDP-BNV",
    "code": "NV-2024-0001",
    "due_on": "31/10/2024",
}


@pytest.mark.django_db
def test_from_the_form_to_the_work_of_the_other_unit(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 10, 15))
    chi = sign_in(client, cast.chi)
    refused = chi.post("/tasks/new/", {**TYPED, "cooperating": "VP-BNV: 02/11/2024"})
    assert "muộn hơn hạn 31/10/2024" in refused.content.decode()
    assert chi.post("/tasks/new/", {**TYPED, "cooperating": "VP-BNV: 25/10/2024"}).status_code == 302
    task, part = Obligation.objects.get(kind=Kind.TASK), Obligation.objects.get(kind=Kind.STEP)
    page = chi.get(f"/tasks/{task.pk}/").content.decode()
    assert ", hạn 25/10/2024" in page
    assert f"/steps/{part.pk}/" not in page
    assert "Văn phòng Bộ: 25/10/2024" in chi.get(f"/tasks/{task.pk}/correct/").content.decode()

    binh = sign_in(client, cast.binh)
    assert f"/steps/{part.pk}/" in binh.get("/my/?cut=unit").content.decode()
    own = binh.get(f"/steps/{part.pk}/").content.decode()
    assert f'href="/tasks/{task.pk}/"' in own
    assert binh.get(f"/tasks/{task.pk}/").status_code == 200
    assert "Tham mưu sắp xếp" in binh.get("/steps/?period=2024-10&unit=VP-BNV").content.decode()
