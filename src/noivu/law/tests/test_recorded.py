"""Both time axes on a real model, and the refusal of overlaps by the database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from noivu.core.refusals import Refusal
from noivu.law.models import ParameterOverride, retract, supersede

pytestmark = pytest.mark.django_db
NOON = datetime(2024, 10, 31, 5, 0, tzinfo=UTC)


def override(starts_on: date, ends_on: date | None = None, *, code: str = "x", value: int = 1) -> ParameterOverride:
    return ParameterOverride.objects.create(
        code=code, value=value, starts_on=starts_on, ends_on=ends_on, reason="test", recorded_at=NOON
    )


def test_a_correction_keeps_the_id_and_the_old_state_beside_it() -> None:
    row = override(date(2024, 1, 1), value=1)

    supersede(row, NOON + timedelta(hours=1), value=2)

    now = ParameterOverride.objects.current().get()
    then = ParameterOverride.objects.known_at(NOON).get()
    assert (now.pk, now.value) == (row.pk, 2)
    assert (then.version_of_id, then.value, then.superseded_at) == (row.pk, 1, NOON + timedelta(hours=1))


def test_what_was_not_yet_recorded_was_not_known() -> None:
    override(date(2024, 1, 1))

    assert not ParameterOverride.objects.known_at(NOON - timedelta(seconds=1)).exists()
    assert ParameterOverride.objects.known_at(None).exists()


def test_a_retracted_row_is_known_only_before_its_retraction() -> None:
    row = override(date(2024, 1, 1))

    retract(row, NOON + timedelta(hours=1))

    assert not ParameterOverride.objects.current().exists()
    assert ParameterOverride.objects.known_at(NOON).get().pk == row.pk


def test_the_end_day_is_out_and_the_start_day_is_in() -> None:
    override(date(2024, 1, 1), date(2024, 7, 1))

    in_force = [ParameterOverride.objects.current().in_force(day).exists() for day in JANUARY_TO_JULY]

    assert in_force == [False, True, True, False]


JANUARY_TO_JULY = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 1))


def test_the_database_refuses_two_values_at_once() -> None:
    override(date(2024, 1, 1), date(2024, 7, 1))
    override(date(2024, 7, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        override(date(2024, 6, 30), date(2024, 7, 1))


def test_the_database_refuses_a_correction_that_would_overlap() -> None:
    override(date(2024, 1, 1), date(2024, 7, 1))
    later = override(date(2024, 7, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        supersede(later, NOON + timedelta(hours=1), starts_on=date(2024, 6, 1))


def test_past_versions_and_other_codes_may_overlap() -> None:
    row = override(date(2024, 1, 1))
    supersede(row, NOON + timedelta(hours=1), ends_on=date(2024, 7, 1))
    override(date(2024, 7, 1))
    override(date(2024, 7, 1), code="y")

    assert ParameterOverride.objects.current().in_force(date(2025, 1, 1)).count() == 2


def test_the_database_refuses_an_end_before_the_start() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        override(date(2024, 1, 1), date(2024, 1, 1))


def test_a_row_already_replaced_cannot_be_corrected() -> None:
    row = override(date(2024, 1, 1))
    supersede(row, NOON + timedelta(hours=1), value=2)
    past = ParameterOverride.objects.known_at(NOON).get()

    with pytest.raises(Refusal) as refused:
        supersede(past, NOON + timedelta(hours=2), value=3)

    assert refused.value.code == "superseded"


def test_a_correction_from_before_the_record_is_refused() -> None:
    row = override(date(2024, 1, 1))

    with pytest.raises(Refusal) as refused:
        supersede(row, NOON - timedelta(hours=1), value=2)

    assert refused.value.code == "clock"


def test_time_columns_are_not_changed_by_hand() -> None:
    row = override(date(2024, 1, 1))

    with pytest.raises(ValueError, match="supersede alone"):
        supersede(row, NOON, recorded_at=NOON)
    with pytest.raises(ValueError, match="no field"):
        supersede(row, NOON, colour="red")


def test_many_rows_are_set_aside_in_a_constant_number_of_statements(django_assert_num_queries) -> None:
    for number in range(20):
        override(date(2024, 1, 1), code=f"c{number}")

    with django_assert_num_queries(4):  # a savepoint, the copies, the new stamp, its release
        count = ParameterOverride.objects.all().superseded_by_now(NOON + timedelta(hours=1))

    assert count == 20
    assert ParameterOverride.objects.current().count() == 20
    assert ParameterOverride.objects.known_at(NOON).count() == 20
