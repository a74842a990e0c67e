"""The sample goes only where nothing real stands."""

from pathlib import Path

import pytest

from noivu.accounts.models import User
from noivu.accounts.testing import Cast
from noivu.core.refusals import Refusal
from noivu.portal.demo.load import load_demo

pytestmark = pytest.mark.django_db


def test_a_database_in_use_is_never_filled_whatever_the_data_directory_holds(
    cast: Cast, settings, tmp_path: Path
) -> None:
    settings.NOIVU_DATA = tmp_path / "empty"

    with pytest.raises(Refusal) as refused:
        load_demo(size="office", seed=2024, today=None)

    assert refused.value.code == "not-a-sample"
    assert not (tmp_path / "empty").exists()
    assert User.objects.count() == len(cast.everyone())


def test_a_directory_that_says_sample_does_not_open_another_database(cast: Cast, settings, tmp_path: Path) -> None:
    settings.NOIVU_DATA = tmp_path
    (tmp_path / "noivu.json").write_text('{"sample": true, "finished": true}', encoding="utf-8")

    with pytest.raises(Refusal):
        load_demo(size="office", seed=2024, today="2025-07-01")

    assert "2025" not in (tmp_path / "noivu.json").read_text(encoding="utf-8")
