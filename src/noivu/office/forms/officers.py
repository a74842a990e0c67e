"""The field that names who is to do it: an account of the chosen unit, proposed while one types, or a free name."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from noivu.core.wording import Text
from noivu.ui.forms import TextField

LONGEST = 200


class OfficerField(TextField):
    """A person: "Lê Thu Bình · binh" names an account, a name that no account bears stays a name.

    `of` are the fields of the form that hold the unit, the first one filled in wins. A form without such a field says
    the unit's code: `unit`; one of several on a page says how its fields begin there: `prefix`.
    """

    prefix = ""

    def __init__(self, label: Text, *, of: tuple[str, ...] = ("unit",), **rest: Any) -> None:
        self.suggest_with, self.unit = of, ""
        hint = Text(
            vi="Chọn người được gợi ý để người đó được giao và nhắc việc; người chưa có tài khoản thì ghi họ tên.",
            en="Choose a person offered, who is then given it and reminded; without an account, write the name.",
        )
        super().__init__(label, hint=hint, max_length=LONGEST, required=False, **rest)

    @property
    def suggest_url(self) -> str:
        """Where people are offered; without a script an account or a name is typed whole."""
        beside = [f"{self.prefix}-{name}" if self.prefix else name for name in self.suggest_with]
        query = {"of": ",".join(beside), **({"unit": self.unit} if self.unit else {})}
        return f"{reverse('office:officers')}?{urlencode(query)}"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "off"}
