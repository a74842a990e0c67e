"""What each kind is to produce, its measure, who assigned it and for which unit: on page, register and export."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core import clock
from noivu.intake.api import ENTERED, LEGAL_TEXTS
from noivu.intake.testing import put_in, states
from noivu.matters.api import FAMILIES
from noivu.work.api import Obligation, obligation_address, register_address

pytestmark = pytest.mark.django_db
SHEETS = {**ENTERED, "legal_text": LEGAL_TEXTS}
SAID = ("Tờ trình Chính phủ", "100% đơn vị có báo cáo", "Bộ Nội vụ")


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def row(kind: str, cast: Cast) -> dict[str, Any]:
    """A row of the kind's sheet: what it requires, and the four of which this speaks."""
    day = {column.key: date(2024, 10, 2) for column in SHEETS[kind].columns if column.key.endswith("ed_on")}
    words = {column.key: "Đúng mẫu" for column in SHEETS[kind].columns if column.required and column.kind == "text"}
    blank = {column.key: None for column in SHEETS[kind].columns}
    done = dict.fromkeys(("completed_on", "confirmed_on", "suspended_on", "submitted_on", "issued_on"))
    given = {"lead_unit": cast.chi.unit, "assigner_unit": cast.em.unit, "product": SAID[0], "measure": SAID[1]}
    return {**blank, **day, **words, **done, **given, "code": "M-1"}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_kind_says_its_product_measure_and_assigner_everywhere(family: Any, cast: Cast, client: Client) -> None:
    assert states(put_in(SHEETS[family.kind], [row(family.kind, cast)])) == ["applied"]
    it = Obligation.objects.get(kind=family.kind)
    client = sign_in(client, cast.em)
    register = register_address(family.kind)
    for page in (obligation_address(family.kind, it.pk, None), f"{register}?period=2024-10"):
        body = client.get(page).content.decode()
        for said in (*SAID, it.assigner):
            assert said in body, (page, said)
    workbook: Any = client.get(f"{register}export/?period=2024-10")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(workbook.streaming_content))).active
    cells = [cell.value for line in sheet.iter_rows() for cell in line]
    assert {*SAID, it.assigner} <= {*cells}


def test_a_legal_text_is_entered_with_its_product(cast: Cast, client: Client) -> None:
    given = {
        "lead": "VCQDP-BNV", "code": "VB-1", "title": "Nghị định", "type": "Nghị định", "authority": "Chính phủ",
        "registered_on": "02/10/2024", "product": SAID[0], "measure": SAID[1],
    }  # fmt: skip
    assert sign_in(client, cast.chi).post("/programme/new/", given).status_code == 302
    it = Obligation.objects.get()
    assert (it.product, it.measure) == SAID[:2]
    right = {**given, "measure": "Được ban hành", "reason": "Ghi thiếu"}
    assert client.post(f"/programme/{it.pk}/correct/", right).status_code == 302
    it.refresh_from_db()
    assert it.measure == "Được ban hành"
