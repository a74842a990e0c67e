"""Who may sign in, and what each was granted."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from noivu.accounts.actors import HeldGrant, StandIn, actor_id
from noivu.accounts.carried import carried, carried_columns, carried_of
from noivu.accounts.constants import DENSITIES, LANGUAGES, THEMES, USERNAME_PATTERN
from noivu.core import clock
from noivu.core.access import ROLES
from noivu.core.prepared import Prepared
from noivu.core.text import fold
from noivu.law.api import law_revision_column
from noivu.units.api import Fate, ReorganisationAct, Revision, UnitField, revision_columns, revision_of


def _choices(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def _with_grants(user_id: int) -> "models.QuerySet[User]":
    day = clock.today()
    stood = FilteredRelation("stands_in", condition=Q(stands_in__starts_on__lte=day, stands_in__ends_on__gt=day))
    found = User.objects.active().filter(pk=user_id).annotate(stood=stood)
    return found.annotate(
        absent_id=F("stood__absent_id"),
        absent_name=F("stood__absent__full_name"),
        held_role=F("grants__role"),
        held_unit=F("grants__unit_id"),
        held_from=F("grants__starts_on"),
        held_until=F("grants__ends_on"),
        law_changes=law_revision_column(),
        **revision_columns(),
        **carried_columns(user_id),
    )


_signed_in: "Prepared[User]" = Prepared(_with_grants)


def name_key(username: str, full_name: str) -> str:
    """What the list of users is searched and ordered by: accents do not count."""
    return fold(f"{full_name} {username}")


class UserManager(BaseUserManager["User"]):
    """Makes and finds users. There is no "superuser": what one may do comes from grants alone."""

    def create_user(self, username: str, password: str | None = None, *, full_name: str, **facts: Any) -> "User":
        user = self.model(username=username, full_name=full_name, search_key=name_key(username, full_name), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").lower())

    def active(self) -> models.QuerySet["User"]:
        return self.filter(is_active=True)

    def signed_in(self, user_id: int) -> "User | None":
        """The active user with all grants and the revision of the units: a row for each grant, joined from the left.

        One query for whatever the access rules need in a request; each grant comes once for each colleague for whom the
        user stands in today.
        """
        joined: list[Any] = _signed_in.rows(user_id, clock.today(), tuple(carried.codes))
        if not joined:
            return None
        user: User = joined[0]
        user.held_grants = tuple(
            dict.fromkeys(
                HeldGrant(row.held_role, row.held_unit, row.held_from, row.held_until)
                for row in joined
                if row.held_role is not None
            )
        )
        user.stands_in_for = _absent((row.absent_id, row.absent_name) for row in joined)
        user.units_revision = revision_of(user)
        user.law_revision = joined[0].law_changes
        user.carried = carried_of(user)
        return user


def _absent(rows: Iterable[tuple[int | None, str]]) -> tuple[StandIn, ...]:
    return tuple(dict.fromkeys(StandIn(actor_id(key), name) for key, name in rows if key is not None))


class User(AbstractBaseUser):
    """Người dùng: one person's key to the system.

    Life: *active* from the day it is added → *deactivated* (sign-in refused, grants ended; the row stays,
    because the log speaks of it). A user is never deleted. What a user may do is said by grants, never by a
    flag here.
    A Vietnamese name is one string: it is never cut into first and last names.
    """

    scope_path: ClassVar[str] = "home_unit"

    username = models.CharField(max_length=64, unique=True, validators=[RegexValidator(USERNAME_PATTERN)])
    full_name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=300, default="", editable=False)
    email = models.EmailField(blank=True)
    home_unit = UnitField(fate=Fate.FOLLOWS, related_name="+")
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    must_change_password = models.BooleanField(default=False)
    sessions_generation = models.PositiveIntegerField(default=0)

    # As the switches of the screen name them: "" is the state without a choice.
    language = models.CharField(max_length=2, choices=_choices(LANGUAGES), default="vi")
    theme = models.CharField(max_length=5, choices=_choices(THEMES), default="", blank=True)
    density = models.CharField(max_length=7, choices=_choices(DENSITIES), default="", blank=True)
    single_key_shortcuts = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        indexes = [models.Index(fields=["search_key", "id"], name="accounts_user_order")]
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

    units_revision: Revision | None = None
    """The revision of the register of units when the user of a request was read."""

    law_revision: int | None = None
    """How often calendar and parameters had been changed when the user of a request was read."""

    @cached_property
    def carried(self) -> dict[str, Any]:
        """What other rooms had read along with the user of a request (`accounts.carried`); nothing on other ways."""
        return {}

    @cached_property
    def held_grants(self) -> tuple[HeldGrant, ...]:
        """All grants, past and to come; read with the user of a request (`signed_in`), else by one query."""
        rows = self.grants.values_list("role", "unit_id", "starts_on", "ends_on")
        return tuple(HeldGrant(*row) for row in rows)

    @cached_property
    def stands_in_for(self) -> tuple[StandIn, ...]:
        """The absent for whom this user stands in today; read with the user of a request, else by one query."""
        return _absent(self.stands_in.holding(clock.today()).values_list("absent_id", "absent__full_name"))

    @property
    def scope_unit_id(self) -> int:
        """Whose this user is: the unit in which the person works."""
        return self.home_unit_id

    @property
    def is_staff(self) -> bool:
        """Django's own administration site is not used: nobody is staff."""
        return False


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants in the words of the room."""

    def holding(self, on: date) -> "GrantQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)

    def open_after(self, day: date) -> "GrantQuerySet":
        """Those that hold on the day or will hold later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Grant(models.Model):
    """Vai trò được cấp: that a user holds a role over a unit and all it reaches, from a day to a day.

    Life: *granted* (from `starts_on`) → *ended* (on `ends_on`, that day no longer in). What was allowed in the past is
    never edited: only an end that has not come yet can be set. When the unit ends in a reorganisation the grant ends
    with it, `ended_by` that act (`end_before` is the end it had), and one over the successor begins, by `act`, that
    `came_from` it: as long as that widens nothing. Else it stays open over a unit that is no more, and so waits for a
    decision.
    """

    scope_path: ClassVar[str] = "unit"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=16, choices=[(role, label.vi) for role, label in ROLES.items()])
    unit = UnitField(fate=Fate.FOLLOWS, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by_id = models.CharField(max_length=64)
    granted_by_name = models.CharField(max_length=200)
    granted_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    act = models.ForeignKey(ReorganisationAct, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(ReorganisationAct, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    end_before = models.DateField(null=True, blank=True)
    came_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="went_on_as")

    objects: ClassVar[Any] = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=list(ROLES)),
                name="accounts_grant_role_is_known",
                violation_error_message="Vai trò không có trong danh mục · The role is not on the list",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="accounts_grant_ends_after_it_starts",
                violation_error_message="Ngày kết thúc trước ngày bắt đầu · It ends before it starts",
            ),
        ]
        ordering = ["starts_on", "id"]

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id}"

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    @property
    def scope_unit_id(self) -> int:
        """Whose this grant is: the unit over which it is held."""
        return self.unit_id


