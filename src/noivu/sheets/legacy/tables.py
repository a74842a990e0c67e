"""The tables of TCVN 5712:1993 VN3 (fonts `.Vn…`, ABC) and of VNI for Windows (fonts `VNI-…`).

Both put Vietnamese letters on the codes of Western European ones; a file or a cell in them looks like `C«ng v¨n`
(TCVN3) or `Coâng vaên` (VNI). Here they are tables between those lookalikes and Unicode.
"""

import re

_TCVN3_CODES = {
    "ăâêôơưđ": "A8 A9 AA AB AC AD AE",
    "ĂÂÊÔƠƯĐ": "A1 A2 A3 A4 A5 A6 A7",
    "àảãáạ": "B5 B6 B7 B8 B9",
    "ằẳẵắặ": "BB BC BD BE C6",
    "ầẩẫấậ": "C7 C8 C9 CA CB",
    "èẻẽéẹ": "CC CE CF D0 D1",
    "ềểễếệ": "D2 D3 D4 D5 D6",
    "ìỉĩíị": "D7 D8 DC DD DE",
    "òỏõóọ": "DF E1 E2 E3 E4",
    "ồổỗốộ": "E5 E6 E7 E8 E9",
    "ờởỡớợ": "EA EB EC ED EE",
    "ùủũúụ": "EF F1 F2 F3 F4",
    "ừửữứự": "F5 F6 F7 F8 F9",
    "ỳỷỹýỵ": "FA FB FC FD FE",
}
_VNI_MARKS = {"a": "øûõùï", "e": "øûõùï", "o": "øûõùï", "u": "øûõùï", "y": "øûõù", "ô": "øûõùï", "ö": "øûõùï"}
_VNI_LETTERS = {"a": "àảãáạ", "e": "èẻẽéẹ", "o": "òỏõóọ", "u": "ùủũúụ", "y": "ỳỷỹý", "ô": "ờởỡớợ", "ö": "ừửữứự"}
_VNI_OTHERS = {
    "aâ": "â", "aà": "ầ", "aå": "ẩ", "aã": "ẫ", "aá": "ấ", "aä": "ậ",
    "aê": "ă", "aè": "ằ", "aú": "ẳ", "aü": "ẵ", "aé": "ắ", "aë": "ặ",
    "eâ": "ê", "eà": "ề", "eå": "ể", "eã": "ễ", "eá": "ế", "eä": "ệ",
    "oâ": "ô", "oà": "ồ", "oå": "ổ", "oã": "ỗ", "oá": "ố", "oä": "ộ",
    "ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị",
    "ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ",
}  # fmt: skip


def _tcvn3() -> dict[str, str]:
    table = {}
    for letters, codes in _TCVN3_CODES.items():
        for letter, code in zip(letters, codes.split(), strict=True):
            table[chr(int(code, 16))] = letter
    return table


def _vni() -> dict[str, str]:
    table = dict(_VNI_OTHERS)
    for base, marks in _VNI_MARKS.items():
        for mark, letter in zip(marks, _VNI_LETTERS[base], strict=True):
            table[base + mark] = letter
    table.update({code.upper(): letter.upper() for code, letter in list(table.items())})
    return table


TCVN3_TO_UNICODE = _tcvn3()
VNI_TO_UNICODE = _vni()
_UNICODE_TO_TCVN3 = {letter: code for code, letter in TCVN3_TO_UNICODE.items()}
_UNICODE_TO_VNI = {letter: code for code, letter in VNI_TO_UNICODE.items()}
_FROM_TCVN3 = str.maketrans(TCVN3_TO_UNICODE)
_TO_TCVN3 = str.maketrans(_UNICODE_TO_TCVN3)
_TO_VNI = str.maketrans(_UNICODE_TO_VNI)
# A capital letter is often followed by the mark of a small one: "Aù" stands for Á as well as "AÙ".
_VNI_PAIRS = {
    **VNI_TO_UNICODE,
    **{c[0].upper() + c[1]: letter.upper() for c, letter in VNI_TO_UNICODE.items() if len(c) == 2},
}
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, _VNI_PAIRS), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """Unicode of a text in TCVN3 that was read as Western European. Capitals with tones exist only as a font there."""
    return text.translate(_FROM_TCVN3)


def to_tcvn3(text: str) -> str:
    """The reverse, for letters that TCVN3 has; others stay."""
    return text.translate(_TO_TCVN3)


def from_vni(text: str) -> str:
    """Unicode of a text in VNI that was read as Western European."""
    return _VNI_CODE.sub(lambda code: _VNI_PAIRS[code.group()], text)


def to_vni(text: str) -> str:
    """The reverse, for letters that VNI has; others stay."""
    return text.translate(_TO_VNI)
