"""Classes of secrecy, and the one place that says which of them an installation may hold."""

from enum import StrEnum

from django.conf import settings

from noivu.core.refusals import Refusal
from noivu.core.wording import Text


class Secrecy(StrEnum):
    """Who may read something (độ mật). `STATE_SECRET` stands for all three grades of state secrets."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"
    STATE_SECRET = "state"  # noqa: S105  a class of papers, no password


SECRECIES: dict[Secrecy, Text] = {
    Secrecy.PUBLIC: Text(vi="Công khai", en="Public"),
    Secrecy.INTERNAL: Text(vi="Nội bộ", en="Internal"),
    Secrecy.RESTRICTED: Text(vi="Hạn chế phổ biến", en="Restricted"),
    Secrecy.STATE_SECRET: Text(vi="Bí mật nhà nước", en="State secret"),
}


def require_lawful_secrecy(secrecy: Secrecy | str, where: str = "secrecy") -> None:
    """Refuse a state secret, unless the operator declared that this installation stands on no network.

    `NOIVU_ISOLATED=1` declares it. What was entered before stays as it is.
    """
    if secrecy != Secrecy.STATE_SECRET or settings.NOIVU_ISOLATED:
        return
    raise Refusal(
        what=Text(
            vi="Không ghi bí mật nhà nước vào hệ thống nối mạng.",
            en="A state secret is not entered into a networked system.",
        ),
        why=Text(
            vi="Quyết định 28/2018/QĐ-TTg loại văn bản mật khỏi việc gửi, nhận qua mạng; hệ thống này chưa được khai"
            " là mạng độc lập.",
            en="Decision 28/2018/QĐ-TTg keeps secret documents off the network; this system is not declared isolated.",
        ),
        do=Text(
            vi="Vào sổ mật trên giấy, khai số lượng ở mục văn bản ngoài mạng; hoặc nhờ người vận hành khai mạng độc lập"
            " (NOIVU_ISOLATED=1).",
            en="Use the secret register on paper and declare the number under documents off the network; or let the"
            " operator declare the network isolated (NOIVU_ISOLATED=1).",
        ),
        where=where,
        code="state_secret",
    )
