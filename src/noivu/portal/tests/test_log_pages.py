"""The pages of the log: who sees which acts."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from noivu.accounts.models import User
from noivu.accounts.testing import Cast, Person, sign_in
from noivu.audit.actions import _fields, declare_action, field_label, kinds
from noivu.audit.api import checkpoint, record
from noivu.audit.models import Entry
from noivu.core.actors import SYSTEM, Actor
from noivu.core.wording import Text
from noivu.figures.models import StatedFigure
from noivu.law.models import Instrument
from noivu.records.models import OffNetworkDeclaration, RegisterBook
from noivu.sheets.models import Batch, RememberedHeads
from noivu.units.models import Unit

pytestmark = pytest.mark.django_db
KIND = "records.incomingdocument"
RECORDED = [
    model._meta.label_lower
    for model in (User, StatedFigure, Instrument, OffNetworkDeclaration, RegisterBook, Batch, RememberedHeads, Unit)
]


@pytest.fixture(autouse=True)
def _declared() -> None:
    declare_action("test.change", Text(vi="Sửa thử", en="Test change"))


def act(person: Person | Actor, number: int) -> Entry:
    actor = person.actor if isinstance(person, Person) else person
    change = {"before": {"due_on": "2024-10-31"}, "after": {"due_on": "2024-11-05"}}
    return record(actor=actor, action="test.change", thing=(KIND, number), reason=f"Lý do {number}", **change)


def seen(client: Client, query: str = "") -> str:
    return str(client.get(reverse("audit:log") + query).content.decode())


def test_the_auditor_sees_the_acts_of_the_own_units_and_no_others(cast: Cast, client: Client) -> None:
    act(cast.chi, 1)
    act(cast.dung, 2)
    act(SYSTEM, 3)
    sign_in(client, cast.giang)
    page = seen(client)
    assert "Lý do 1" in page
    assert cast.chi.actor.name in page
    assert "Lý do 2" not in page
    assert "Lý do 3" not in page


@pytest.mark.parametrize("name", ["an", "binh", "chi", "dung", "em"])
def test_the_log_does_not_exist_for_others(cast: Cast, client: Client, name: str) -> None:
    entry = act(cast.chi, 1)
    sign_in(client, getattr(cast, name))
    assert client.get(reverse("audit:log")).status_code == 404
    assert client.get(reverse("audit:entry", args=[entry.pk])).status_code == 404


def test_nobody_reads_the_log_without_signing_in(client: Client) -> None:
    assert client.get(reverse("audit:log")).status_code == 302


def test_conditions_narrow_the_log(cast: Cast, client: Client) -> None:
    act(cast.chi, 1)
    act(cast.binh, 2)
    sign_in(client, cast.ha)
    assert "Lý do 2" not in seen(client, "?unit=VCQDP-BNV")
    assert "Lý do 1" not in seen(client, f"?object={KIND}/2")
    assert "Lý do 1" in seen(client, f"?object={KIND}&action=test.change")
    assert "Lý do 1" not in seen(client, "?day_to=01/01/2020")


def test_an_act_shows_its_changes_and_its_proof(cast: Cast, client: Client) -> None:
    entry = act(cast.chi, 1)
    sign_in(client, cast.giang)
    address = reverse("audit:entry", args=[entry.pk])
    assert "Chưa có điểm niêm phong nào" in client.get(address).content.decode()
    checkpoint()
    page = client.get(address).content.decode()
    assert "05/11/2024" in page
    assert "Bút toán nằm trong nhật ký" in page


def test_things_are_named_in_words_in_both_languages(cast: Cast, client: Client) -> None:
    entry = act(cast.chi, 12)
    sign_in(client, cast.giang)
    pages = [seen(client), client.get(reverse("audit:entry", args=[entry.pk])).content.decode()]
    client.post("/ui/language/", {"language": "en", "next": "/"})
    assert all("Văn bản đến 12" in page and KIND not in page.replace(f'value="{KIND}"', "") for page in pages)
    assert "Incoming document 12" in seen(client)


def test_the_log_of_a_unit_is_found_however_its_code_is_typed(cast: Cast, client: Client) -> None:
    act(cast.chi, 1)
    sign_in(client, cast.ha)
    assert "Lý do 1" in seen(client, "?unit=vcqdp-bnv")
    assert "Lý do 1" in seen(client, "?unit=VCQDP-BNV+%C2%B7+V%E1%BB%A5")
    assert "Lý do 1" in seen(client, f"?kind={KIND}")
    assert "Lý do 1" not in seen(client, "?kind=accounts.user")


def test_every_kind_of_thing_that_is_recorded_has_a_name() -> None:
    assert {kind for kind in [*_fields, *RECORDED] if kind not in kinds} == set()


def test_an_act_of_another_province_does_not_exist(cast: Cast, client: Client) -> None:
    entry = act(cast.dung, 1)
    sign_in(client, cast.giang)
    assert client.get(reverse("audit:entry", args=[entry.pk])).status_code == 404


def test_the_pages_take_few_queries_however_many_acts(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    entries = [act(cast.chi, number) for number in range(60)]
    checkpoint()
    sign_in(client, cast.giang)
    seen(client)
    beyond_session_and_user = 4 + 2
    with django_assert_max_num_queries(beyond_session_and_user):
        seen(client)
    with django_assert_max_num_queries(beyond_session_and_user):
        client.get(reverse("audit:entry", args=[entries[0].pk]))


@pytest.mark.parametrize(
    ("kind", "field", "name"),
    [("sheets.batch", "quarantined", "Dòng giữ lại"), ("accounts.user", "full_name", "Họ và tên")],
)
def test_what_an_act_changed_is_named_in_words(kind: str, field: str, name: str) -> None:
    assert field_label(kind, field).vi == name
