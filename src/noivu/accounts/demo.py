"""The users of the sample sector: one for each role. Outside the sample there is no account that comes with it."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from noivu.accounts.models import User
from noivu.accounts.services import add_user_with_role
from noivu.core import clock
from noivu.core.access import AUDITOR, CLERK, HEAD, OFFICER, OPERATOR, ROLES, STEWARD, VIEWER
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.units.api import find_unit

PASSWORD = "noi-vu-mau-2024"  # noqa: S105  shown on the sign-in page of the sample; works nowhere else


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A user of the sample: invented name, real unit."""

    username: str
    full_name: str
    role: str
    unit_code: str

    @property
    def role_label(self) -> Text:
        return ROLES[self.role]


CAST = (
    DemoPerson("an", "Trần Khánh An", OFFICER, "SNV-40"),
    DemoPerson("binh", "Lê Thu Bình", OFFICER, "VP-BNV"),
    DemoPerson("chi", "Đỗ Quang Chi", HEAD, "VCQDP-BNV"),
    DemoPerson("dung", "Phạm Mỹ Dung", VIEWER, "SNV-38"),
    DemoPerson("em", "Nguyễn Hải Em", STEWARD, "BNV"),
    DemoPerson("giang", "Hoàng Thu Giang", AUDITOR, "BNV"),
    DemoPerson("ha", "Vũ Ngọc Hà", OPERATOR, "BNV"),
    DemoPerson("khanh", "Ngô Vân Khánh", CLERK, "VP-BNV"),
)


def people() -> list[DemoPerson]:
    """Those of the cast who are there, in the order of the cast."""
    there = set(
        User.objects.active().filter(username__in=[p.username for p in CAST]).values_list("username", flat=True)
    )
    return [person for person in CAST if person.username in there]


@transaction.atomic
def add_demo_people() -> list[DemoPerson]:
    """Add the users of the sample with their roles; who is there already stays. Refused outside a sample."""
    if not settings.NOIVU_SAMPLE:
        raise Refusal(
            what=Text(vi="Đây không phải bản mẫu.", en="This installation is not a sample."),
            do=Text(vi="Thêm người dùng bằng noivu user add.", en="Add users with noivu user add."),
            code="accounts.not_a_sample",
        )
    there = {person.username for person in people()}
    for person in CAST:
        if person.username not in there:
            add_cast_member(person, PASSWORD)
    return people()


def add_cast_member(person: DemoPerson, password: str) -> User:
    """One of the cast, with the role over the own unit, from today on."""
    unit = find_unit(person.unit_code, clock.today())
    return add_user_with_role(
        actor=SYSTEM,
        username=person.username,
        full_name=person.full_name,
        home_unit=unit,
        role=person.role,
        password=password,
        must_change_password=False,
    )
