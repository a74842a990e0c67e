"""Identification codes of organisations (mã định danh), in the form that the parameter gives for a day."""

import re
from datetime import date

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import parameter

_SIGNS = {"0": "[0-9]", "9": "[0-9]+", "A": "[A-Z]"}


def require_organ_id(written: str, on: date, where: str = "organ_id") -> None:
    """Refuse what has not the form of a code on a day. In the parameter 0 stands for one digit, 9 for one or more, A
    for a capital letter, a bar between two forms; all else for itself."""
    forms = str(parameter("organ_id.form", on).value)
    if any(re.fullmatch(_pattern(form.strip()), written) for form in forms.split("|")):
        return
    raise Refusal(
        what=Text(
            vi=f"“{written}” không đúng dạng mã định danh cơ quan {forms}.",
            en=f"“{written}” has not the form of an identification code, {forms}.",
        ),
        why=Text(
            vi="Trong dạng mã, 0 là một chữ số, 9 là một hoặc nhiều chữ số, A là một chữ cái in hoa.",
            en="In the form 0 is one digit, 9 one or more, A a capital letter.",
        ),
        do=Text(
            vi="Ghi lại, ví dụ 000.00.01.H08; nơi dùng dạng khác thì nhập dạng đó ở trang Tham số pháp luật.",
            en="Write it again, e.g. 000.00.01.H08; another form is entered on the page of legal parameters.",
        ),
        where=where,
        code="organ_id",
    )


def _pattern(form: str) -> str:
    return "".join(_SIGNS.get(sign, re.escape(sign)) for sign in form)
