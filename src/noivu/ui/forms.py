"""Forms that say what is wrong and show what would be right, in both languages, and keep what was typed.

A field takes `label`, `hint` and `example` as Text; `{% field form.arrived_on %}` draws it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import lazystr

from noivu.core import clock
from noivu.core.dates import PartialDate, format_day, parse_date, parse_partial_date
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text, both

A_DATE = both("31/10/2024")
# Stands under the field or after its label, so it does not name the field again.
MISSING = Text(vi="Mục này còn trống.", en="Left empty.")
_INTEGER = re.compile(r"^-?[0-9]{1,17}$")


class Form(forms.Form):
    """The base of every form; errors of services land beside the field they name."""

    template_name = "ui/form_fields.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, UnitField) and field.as_of in self.fields:
                field.on = self._typed_day(field.as_of)

    def _typed_day(self, name: str) -> date | None:
        """The day in a field of this form, as typed or as it stood at first; None while there is none."""
        try:
            day = self.fields[name].clean(self[name].value())
        except ValidationError:
            return None
        return day if isinstance(day, date) else None

    def refuse(self, refusal: Refusal) -> None:
        """Put a service's refusal where it belongs: beside the field named `where`, else above the form."""
        place = refusal.where if refusal.where in self.fields else None
        self.add_error(place, ValidationError(str(refusal), code=refusal.code))

    def offer(self, name: str, choices: Sequence[tuple[str, Text | str]]) -> None:
        """Say what may be chosen in a field of choices."""
        cast(ChoiceField, self.fields[name]).choices = choices

    @property
    def wrong_fields(self) -> list[Any]:
        """The fields with errors, in the order of the form: the error summary links to them."""
        return [bound for bound in self.visible_fields() if bound.errors]


@dataclass(frozen=True, slots=True)
class Answers:
    """What is told below a field while the form is filled: by the address `url`, from the fields `to` and no others."""

    url: str
    to: tuple[str, ...]


class _Asked(forms.Field):
    """What our fields share: words in both languages, and errors that carry an example."""

    example: Text | None = None
    answers: Answers | None = None

    def __init__(self, label: Text, *, hint: Text | None = None, example: Text | None = None, **rest: Any) -> None:
        self.example = example or self.example
        messages = {"required": lazystr(_with_example(MISSING, self.example)), **rest.pop("error_messages", {})}
        super().__init__(label=label, help_text=hint or "", error_messages=messages, **rest)  # type: ignore[arg-type]  # Text


def _with_example(what: Text, example: Text | None) -> Text:
    if example is None:
        return what
    return Text(vi=f"{what.vi} Nhập, ví dụ {example.vi}.", en=f"{what.en} Enter it, e.g. {example.en}.")


class TextField(_Asked, forms.CharField):
    """Words on one line (`rows` > 1: on several), stored composed and trimmed."""

    def __init__(self, label: Text, *, rows: int = 1, max_length: int | None = None, **rest: Any) -> None:
        rest.setdefault("widget", forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput())
        self._is_one_line = rows == 1
        too_long = Text(
            vi=f"{label.vi} dài quá {max_length} ký tự. Rút ngắn lại.",
            en=f"{label.en} is longer than {max_length} characters. Shorten it.",
        )
        super().__init__(label, max_length=max_length, error_messages={"max_length": lazystr(too_long)}, **rest)

    def clean(self, value: Any) -> str:
        cleaned: str = super().clean(value)
        return nfc(cleaned) if self._is_one_line else "\n".join(nfc(line) for line in cleaned.splitlines())


class DateField(_Asked):
    """A day: 31/10/2024 or ISO. What was typed stays in the field; 31/02/2024 is explained."""

    widget = forms.TextInput
    example = A_DATE

    def to_python(self, value: Any) -> Any:
        return _read(parse_date, value)

    def prepare_value(self, value: Any) -> Any:
        return format_day(value) if isinstance(value, date | PartialDate) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}


class PartialDateField(DateField):
    """A date that may be known only to the month or the year: 10/2024, 2024."""

    def to_python(self, value: Any) -> Any:
        return _read(parse_partial_date, value)


