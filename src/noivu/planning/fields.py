"""The fields in which events of a plan are typed: units as the plan calls them, portions, areas, lists of units."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text, both
from noivu.planning.plan import PART, REST, WHOLE
from noivu.planning.reading import kind_named
from noivu.ui.forms import MISSING, ChoiceField, TextField, UnitField
from noivu.units.api import Family, find_node, kinds, tree

SHARES = (
    (WHOLE, Text(vi="toàn bộ", en="the whole")),
    (PART, Text(vi="một phần", en="a part")),
    (REST, Text(vi="phần còn lại", en="the rest")),
)
MOST_TARGETS = 20
_LEAST_TARGETS = 2
_KM2 = re.compile(r"^[0-9]{1,7}(\.[0-9]{1,2})?$")
_PERSONS = re.compile(r"^[0-9]{1,9}$")
_PERCENT = re.compile(r"^(100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?)$")
_NOT_A_NUMBER = Text(vi="không phải số nguyên", en="is not a whole number")
_NOT_KM2 = Text(vi="không phải số km² với nhiều nhất hai chữ số thập phân", en="is not km² with at most two decimals")
Entry = dict[str, str]


class PlanUnitField(UnitField):
    """A unit of the plan's day by code or exact name, or one that the plan establishes by its new code: its code."""

    def __init__(self, label: Text, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.known: Mapping[str, str] = {}

    def to_python(self, value: Any) -> str:
        return code_of(str(value or ""), self._day, self.known)

    def prepare_value(self, value: Any) -> Any:
        node = tree(self._day).by_code.get(value) if isinstance(value, str) else None
        name = node.name if node else self.known.get(value)
        return f"{value}{self.SEPARATOR}{name}" if name else value


class AreaField(TextField):
    """An area in km², as 12,5 or 12.5: as plans write it."""

    def __init__(self, label: Text, **rest: Any) -> None:
        super().__init__(label, example=Text(vi="12,5", en="12.5"), required=False, max_length=20, **rest)

    def clean(self, value: Any) -> str:
        return decimal_typed(super().clean(value), _KM2, _NOT_KM2)


class PersonsField(TextField):
    """A number of people, typed with or without separators of thousands: its digits."""

    def __init__(self, label: Text, **rest: Any) -> None:
        super().__init__(label, example=both("18200"), required=False, max_length=20, **rest)

    def clean(self, value: Any) -> str:
        return persons_typed(super().clean(value))


class PercentField(TextField):
    """A percentage from 0 to 100."""

    def __init__(self, label: Text, **rest: Any) -> None:
        super().__init__(label, example=Text(vi="51,37", en="51.37"), required=False, max_length=10, **rest)

    def clean(self, value: Any) -> str:
        wrong = Text(vi="không phải tỷ lệ từ 0 đến 100", en="is not a percentage from 0 to 100")
        return decimal_typed(super().clean(value), _PERCENT, wrong)


def kind_field(*, required: bool = True) -> ChoiceField:
    """A kind of unit; administrative ones first."""
    ordered = sorted(kinds, key=lambda kind: kind.family is not Family.ADMINISTRATIVE)
    choices = [("", Text(vi="chọn", en="choose")), *((kind.code, kind.label) for kind in ordered)]
    return ChoiceField(Text(vi="Loại hình", en="Kind"), choices=choices, required=required)


def code_of(typed: str, on: date, known: Mapping[str, str]) -> str:
    """The code by which a plan calls the unit that was typed; a refusal becomes the field's error."""
    bare = nfc(typed).partition(UnitField.SEPARATOR)[0].strip()
    if not bare or bare in known:
        return bare
    try:
        return find_node(bare, tree(on), on).code
    except Refusal as refusal:
        raise ValidationError(str(refusal), code=refusal.code) from refusal


def decimal_typed(typed: str, form: re.Pattern[str], wrong: Text) -> str:
    bare = typed.replace(" ", "").replace("\u00a0", "")
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    return _required_form(bare, typed, form, wrong)


def persons_typed(typed: str) -> str:
    bare = re.sub(r"[\s.,\u00a0]", "", typed)
    return _required_form(bare, typed, _PERSONS, _NOT_A_NUMBER)


def _required_form(bare: str, typed: str, form: re.Pattern[str], wrong: Text) -> str:
    if bare and not form.match(bare):
        said = Text(vi=f"“{typed[:40]}” {wrong.vi}.", en=f"“{typed[:40]}” {wrong.en}.")
        raise ValidationError(str(said), code="invalid")
    return bare


class _Rows(forms.Widget):
    """Several inputs that the page itself draws; their names begin with what stands in `columns`."""

    columns: tuple[str, ...] = ()
    needs_multipart_form = False

    def entry(self, data: Any, key: str) -> Entry:
        return {column: str(data.get(f"{column}-{key}", "")).strip() for column in self.columns}


class SourcesWidget(_Rows):
    """Units chosen by their boxes (`from` chosen before, `row` just now) or typed, each with how much goes over."""

    columns = ("share", "population", "area_km2", "villages", "clause")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Entry]:
        codes = [*_all(data, "from"), *_all(data, "row"), *str(data.get("from-more", "")).split(",")]
        chosen = dict.fromkeys(code.strip() for code in codes if code.strip())
        return [{"unit": code, **self.entry(data, code)} for code in chosen]


