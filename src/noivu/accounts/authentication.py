"""How a password becomes a user, and a session cookie the user of the request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from noivu.accounts.actors import SignedInActor, actor_id
from noivu.accounts.models import User


class AccountsBackend(AuthenticationBackend):  # type: ignore[misc]  # the library ships no types
    """Checks user name and password; wrong, unknown and deactivated get one answer, in the same time."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        # The library remembers a deactivated user whose password was right, to say so; we do not say so.
        self.unstash_authenticated_user()
        return user

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()


def actor_of(user: User) -> SignedInActor:
    """The actor that a signed-in user is."""
    return SignedInActor(id=actor_id(user.pk), name=user.full_name)
