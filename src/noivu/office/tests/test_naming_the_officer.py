"""Who is to do it is named on screen: an account of the chosen unit, or a name alone."""

from datetime import date

import pytest
from django.test import Client

from noivu.accounts.api import User, actor_id
from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.core.access import OFFICER
from noivu.records.api import IncomingDocument
from noivu.work.api import Obligation
from noivu.work.testing import gets_task, owes_reply

ARRIVED = date(2024, 10, 2)
OFFERED = "/obligations/officers/?of=unit"


def to(officer: str, unit: str = "VCQDP-BNV") -> dict[str, str]:
    return {"unit": unit, "officer": officer, "on": "28/10/2024"}


@pytest.fixture
def chi(cast: Cast, client: Client) -> Client:
    """Chi, a head, whose department has two officers of one name."""
    for username in ("mai", "mai.2"):
        a_person(username, "Lê Thị Mai", cast.chi.unit, OFFICER)
    return sign_in(client, cast.chi)


def test_the_people_of_the_chosen_unit_are_offered_without_their_accents(chi: Client) -> None:
    page = chi.get(f"{OFFERED}&unit=VCQDP-BNV · Vụ Chính quyền địa phương&officer=le thi").content.decode()
    assert 'data-value="Lê Thị Mai · mai"' in page
    assert "Đỗ Quang Chi" not in page
    assert "Đỗ Quang Chi" in chi.get(f"{OFFERED}&unit=VCQDP-BNV&officer=").content.decode()


def test_people_out_of_reach_are_not_offered(cast: Cast, chi: Client) -> None:
    for unit in ("VP-BNV", "SNV-40", "", "KHONG-CO"):
        answer = chi.get(f"{OFFERED}&unit={unit}&officer=")
        assert answer.status_code == 200
        assert "data-value" not in answer.content.decode()
    dung = sign_in(Client(), cast.dung)
    assert dung.get(f"{OFFERED}&unit=SNV-38&officer=").status_code == 404
    assert Client().get(f"{OFFERED}&unit=VCQDP-BNV").status_code == 302


def test_an_account_is_given_the_work_and_the_free_name_stays_a_name(cast: Cast, chi: Client) -> None:
    owed = owes_reply(cast.chi.unit, ARRIVED, due_on=date(2024, 11, 4))
    form = f"/obligations/{owed.pk}/assign/"
    for typed, name, account in (
        ("Lê Thị Mai · mai", "Lê Thị Mai", "mai"),
        ("đỗ quang chi", "Đỗ Quang Chi", "chi"),
        ("chi", "Đỗ Quang Chi", "chi"),
        ("Người ngoài hệ thống", "Người ngoài hệ thống", ""),
    ):
        assert chi.post(form, to(typed)).status_code == 302, typed
        owed.refresh_from_db()
        assert owed.assigned_to == name
        assert owed.assigned_officer == (_account(account) if account else "")
        document = IncomingDocument.objects.get(pk=owed.document_id)
        assert (document.assigned_to, document.assigned_officer) == (name, owed.assigned_officer)


def test_namesakes_and_strangers_are_refused_with_the_way_out(cast: Cast, chi: Client) -> None:
    owed = owes_reply(cast.chi.unit, ARRIVED)
    for typed, words in (
        ("Lê Thị Mai", "Lê Thị Mai · mai; Lê Thị Mai · mai.2"),
        ("Lê Thu Bình · binh", "không có tài khoản đang dùng"),
    ):
        answer = chi.post(f"/obligations/{owed.pk}/assign/", to(typed))
        assert answer.status_code == 422
        assert words in answer.content.decode()
    owed.refresh_from_db()
    assert (owed.assigned_to, owed.assigned_officer) == ("", "")


def test_the_form_shows_who_has_it_and_leaves_it_so(cast: Cast, chi: Client) -> None:
    owed = owes_reply(cast.chi.unit, ARRIVED, assigned_officer=_account("mai"), assigned_unit_id=cast.chi.unit.pk)
    form = f"/obligations/{owed.pk}/assign/"
    assert 'value="Lê Thị Mai · mai"' in chi.get(form).content.decode()
    chi.post(form, to("Lê Thị Mai · mai"))
    owed.refresh_from_db()
    assert owed.assigned_officer == _account("mai")


def test_a_new_document_and_a_new_task_name_an_account(cast: Cast, chi: Client) -> None:
    document = {
        "unit": "VCQDP-BNV", "arrived_on": "21/10/2024", "issuer": "UBND tỉnh Thanh Hóa", "summary": "Hoàn thiện hồ sơ",
        "assigned_to": "Lê Thị Mai · mai", "reply_required": "on",
    }  # fmt: skip
    assert chi.post("/documents/in/new/", document).status_code == 302
    assert Obligation.objects.get().assigned_officer == _account("mai")
    task_ = {
        "title": "Báo cáo", "assigner": "Bộ trưởng", "arises_on": "21/10/2024", "lead": "VCQDP-BNV", "code": "NV-9",
        "assigned_to": "Lê Thị Mai · mai.2",
    }  # fmt: skip
    assert chi.post("/tasks/new/", task_).status_code == 302
    assert Obligation.objects.get(code="NV-9").assigned_officer == _account("mai.2")


def test_a_correction_of_the_name_moves_the_account_with_it(cast: Cast, chi: Client) -> None:
    owed = gets_task(cast.chi.unit, ARRIVED, assigned_officer=_account("mai"), assigned_to="Lê Thị Mai")
    page = chi.get(f"/tasks/{owed.pk}/correct/").content.decode()
    assert "unit=VCQDP-BNV" in page
    right = {
        "title": owed.title, "assigner": owed.assigner, "arises_on": "02/10/2024", "code": owed.code,
        "reason": "Ghi nhầm người",
    }  # fmt: skip
    answer = chi.post(f"/tasks/{owed.pk}/correct/", {**right, "assigned_to": "Đỗ Quang Chi · chi"})
    assert answer.status_code == 302, answer.content.decode()
    owed.refresh_from_db()
    assert (owed.assigned_to, owed.assigned_officer) == ("Đỗ Quang Chi", _account("chi"))


def _account(username: str) -> str:
    return actor_id(User.objects.get(username=username).pk)
