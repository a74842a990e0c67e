"""How a password becomes a user, and a session cookie the user of the request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from noivu.accounts.actors import SignedInActor, actor_id
from noivu.accounts.models import User
from noivu.accounts.reaching import climb, living
from noivu.core import clock
from noivu.units.api import tree


class AccountsBackend(AuthenticationBackend):
    """Checks user name and password; wrong, unknown and deactivated get one answer, in the same time."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        # The library remembers a deactivated user whose password was right, to say so; we do not say so.
        self.unstash_authenticated_user()
        return user

    def get_user(self, user_id: int) -> User | None:
        """The user of a session with all grants: the one query that a signed-in request costs beside its session's."""
        return User.objects.signed_in(user_id)


def actor_of(user: User) -> SignedInActor:
    """The actor that a user is, with the grants that were read with the user.

    It acts for the home unit; once that has ended, for the unit to which what it left belongs.
    """
    today = clock.today()
    superiors = list(climb(tree(today), living(user.home_unit_id, today), "superior_id"))
    home, office = (superiors[0], superiors[-1]) if superiors else (None, None)
    return SignedInActor(
        id=actor_id(user.pk),
        name=user.full_name,
        unit_code=home.code if home else "",
        grants=user.held_grants,
        home_unit_id=user.home_unit_id,
        unit_name=home.name if home else "",
        office_name=office.name if office else "",
        stands_in_for=user.stands_in_for,
    )
