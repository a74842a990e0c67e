"""Numbers and symbols of official documents, written and read as Decree 30/2020/NĐ-CP (Phụ lục I) has them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from noivu.core.refusals import Refusal
from noivu.core.text import fold, nfc
from noivu.core.wording import Text
from noivu.papers.api import written_number

_SYMBOL = re.compile(
    r"^(?:số\s*:?\s*)?0*(?P<number>\d{1,9})\s*(?P<suffix>[^\W\d_]{0,3})\s*/\s*(?P<notation>\S.*)$", re.IGNORECASE
)
_ARRIVAL = re.compile(r"^0*(?P<number>\d{1,9})(?:\.0)?[\s.\-]*(?P<suffix>[^\W\d_]{0,3})$")


@dataclass(frozen=True, slots=True, order=True)
class RegisterNumber:
    """A number in a register; `suffix` marks one inserted between two others (12a)."""

    number: int
    suffix: str = ""

    def __str__(self) -> str:
        return f"{written_number(self.number)}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Symbol:
    """Number and notation of a document (số, ký hiệu): 1015/QĐ-TTg is number 1015 with notation QĐ-TTg."""

    number: int
    notation: str
    suffix: str = ""

    def __str__(self) -> str:
        return f"{written_number(self.number)}{self.suffix}/{self.notation}"


def read_symbol(written: str) -> Symbol | None:
    """Number and notation of a written symbol; None where it has another form (foreign letters, petitions)."""
    match = _SYMBOL.match(nfc(written))
    if match is None:
        return None
    return Symbol(int(match["number"]), match["notation"].strip(), match["suffix"].lower())


@lru_cache(maxsize=4096)
def read_register_number(written: str | int) -> RegisterNumber:
    """A register number as typed: 12, 012, 12a. A Refusal says what is wrong with anything else."""
    match = _ARRIVAL.match(nfc(str(written)))
    if match is None or int(match["number"]) == 0:
        raise Refusal(
            what=Text(
                vi=f"“{str(written)[:30]}” không phải số trong sổ.",
                en=f"“{str(written)[:30]}” is not a register number.",
            ),
            do=Text(
                vi="Nhập số nguyên dương, có thể kèm chữ cho số chèn, ví dụ 12 hoặc 12a.",
                en="Enter a positive whole number, with a letter for an inserted one, e.g. 12 or 12a.",
            ),
            code="register_number",
        )
    return RegisterNumber(int(match["number"]), match["suffix"].lower())


@lru_cache(maxsize=4096)
def symbol_key(written: str) -> str:
    """One key for the ways a symbol is typed: 05/BC-SNV, 5/bc-snv and “Số: 5 / BC-SNV” are the same document."""
    symbol = read_symbol(written)
    if symbol is None:
        return fold(written).replace(" ", "")
    return f"{symbol.number}{fold(symbol.suffix)}/{fold(symbol.notation).replace(' ', '')}"
