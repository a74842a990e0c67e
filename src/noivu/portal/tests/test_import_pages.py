"""Imports between units: whose file, whose kept rows, whose way of reading heads."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.core import clock
from noivu.core.access import AUDITOR, CLERK, HEAD, OFFICER
from noivu.sheets.api import Batch
from noivu.units.api import find_unit

HEADS = "Đơn vị,Số đến,Ngày đến,Cơ quan gửi,Số ký hiệu,Loại văn bản,Trích yếu\n"
OWN = "SNV-40,1,31/02/2024,Bộ Nội vụ,1/BNV,CV,Của Nghệ An\n"
FOREIGN = "BNV,2,31/02/2024,Bộ Công an,2/BCA,CV,Chuyện riêng của Bộ\n"


def send(client: Client, content: str, unit: str) -> Any:
    file = SimpleUploadedFile("so.csv", content.encode())
    return client.post("/sheets/new/", {"template": "documents-in", "unit": unit, "file": file}, follow=True)


def test_a_unit_out_of_reach_is_refused_at_its_field(cast: Cast, client: Client) -> None:
    answer = send(sign_in(client, cast.an), HEADS + OWN, "BNV")
    assert answer.status_code == 422
    assert "Không có quyền nhập cho đơn vị “BNV”" in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_unit_that_ended_may_be_named_by_its_full_name_of_any_length_that_fits_the_field(
    cast: Cast, client: Client
) -> None:
    """As of today nobody bears the name: the dates of the rows decide, and the name is kept as it was typed."""
    name = "Ban chỉ đạo " + "rất dài " * 23
    assert send(sign_in(client, cast.an), HEADS + OWN, name).status_code == 200
    assert Batch.objects.get().unit_code == name.strip()


@pytest.mark.parametrize("name", ["", "kept.csv"])
def test_kept_rows_of_other_units_are_shown_to_the_importer_alone(cast: Cast, client: Client, name: str) -> None:
    colleague = a_person("lan", "Hồ Thị Lan", cast.an.unit, OFFICER)
    send(sign_in(client, cast.an), HEADS + OWN + FOREIGN, "SNV-40")
    address = f"/sheets/{Batch.objects.get().pk}/{name}"
    texts = []
    for person in (cast.an, colleague):
        page = sign_in(Client(), person).get(address)
        texts.append((page.getvalue() if name else page.content).decode())
    mark = "Chuyện riêng của Bộ" if name else '<th scope="row">3</th>'
    own = "Của Nghệ An" if name else '<th scope="row">2</th>'
    assert [(own in text, mark in text) for text in texts] == [(True, True), (True, False)]


@pytest.mark.parametrize("name", ["", "kept.csv"])
@pytest.mark.parametrize("mark", ["Hạn chế phổ biến", "restricted", "mật gì đó", "Bí mật nhà nước"])
def test_a_kept_row_of_a_restricted_thing_is_shown_to_those_it_would_be_for(
    cast: Cast, client: Client, name: str, mark: str
) -> None:
    plain = f"{OWN.strip()},\n"
    strict = f"SNV-40,2,31/02/2024,Bộ Công an,2/BCA,CV,Xác minh đơn thư,{mark}\n"
    send(sign_in(client, cast.an), HEADS.strip() + ",Độ mật\n" + plain + strict, "SNV-40")
    readers = {
        "importer": cast.an,
        "clerk": a_person("lan", "Hồ Thị Lan", cast.an.unit, CLERK),
        "colleague": a_person("mai", "Vũ Thị Mai", cast.an.unit, OFFICER),
        "head": a_person("vinh", "Đinh Quang Vinh", cast.an.unit, HEAD),
        "auditor": a_person("tuyet", "Võ Thị Tuyết", cast.an.unit, AUDITOR),
    }
    seen = {}
    for who, person in readers.items():
        page = sign_in(Client(), person).get(f"/sheets/{Batch.objects.get().pk}/{name}")
        text = (page.getvalue() if name else page.content).decode()
        words = ("Của Nghệ An", "Xác minh đơn thư") if name else ('<th scope="row">2</th>', '<th scope="row">3</th>')
        seen[who] = [word in text for word in words]
    both, first = [True] * 2, [True, False]
    assert seen == {"importer": both, "clerk": both, "colleague": first, "head": both, "auditor": first}


def test_heads_matched_for_one_unit_are_asked_again_for_another(cast: Cast, client: Client) -> None:
    strange = "Đơn vị,Cột một,Cột hai,Cột ba,Cột bốn\n,1,01/10/2024,Bộ Nội vụ,Hỏi\n"
    asked = send(sign_in(client, cast.an), strange, "SNV-40").redirect_chain[-1][0]
    columns = {"unit": "0", "arrival_number": "1", "arrived_on": "2", "issuer": "3", "summary": "4"}
    client.post(asked, columns)
    assert "/heads/" not in send(client, strange, "SNV-40").redirect_chain[-1][0]
    assert "/heads/" not in send(client, strange, "Sở Nội vụ tỉnh Nghệ An").redirect_chain[-1][0]
    other = a_person("mai", "Vũ Thị Mai", find_unit("SNV-38", clock.today()), OFFICER)
    assert "/heads/" in send(sign_in(Client(), other), strange, "SNV-38").redirect_chain[-1][0]
    assert "/heads/" in send(client, strange, "").redirect_chain[-1][0]
