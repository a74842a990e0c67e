"""Forms that put right what stands in a register while others may do the same."""

import json
from typing import Any

from django import forms

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.ui.forms import Form

_SHOWN = 80
_KEPT_BESIDE = frozenset({"seen", "reason"})


class CorrectionForm(Form):
    """A form over what stands. It carries what its reader saw, so that nobody undoes unseen what another wrote.

    Where something changed meanwhile, the form is refused once and says what; fields that the reader did not touch take
    the newer value, what was typed stays, and the next save goes through.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = json.dumps(self._standing(), ensure_ascii=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen, now = _read(cleaned.pop("seen", "")), self._standing()
        moved = {name: (seen[name], now[name]) for name in now if name in seen and seen[name] != now[name]}
        if moved:
            self._take_over(moved)
            self.refuse(_changed([self._told(name, *values) for name, values in moved.items()]))
        return cleaned

    def _standing(self) -> dict[str, str]:
        """What stands now, as the fields show it."""
        return {name: self._shown(name) for name in self.fields if name not in _KEPT_BESIDE}

    def _shown(self, name: str) -> str:
        value = self.fields[name].prepare_value(self.get_initial_for_field(self.fields[name], name))
        return "" if value is None or value is False else str(value)

    def _take_over(self, moved: dict[str, tuple[str, str]]) -> None:
        posted: Any = self.data
        data = posted.copy()
        data[self.add_prefix("seen")] = self.initial["seen"]
        for name, (before, now) in moved.items():
            key = self.add_prefix(name)
            is_box = isinstance(self.fields[name], forms.BooleanField)
            typed = "True" if is_box and key in data else data.get(key, "")
            if typed.splitlines() != before.splitlines():
                continue
            if is_box and not now:
                data.pop(key, None)
            else:
                data[key] = now
        self.data = data

    def _told(self, name: str, before: str, now: str) -> Text:
        field = self.fields[name]
        words = {str(value): str(label) for value, label in getattr(field, "choices", ())}
        label = field.label if isinstance(field.label, Text) else Text(vi=str(field.label), en=str(field.label))
        old, new = (words.get(value, value)[:_SHOWN] or "–" for value in (before, now))
        return Text(vi=f"{label.vi}: “{old}” thành “{new}”", en=f"{label.en}: “{old}” to “{new}”")


def _read(seen: str) -> dict[str, Any]:
    try:
        read = json.loads(seen or "{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _changed(told: list[Text]) -> Refusal:
    changes_vi, changes_en = ("; ".join(getattr(one, language) for one in told) for language in ("vi", "en"))
    return Refusal(
        what=Text(
            vi=f"Trong khi đang soạn, người khác đã sửa: {changes_vi}.",
            en=f"Meanwhile somebody else changed: {changes_en}.",
        ),
        why=Text(vi="Chưa lưu, để không mất thay đổi của ai.", en="Nothing was saved, so that no change is lost."),
        do=Text(
            vi="Ô chưa sửa đã nhận nội dung mới. Xem lại rồi lưu lần nữa.",
            en="Fields not touched here have taken the newer content. Look through them and save again.",
        ),
        code="changed_meanwhile",
    )