class IntegerField(_Asked):
    """A whole number, typed with or without separators of thousands, within bounds."""

    widget = forms.TextInput

    def __init__(self, label: Text, *, least: int = 0, most: int | None = None, **rest: Any) -> None:
        self._least, self._most = least, most
        super().__init__(label, **rest)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        typed = nfc(str(value))
        bare = typed.replace(".", "").replace(",", "").replace(" ", "").replace("−", "-")
        if not _INTEGER.match(bare):
            raise _wrong(
                Text(vi=f"“{typed[:40]}” không phải số nguyên.", en=f"“{typed[:40]}” is not a whole number."),
                Text(vi="Nhập chữ số, ví dụ 1250.", en="Enter digits, e.g. 1250."),
            )
        return self._within(int(bare))

    def _within(self, number: int) -> int:
        if number < self._least or (self._most is not None and number > self._most):
            most = "" if self._most is None else str(self._most)
            raise _wrong(
                Text(vi=f"{number} ngoài khoảng cho phép.", en=f"{number} is out of range."),
                Text(
                    vi=f"Nhập số từ {self._least}" + (f" đến {most}." if most else " trở lên."),
                    en=f"Enter a number from {self._least}" + (f" to {most}." if most else " up."),
                ),
            )
        return number

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}


class ChoiceField(_Asked, forms.ChoiceField):
    """One of a list of (value, Text)."""

    def __init__(self, label: Text, *, choices: Sequence[tuple[str, Text | str]], **rest: Any) -> None:
        not_listed = Text(
            vi=f"{label.vi}: lựa chọn này không có trong danh sách. Chọn lại.",
            en=f"{label.en}: this choice is not on the list. Choose again.",
        )
        messages = {"invalid_choice": lazystr(not_listed)}
        super().__init__(label, choices=choices, error_messages=messages, **rest)


class BooleanField(_Asked, forms.BooleanField):
    """A box to tick; not ticked is an answer too."""

    def __init__(self, label: Text, **rest: Any) -> None:
        rest.setdefault("required", False)
        super().__init__(label, **rest)


class FileField(_Asked, forms.FileField):
    """A file to send; `accept` lists its suffixes, for the file dialogue."""

    def __init__(self, label: Text, *, accept: str = "", **rest: Any) -> None:
        empty = Text(vi="Tệp rỗng. Chọn tệp khác.", en="The file is empty. Choose another.")
        rest.setdefault("widget", forms.FileInput(attrs={"accept": accept} if accept else {}))
        super().__init__(label, error_messages={"empty": lazystr(empty), "invalid": lazystr(empty)}, **rest)


class FindUnit(Protocol):
    """Finds a unit by code or exact name as of a day; raises a Refusal that says what is wrong."""

    def __call__(self, code_or_name: str, on: date) -> Any: ...


_unit_finder: list[tuple[FindUnit, str, Callable[[Any, date], str]]] = []


def provide_units(find: FindUnit, search_url: str, describe: Callable[[Any, date], str]) -> None:
    """Let `UnitField` find units: `find`; the URL name of the search, which answers with `ui/suggestions.html` for the
    parameters `on` and the field's own name; and how a unit is written in a field on a day
    ("SNV-40 · Sở Nội vụ Nghệ An").
    """
    _unit_finder[:] = [(find, search_url, describe)]


class UnitField(_Asked):
    """A unit that exists on the day of the form's field `as_of`, or on the day `on`; without both, today."""

    widget = forms.TextInput
    SEPARATOR = " · "

    def __init__(self, label: Text, *, on: date | None = None, as_of: str = "", **rest: Any) -> None:
        super().__init__(label, **rest)
        self.on, self.as_of = on, as_of

    @property
    def _day(self) -> date:
        """Asked anew each time: a form class lives as long as its server."""
        return self.on or clock.today()

    @property
    def suggest_url(self) -> str:
        """Where suggestions come from while one types; without a script a code or a name is typed whole."""
        if not _unit_finder:
            return ""
        return f"{reverse(_unit_finder[0][1])}?on={self._day.isoformat()}"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        typed = nfc(str(value)).partition(self.SEPARATOR)[0]
        return _read(lambda text: _unit_finder[0][0](text, self._day), typed)

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else _unit_finder[0][2](value, self._day)


def _read(parse: Callable[[Any], Any], value: Any) -> Any:
    """Parse what was typed; a refusal becomes the field's error with its whole text."""
    if value in (None, ""):
        return None
    try:
        return parse(value)
    except Refusal as refusal:
        raise ValidationError(str(refusal), code=refusal.code) from refusal


def _wrong(what: Text, do: Text) -> ValidationError:
    return ValidationError(f"{what} {do}", code="invalid")
