"""`noivu user …` at a terminal and for machines."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from noivu.accounts.commands import user as command
from noivu.accounts.models import User
from noivu.accounts.testing import Cast
from noivu.audit.models import Payload
from noivu.core import clock
from noivu.core.refusals import Refusal
from noivu.units.testing import Sector

pytestmark = pytest.mark.django_db
ADD = ["add", "lan.nguyen", "--role", "operator", "--unit", "VP-BNV", "--full-name", "Nguyễn Thị Lan"]


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def answer(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.exception
    return json.loads(result.stdout)


def test_the_first_account_gets_a_one_time_password_that_signs_in(sector: Sector) -> None:
    given = answer(*ADD)
    user = User.objects.get(username="lan.nguyen")
    assert given["user"] == "lan.nguyen"
    assert user.check_password(given["one_time_password"])
    assert user.must_change_password
    assert [(held.role, held.unit_id) for held in user.held_grants] == [("operator", sector.office.pk)]
    assert not Payload.objects.filter(content__contains=given["one_time_password"]).exists()


def test_every_one_time_password_is_another(sector: Sector) -> None:
    first, second = answer(*ADD), answer("password", "lan.nguyen")
    assert first["one_time_password"] != second["one_time_password"]


def test_in_words_it_says_that_the_password_is_printed_once(sector: Sector) -> None:
    assert "Mật khẩu dùng một lần (chỉ in ở đây" in run(*ADD).stdout


def test_a_password_is_never_taken_from_a_pipe(sector: Sector) -> None:
    result = CliRunner().invoke(command, [*ADD, "--ask-password"], input="giấy trắng mực đen\n" * 2)
    assert isinstance(result.exception, Refusal)
    assert not User.objects.exists()


def test_a_name_longer_than_its_column_is_refused_in_words(sector: Sector) -> None:
    result = run(*ADD[:-1], "Lan " * 60)
    assert isinstance(result.exception, Refusal)
    assert result.exception.code == "accounts.too_long"


def test_an_unknown_unit_is_refused(sector: Sector) -> None:
    result = run("add", "lan.nguyen", "--role", "officer", "--unit", "KHONG-CO")
    assert isinstance(result.exception, Refusal)


def test_an_unknown_role_is_wrong_usage(sector: Sector) -> None:
    assert run("add", "lan.nguyen", "--role", "king", "--unit", "BNV").exit_code == 2


def test_the_list_shows_roles_of_today(cast: Cast) -> None:
    listed = {line["user"]: line for line in answer("list")}
    assert set(listed) == {"an", "binh", "chi", "dung", "em", "giang", "ha", "khanh"}
    assert (listed["an"]["unit"], listed["an"]["roles"]) == ("SNV-40", ["Chuyên viên"])


def test_the_list_of_an_operator_ends_at_the_own_reach(cast: Cast) -> None:
    assert {line["user"] for line in answer("list", "--as", "ha")} == {"binh", "chi", "em", "giang", "ha", "khanh"}


def test_a_role_is_granted_and_ended(cast: Cast) -> None:
    granted = answer("grant", "binh", "--role", "head", "--unit", "VP-BNV", "--as", "ha", "--reason", "QĐ 12")
    assert (granted["starts_on"], granted["ends_on"]) == ("2024-11-01", None)
    ended = answer("revoke", "binh", "--role", "head", "--unit", "VP-BNV", "--as", "ha")
    assert ended["ends_on"] == "2024-11-01"
    assert not cast.binh.user.grants.holding(clock.today()).filter(role="head").exists()


def test_ending_what_is_not_held_is_refused(cast: Cast) -> None:
    result = run("revoke", "binh", "--role", "auditor", "--unit", "VP-BNV")
    assert isinstance(result.exception, Refusal)


def test_an_officer_gives_no_roles_at_the_terminal_either(cast: Cast) -> None:
    result = run("grant", "dung", "--role", "viewer", "--unit", "VP-BNV", "--as", "binh")
    assert isinstance(result.exception, Refusal)


def test_a_deactivated_user_does_not_act(cast: Cast) -> None:
    assert answer("deactivate", "ha", "--reason", "Nghỉ hưu") == {"user": "ha", "active": False}
    result = run("list", "--as", "ha")
    assert isinstance(result.exception, Refusal)


@pytest.mark.parametrize("name", ["add", "list", "grant", "revoke", "password", "reset-second-factor", "deactivate"])
def test_every_command_shows_an_example(name: str) -> None:
    assert "Example: noivu user" in run(name, "--help").stdout
