import pytest

from noivu.audit.actions import declare_action
from noivu.core.actors import Actor
from noivu.core.wording import Text


@pytest.fixture
def an() -> Actor:
    """An, officer of the Department of Home Affairs of Nghệ An."""
    return Actor(id="an", name="Trần Khánh An", unit_code="SNV-40")


@pytest.fixture
def binh() -> Actor:
    """Bình, officer of the ministry's office."""
    return Actor(id="binh", name="Lê Thu Bình", unit_code="VP-BNV")


@pytest.fixture(autouse=True)
def _declared() -> None:
    declare_action("test.change", Text(vi="Sửa thử", en="Test change"))
    declare_action("test.load", Text(vi="Nạp thử", en="Test load"))