class TargetsWidget(_Rows):
    """Rows of units among which one is split; empty rows are left out."""

    columns = ("code", "name", "kind", "territory", "area_km2", "population", "villages")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Entry]:
        number = str(data.get("targets", ""))
        rows = min(int(number), MOST_TARGETS) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
        found = [self.entry(data, str(place)) for place in range(1, rows + 1)]
        return [entry for entry in found if entry["code"] or entry["name"]]


def _all(data: Any, name: str) -> list[str]:
    return list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name, []))


class _PlanField(forms.Field):
    """A field of several units; `on` and `known` are given by the form. Its value is a list of entries."""

    def __init__(self, label: Text, **rest: Any) -> None:
        super().__init__(label=label, **rest)  # type: ignore[arg-type]  # Text
        self.on: date | None = None
        self.known: Mapping[str, str] = {}

    def clean(self, value: Any) -> list[Any]:
        if self.required and not value:
            raise ValidationError(str(MISSING), code="required")
        problems: list[ValidationError] = []
        found = list(self._cleaned(value or [], problems))
        if problems:
            raise ValidationError(problems)
        return found

    def _cleaned(self, entries: list[Entry], problems: list[ValidationError]) -> Iterator[Any]:
        for entry in entries:
            try:
                yield self.entry(entry)
            except ValidationError as problem:
                name = entry.get("unit") or entry.get("code") or entry.get("name")
                problems += [ValidationError(f"{name}: {words}", code=problem.code) for words in problem.messages]

    def entry(self, entry: Entry) -> Any:
        """What one entry says, as plans write it: a unit as a whole."""
        return self._code(entry["unit"])

    def _code(self, typed: str) -> str:
        assert self.on is not None, "the form gives the day of the plan"
        return code_of(typed, self.on, self.known)


class SourcesField(_PlanField):
    """What goes into a unit: codes, or codes with how much of them, as plans write it."""

    widget = SourcesWidget

    def entry(self, entry: Entry) -> Any:
        code = self._code(entry["unit"])
        share = entry["share"] if entry["share"] in {WHOLE, PART, REST} else WHOLE
        told = {
            "population": persons_typed(entry["population"]),
            "area_km2": decimal_typed(entry["area_km2"], _KM2, _NOT_KM2),
            "villages": nfc(entry["villages"]),
            "clause": nfc(entry["clause"]),
        }
        more = {key: value for key, value in told.items() if value}
        if share == WHOLE and not more:
            return code
        return {"unit": code} | ({"share": share} if share != WHOLE else {}) | more


class UnitsField(SourcesField):
    """Several units, whole."""

    def entry(self, entry: Entry) -> Any:
        return self._code(entry["unit"])


class TargetsField(_PlanField):
    """Among what a unit is split: new units, or units that are there, as plans write it."""

    widget = TargetsWidget

    def clean(self, value: Any) -> list[Any]:
        found = super().clean(value)
        if len(found) < _LEAST_TARGETS:
            said = Text(vi="Cần ít nhất hai đơn vị.", en="At least two units are needed.")
            raise ValidationError(str(said), code="few")
        return found

    def entry(self, entry: Entry) -> Any:
        told = {
            "area_km2": decimal_typed(entry["area_km2"], _KM2, _NOT_KM2),
            "population": persons_typed(entry["population"]),
            "villages": nfc(entry["villages"]),
        }
        more = {key: value for key, value in told.items() if value}
        if not entry["name"] and not entry["kind"]:
            return {"unit": self._code(entry["code"])} | more
        if not (entry["code"] and entry["name"] and kind_named(entry["kind"])):
            said = Text(vi="cần đủ mã, tên, loại hình.", en="needs code, name and kind.")
            raise ValidationError(str(said), code="incomplete")
        new = {"code": nfc(entry["code"]), "name": nfc(entry["name"]), "kind": kind_named(entry["kind"])}
        territory = {"territory": self._code(entry["territory"])} if entry["territory"] else {}
        return new | territory | more
