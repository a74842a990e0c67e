"""How a published figure is written: 21.914 and 21,914 are the same count, 98,62 and 98.62 the same rate."""

import re
from decimal import Decimal

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.api import DECLARED

_COUNT = re.compile(r"-?(\d+|\d{1,3}([., \u00a0]\d{3})+)")
_RATE = re.compile(r"-?\d{1,3}([.,]\d{1,4})?")
_SIGNS = re.compile(r"[., \u00a0]")


def is_rate(code: str) -> bool:
    """Whether it is a share in per cent."""
    return code in DECLARED.rates


def read_value(code: str, written: str) -> Decimal:
    """The number that was published for a figure; counts may be grouped, rates have a decimal sign."""
    text = written.strip().removesuffix("%").strip()
    if is_rate(code) and _RATE.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if not is_rate(code) and _COUNT.fullmatch(text):
        return Decimal(_SIGNS.sub("", text))
    said, shown = (("tỷ lệ phần trăm", "98,62"), "98.62") if is_rate(code) else (("số đếm", "21.914"), "21,914")
    raise Refusal(
        what=Text(
            vi=f"“{written[:40]}” không đọc được là {said[0]}.",
            en=f"“{written[:40]}” cannot be read as a {'rate' if is_rate(code) else 'count'}.",
        ),
        do=Text(vi=f"Nhập như {said[1]}.", en=f"Enter it as {shown}."),
        where="value",
        code="value",
    )
