"""Who may sign in."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from noivu.accounts.constants import DENSITIES, LANGUAGES, THEMES, USERNAME_PATTERN


def _choices(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class UserManager(BaseUserManager["User"]):
    """Makes users. There is no "superuser": what one may do comes from grants alone."""

    def create_user(self, username: str, password: str | None = None, **facts: Any) -> "User":
        user = self.model(username=username, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """Người dùng: one person's key to the system.

    Life: *active* from the day it is added → *deactivated* (sign-in refused, grants ended; the row stays,
    because the log speaks of it). A user is never deleted. What a user may do is said by grants, never by a
    flag here.
    A Vietnamese name is one string: it is never cut into first and last names.
    """

    username = models.CharField(max_length=64, unique=True, validators=[RegexValidator(USERNAME_PATTERN)])
    full_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    must_change_password = models.BooleanField(default=False)
    sessions_generation = models.PositiveIntegerField(default=0)

    language = models.CharField(max_length=2, choices=_choices(LANGUAGES), default="vi")
    theme = models.CharField(max_length=6, choices=_choices(THEMES), default="system")
    density = models.CharField(max_length=11, choices=_choices(DENSITIES), default="comfortable")
    single_key_shortcuts = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES),
                name="accounts_user_language_is_known",
                violation_error_message="Ngôn ngữ phải là vi hoặc en · The language must be vi or en",
            ),
            models.CheckConstraint(
                condition=~Q(full_name=""),
                name="accounts_user_has_a_name",
                violation_error_message="Thiếu họ và tên · The full name is missing",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_session_auth_hash(self) -> str:
        """Sessions live while password and generation stay: a new generation signs all of them out."""
        signed = f"{self.password}:{self.sessions_generation}"
        return salted_hmac("noivu.accounts.sessions", signed, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """None: a session signed out by a new generation stays out, whatever older keys there are."""
        return iter(())

    @property
    def is_staff(self) -> bool:
        """Django's own administration site is not used: nobody is staff."""
        return False
