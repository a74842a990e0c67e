"""The fixed cast of every room's tests, in the small sector of `units.testing`; and how one of them signs in.

An: officer of the Department of Home Affairs of Nghệ An (SNV-40). Bình: officer of the ministry's office (VP-BNV).
Chi: head in the ministry's Department of Local Government (VCQDP-BNV). Dung: viewer in Thanh Hóa (SNV-38).
Em: data steward of the ministry (BNV). Giang: auditor there. Hà: operator there.

Fixtures of the root `conftest.py`: `sector` (the units) and `cast` (the people, over the sector).

    def test_an_sees_the_own_register(cast: Cast, client: Client) -> None:
        sign_in(client, cast.an)
        assert client.get("/records/").status_code == 200
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password
from django.test import Client

from noivu.accounts.actors import HeldGrant, SignedInActor
from noivu.accounts.authentication import actor_of
from noivu.accounts.demo import CAST
from noivu.accounts.models import Grant, User, name_key
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.units.api import Unit, find_node, one_revision, tree

GRANTED_ON = date(2024, 1, 1)
"""Since when the cast holds its roles: before any record of the tests."""
PASSWORD = "giấy trắng mực đen 40"
"""The password of the whole cast, for tests of the sign-in page itself."""


@dataclass(frozen=True)
class Person:
    """One of the cast: the user, the unit, and the actor with its grants."""

    user: User
    unit: Unit
    actor: SignedInActor

    @property
    def username(self) -> str:
        return self.user.username


@dataclass(frozen=True)
class Cast:
    """The people of the tests, by the names that sentences use."""

    an: Person
    binh: Person
    chi: Person
    dung: Person
    em: Person
    giang: Person
    ha: Person
    khanh: Person

    def everyone(self) -> list[Person]:
        return [self.an, self.binh, self.chi, self.dung, self.em, self.giang, self.ha, self.khanh]


def fixed_cast() -> Cast:
    """Put the cast into the present test's database; the small sector must be there. A few statements for all."""
    with one_revision():
        today = tree(clock.today())
        places = {member.username: find_node(member.unit_code, today, today.on).id for member in CAST}
        units = Unit.objects.in_bulk(set(places.values()))
        rows = [_user(member.username, member.full_name, units[places[member.username]]) for member in CAST]
        users = {user.username: user for user in User.objects.bulk_create(rows)}
        Grant.objects.bulk_create(
            _grant(users[member.username], member.role, units[places[member.username]]) for member in CAST
        )
        for member in CAST:
            held = HeldGrant(member.role, places[member.username], GRANTED_ON)
            users[member.username].held_grants = (held,)
        return Cast(**{name: Person(user, user.home_unit, actor_of(user)) for name, user in users.items()})


def a_person(username: str, full_name: str, unit: Unit, *roles: str) -> Person:
    """A further person of a unit, with roles over it; without any the person may do nothing.

    Rows are written directly, without the verbs and their log entries: tests of other rooms count their own.
    """
    user = _user(username, full_name, unit)
    user.save()
    for role in roles:
        give(user, role, unit)
    return Person(user, unit, actor_of(user))


def _user(username: str, full_name: str, unit: Unit) -> User:
    return User(
        username=username,
        full_name=full_name,
        home_unit=unit,
        password=_hashed(),
        search_key=name_key(username, full_name),
    )


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def give(user: User, role: str, unit: Unit, starts_on: date = GRANTED_ON, ends_on: date | None = None) -> Grant:
    """A grant as it stands in the table; whoever was read before does not carry it yet."""
    user.__dict__.pop("held_grants", None)
    grant = _grant(user, role, unit, starts_on, ends_on)
    grant.save()
    return grant


def _grant(user: User, role: str, unit: Unit, starts_on: date = GRANTED_ON, ends_on: date | None = None) -> Grant:
    return Grant(
        user=user,
        role=role,
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by_id=SYSTEM.id,
        granted_by_name=SYSTEM.name,
        granted_at=clock.now(),
    )


def sign_in(client: Client, person: Person) -> Client:
    """The client of a person who has signed in, without the page and its password."""
    client.force_login(person.user)
    return client
