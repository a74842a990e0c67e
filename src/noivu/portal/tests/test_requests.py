"""What no page could read or bear is answered in words before any page looks at it."""

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in

UNREADABLE = "Trình duyệt gửi một yêu cầu thiếu hoặc hỏng"


@pytest.mark.parametrize(
    "address", ["/accounts/users/?q=%00", "/units/?q=a%00b", "/units/%00/", "/audit/?unit=%00", "/search/?%00=1"]
)
def test_the_character_nul_in_an_address_is_answered_in_words(cast: Cast, client: Client, address: str) -> None:
    answer = sign_in(client, cast.ha).get(address)
    assert answer.status_code == 400
    assert UNREADABLE in answer.content.decode()


@pytest.mark.django_db
def test_the_character_nul_in_a_field_is_answered_in_words(client: Client) -> None:
    answer = client.post("/accounts/sign-in/", {"login": "a\x00b", "password": "x"})
    assert answer.status_code == 400
    assert UNREADABLE in answer.content.decode()
