"""The register of instruments: loaded once, looked up, never invented."""

from datetime import date

import pytest

from noivu.core.refusals import Refusal
from noivu.law.instruments import instrument, load_instruments
from noivu.law.models import Instrument

pytestmark = pytest.mark.django_db


def test_the_shipped_instruments_are_there_after_migration() -> None:
    decree = instrument("30/2020/NĐ-CP")

    assert (decree.in_force_from, decree.mark) == (date(2020, 3, 5), "read")
    assert Instrument.objects.filter(number_symbol__endswith="/NQ-UBTVQH15").count() == 34


def test_loading_again_changes_nothing() -> None:
    load_instruments()

    assert load_instruments() == 0


def test_a_shipped_row_follows_its_file() -> None:
    Instrument.objects.filter(number_symbol="30/2020/NĐ-CP").update(title="?")

    assert load_instruments() == 1
    assert "văn thư" in instrument("30/2020/NĐ-CP").title


def test_what_people_registered_is_left_alone() -> None:
    Instrument.objects.filter(number_symbol="30/2020/NĐ-CP").update(title="của tôi", shipped=False)

    assert load_instruments() == 0
    assert instrument("30/2020/NĐ-CP").title == "của tôi"


def test_an_unknown_number_is_refused_not_invented() -> None:
    with pytest.raises(Refusal) as refused:
        instrument("999/2099/NĐ-CP")

    assert refused.value.code == "instrument.unknown"
    assert not Instrument.objects.filter(number_symbol="999/2099/NĐ-CP").exists()


def test_a_number_of_two_issuers_asks_for_the_issuer() -> None:
    Instrument.objects.create(number_symbol="98/2025/QĐ-UBND", issuer="Ủy ban nhân dân tỉnh Hà Tĩnh", title="khác")

    with pytest.raises(Refusal) as refused:
        instrument("98/2025/QĐ-UBND")

    assert refused.value.code == "instrument.ambiguous"
    assert instrument("98/2025/QĐ-UBND", "Ủy ban nhân dân tỉnh Nghệ An").in_force_from == date(2025, 12, 10)