class SubstitutionQuerySet(models.QuerySet["Substitution"]):
    """Substitutions by the day."""

    def holding(self, on: date) -> "SubstitutionQuerySet":
        return self.filter(starts_on__lte=on, ends_on__gt=on)

    def open_after(self, day: date) -> "SubstitutionQuerySet":
        """Those that hold on the day or will hold later."""
        return self.filter(ends_on__gt=day)


class Substitution(models.Model):
    """Người thay khi vắng mặt: during somebody's absence a colleague sees and does what was given to that account.

    Life: *set* (from `starts_on`) → *ended* (on `ends_on`, that day no longer in; an earlier end may be set until
    then). It gives no role: the substitute does what the own roles allow, to the work of the absent as to the own one,
    and whatever is written names both ("… thay …"). On any day one person has one substitute at most.
    """

    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="substitutes")
    substitute = models.ForeignKey(User, on_delete=models.PROTECT, related_name="stands_in")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    set_by_id = models.CharField(max_length=64)
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    objects: ClassVar[Any] = SubstitutionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="accounts_substitution_ends_after_it_starts",
                violation_error_message="Ngày kết thúc trước ngày bắt đầu · It ends before it starts",
            ),
            models.CheckConstraint(
                condition=~Q(absent=F("substitute")),
                name="accounts_substitution_is_by_another",
                violation_error_message="Không tự thay mình · Nobody stands in for oneself",
            ),
        ]
        ordering = ["starts_on", "id"]

    def __str__(self) -> str:
        return f"{self.substitute_id} for {self.absent_id}"


class HomeMove(models.Model):
    """That the home unit of a user followed to the successor in a reorganisation (chuyển đơn vị công tác theo sắp
    xếp); what it was before, should the act be undone."""

    act = models.ForeignKey(ReorganisationAct, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="home_moves")
    former_unit = UnitField(fate=Fate.STAYS, related_name="+", db_index=False)
    unit = UnitField(fate=Fate.STAYS, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "user"], name="accounts_home_moves_once_in_an_act")]

    def __str__(self) -> str:
        return f"{self.former_unit_id} → {self.unit_id}"
