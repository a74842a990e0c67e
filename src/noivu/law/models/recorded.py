"""The two time axes: what was true when (valid time), and what the register said when (knowledge time)."""

from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from noivu.core import clock
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.models.instruments import Instrument

_Row = TypeVar("_Row", bound="Recorded", covariant=True)
_Fact = TypeVar("_Fact", bound="DatedFact", covariant=True)


class RecordedQuerySet(models.QuerySet[_Row]):
    """Rows by what the register knows, or knew."""

    def current(self) -> Self:
        """What the register says now: every ordinary question starts here."""
        return self.filter(superseded_at__isnull=True)

    def known_at(self, instant: datetime | None) -> Self:
        """What the register said at an instant; None: now."""
        if instant is None:
            return self.current()
        known = models.Q(superseded_at__isnull=True) | models.Q(superseded_at__gt=instant)
        return self.filter(known, recorded_at__lte=instant)

    def superseded_by_now(self, now: datetime) -> int:
        """Set aside the present state of every current row here, in one statement, before a change in bulk.

        The caller then updates the same rows (their ids stay). Returns how many states were set aside.
        """
        rows = self.current().order_by()
        with transaction.atomic(using=self.db):
            count = _insert_past_versions(rows, now)
            self.model._base_manager.using(self.db).filter(pk__in=rows.values("pk")).update(recorded_at=now)
        return count


class Recorded(models.Model):
    """A row whose corrections are kept: nothing that the register once said is lost (thời điểm ghi nhận).

    `recorded_at`: since when the register says this. `superseded_at`: until when it said it; empty while it is
    current. A correction keeps the id: the current row is changed, its old state stands beside it as a past version
    (`version_of`). Only `supersede` and `retract` write these columns.
    """

    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)
    version_of_id: int | None
    version_of = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(superseded_at__isnull=True) | models.Q(superseded_at__gte=models.F("recorded_at")),
                name="%(app_label)s_%(class)s_superseded_after_recorded",
            ),
            models.CheckConstraint(
                condition=models.Q(version_of__isnull=True) | models.Q(superseded_at__isnull=False),
                name="%(app_label)s_%(class)s_past_version_is_superseded",
            ),
        ]

    @property
    def is_current(self) -> bool:
        return self.superseded_at is None


class DatedFactQuerySet(RecordedQuerySet[_Fact]):
    """Facts by the day on which they hold."""

    def in_force(self, on: date) -> Self:
        """Facts that hold on a day (chain after `current()` or `known_at(…)`)."""
        return self.filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=on),
            starts_on__lte=on,
        )


class DatedFact(Recorded):
    """Something that holds from a day to a day because an instrument says so (dữ kiện có thời hạn hiệu lực).

    Half-open: `starts_on` is in, `ends_on` is out; empty `ends_on` means without end. A subclass inherits
    `DatedFact.Meta` and adds `core.constraints.no_overlap(table, keys)` in its migration, so that the database
    refuses two current facts of the same kind at the same time.
    """

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")

    objects = DatedFactQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager is the point

    class Meta(Recorded.Meta):
        abstract = True
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
            ),
        ]

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def supersede(row: Recorded, now: datetime | None = None, **changes: Any) -> None:
    """Correct a row: its state in the database becomes a past version, the row keeps its id and gets the changes.

    Without `changes` the caller sets fields and saves afterwards. A row that is no longer current, or an instant
    before the row was recorded, is refused.
    """
    instant = now or clock.now()
    for name in changes:
        _check_field(row, name)
    with transaction.atomic():
        _set_aside(row, instant)
        for name, value in changes.items():
            setattr(row, name, value)
        row.recorded_at = instant
        row.save(update_fields=["recorded_at", *changes])


def retract(row: Recorded, now: datetime | None = None) -> None:
    """Take back a row that should never have been: it stays readable by `known_at`, and is no longer current."""
    instant = now or clock.now()
    with transaction.atomic():
        _check_current(row, instant)
        row.superseded_at = instant
        row.save(update_fields=["superseded_at"])


def _set_aside(row: Recorded, instant: datetime) -> None:
    _check_current(row, instant)
    _insert_past_versions(type(row)._base_manager.filter(pk=row.pk), instant)


def _check_current(row: Recorded, instant: datetime) -> None:
    stored = type(row)._base_manager.select_for_update().filter(pk=row.pk).values("recorded_at", "superseded_at")
    found = stored.first()
    if found is None or found["superseded_at"] is not None:
        raise Refusal(
            what=Text(
                vi="Bản ghi này đã được thay bằng bản mới hơn.", en="This row was already replaced by a newer one."
            ),
            do=Text(vi="Tải lại trang rồi sửa bản hiện hành.", en="Reload the page and correct the current one."),
            code="superseded",
        )
    if found["recorded_at"] > instant:
        raise Refusal(
            what=Text(
                vi="Thời điểm sửa sớm hơn thời điểm ghi nhận bản hiện hành.",
                en="The correction is dated before the current state was recorded.",
            ),
            do=Text(vi="Kiểm tra đồng hồ của máy chủ.", en="Check the clock of the server."),
            code="clock",
        )


def _check_field(row: Recorded, name: str) -> None:
    kept = {"id", "recorded_at", "superseded_at", "version_of"}
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist as missing:
        raise ValueError(f"{row._meta.label} has no field “{name}”") from missing
    if field.name in kept:
        raise ValueError(f"“{name}” is written by supersede alone")


def _insert_past_versions(rows: models.QuerySet[Any], instant: datetime) -> int:
    """INSERT … SELECT: copy the stored state of the rows as past versions of themselves, whatever their number."""
    model = rows.model
    connection = transaction.get_connection(rows.db)
    quote = connection.ops.quote_name
    own = model._meta.pk.column
    changed = {"superseded_at": "%s", "version_of_id": quote(own)}
    columns = [field.column for field in model._meta.concrete_fields if field.column != own]
    wanted = ", ".join(changed.get(column, quote(column)) for column in columns)
    chosen, parameters = rows.values("pk").query.sql_with_params()
    table = quote(model._meta.db_table)
    statement = (
        f"INSERT INTO {table} ({', '.join(map(quote, columns))}) "  # noqa: S608  names come from the model
        f"SELECT {wanted} FROM {table} WHERE {quote(own)} IN ({chosen})"
    )
    stamp = model._meta.get_field("superseded_at").get_db_prep_value(instant, connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, [stamp, *parameters])
        return int(cursor.rowcount)
