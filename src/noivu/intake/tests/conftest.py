import pytest

from noivu.units.testing import Sector, small_sector


@pytest.fixture
def sector(db: None) -> Sector:
    return small_sector()
