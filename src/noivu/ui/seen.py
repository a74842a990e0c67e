"""Forms that carry what their reader saw of a thing: where something happened since, they are refused once."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.ui.forms import Form

_LOOK_AGAIN = Text(
    vi="Nội dung đã nhập được giữ. Xem lại; nếu vẫn đúng thì lưu lần nữa.",
    en="What was typed is kept. Look through it; if it is still right, save again.",
)


class SeenForm(Form):
    """A form that does something to a thing. It carries how that stood when the form was shown.

    Where it stands otherwise when the form comes back, it is refused once and says what happened; what was typed stays,
    and the next sending goes through.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    carried = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.carried = cleaned.pop("seen", "")
        return cleaned

    @property
    def saw(self) -> Mapping[str, Any] | None:
        """How it stood when the form was shown; None where the form does not say."""
        try:
            read = json.loads(self.carried or "null")
        except ValueError:
            return None
        return read if isinstance(read, dict) else None

    def show_changed(self, told: Iterable[Text], stands: str, do: Text = _LOOK_AGAIN) -> None:
        """Say what happened meanwhile, and let the form be sent again by one who knows it."""
        posted: Any = self.data
        self.data = data = posted.copy()
        data[self.add_prefix("seen")] = stands
        words = list(told)
        vi, en = ("; ".join(getattr(one, language) for one in words) for language in ("vi", "en"))
        self.refuse(
            Refusal(
                what=Text(vi=f"Trong khi đang soạn, đã có thay đổi: {vi}.", en=f"Meanwhile this happened: {en}."),
                why=Text(vi="Chưa lưu.", en="Nothing was saved."),
                do=do,
                code="changed_meanwhile",
            )
        )
