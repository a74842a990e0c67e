"""What the sign-in library asks of us: who may sign up (nobody), in which words it speaks, how it keeps secrets."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from noivu.accounts.authentication import actor_of
from noivu.accounts.models import User
from noivu.accounts.services import change_password
from noivu.accounts.wording import MESSAGES, SECOND_FACTOR_ERRORS, SIGN_IN_ERRORS
from noivu.core.wording import Text


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by an operator (`noivu user add`): sign-up is closed, also to crafted requests."""

    error_messages = {**DefaultAccountAdapter.error_messages, **SIGN_IN_ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """The one way by which a person sets a password, from the page or from a link: our verb, with its log entry."""
        change_password(actor=actor_of(user), user=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To work: whoever just replaced a one-time password has nothing more to do on that page."""
        return str(settings.LOGIN_REDIRECT_URL)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was done in our words; what goes without saying (signed in, signed out) is not said."""
        words: Text | str | None = message or MESSAGES.get(message_template or "")
        if words is not None:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)


def _cipher() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"noivu second factor")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of the second factor lie in the database encrypted by the installation's key.

    So a copy of the database alone does not let anyone make codes.
    """

    error_messages = {**DefaultMFAAdapter.error_messages, **SECOND_FACTOR_ERRORS}

    def get_totp_issuer(self) -> str:
        return "noivu"

    def generate_authenticator_name(self, user: AbstractBaseUser, kind: Any) -> str:
        return str(Text(vi="Khóa truy cập", en="Passkey"))

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()
