"""One form for each kind of event: the keys of the plan as fields. What a form does not show of an event stays."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from noivu.core.wording import Text, both
from noivu.planning.fields import (
    AreaField,
    PercentField,
    PersonsField,
    PlanUnitField,
    SourcesField,
    TargetsField,
    UnitsField,
    kind_field,
)
from noivu.planning.plan import WHOLE, EventKind
from noivu.planning.reading import kind_named
from noivu.planning.telling import LEVELS
from noivu.ui.forms import ChoiceField, Form, TextField

Content = dict[str, Any]
_MOST_NAME, _MOST_CODE, _MOST_WORDS = 200, 40, 500
PLACES = (
    ("", Text(vi="chưa rõ", en="not known")),
    ("mountain", Text(vi="miền núi", en="mountains")),
    ("island", Text(vi="hải đảo", en="island")),
    ("other", Text(vi="nơi khác", en="elsewhere")),
)


def _name(*, required: bool = True) -> TextField:
    hint = Text(vi="Cả loại hình: Phường Vinh.", en="With its kind: Phường Vinh.")
    return TextField(Text(vi="Tên mới", en="New name"), hint=hint, max_length=_MOST_NAME, required=required)


def _code(*, required: bool = True) -> TextField:
    return TextField(Text(vi="Mã mới", en="New code"), example=both("16682"), max_length=_MOST_CODE, required=required)


def _unit(label: Text, *, required: bool = True) -> PlanUnitField:
    hint = Text(vi="Mã, hoặc gõ tên rồi chọn.", en="Its code, or type the name and choose.")
    return PlanUnitField(label, hint=hint, required=required)


def _villages() -> TextField:
    return TextField(
        Text(vi="Thôn, tổ dân phố", en="Villages"),
        example=Text(vi="khối 1, khối 2", en="khối 1, khối 2"),
        max_length=_MOST_WORDS,
        required=False,
    )


UNIT = Text(vi="Đơn vị", en="Unit")


class EventForm(Form):
    """What an event says besides what it does: by which clause, of which instrument. Subclasses say what it does.

    `keys` are the fields that are keys of the event as plans write it, one to one; `first` stand before all others.
    """

    keys: ClassVar[tuple[str, ...]] = ()
    first: ClassVar[tuple[str, ...]] = ()

    clause = TextField(
        Text(vi="Điều, khoản", en="Clause"),
        example=Text(vi="khoản 1 Điều 1", en="khoản 1 Điều 1"),
        max_length=_MOST_WORDS,
        required=False,
    )
    instrument = TextField(
        Text(vi="Văn bản riêng của sự kiện", en="Instrument of this event alone"),
        hint=Text(vi="Số, ký hiệu, khi khác văn bản chung.", en="Number, where it is not that of the plan."),
        max_length=120,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        what: EventKind,
        on: date,
        known: Mapping[str, str],
        written: Content | None = None,
        **rest: Any,
    ) -> None:
        self.what, self.on, self.known = what, on, known
        self.written: Content = written or {}
        shown = self.shown(self._inner()) | {key: self.written.get(key, "") for key in ("clause", "instrument")}
        rest["initial"] = shown | rest.get("initial", {})
        super().__init__(*args, **rest)
        self.order_fields([*self.first, *(name for name in self.fields if name not in EventForm.base_fields)])
        for field in self.fields.values():
            if isinstance(field, PlanUnitField | SourcesField | TargetsField):
                field.on, field.known = on, known

    def _inner(self) -> Content:
        inner = self.written.get(self.what.value)
        return dict(inner) if isinstance(inner, dict) else {}

    def shown(self, inner: Content) -> Content:
        """What the fields show of an event as it is written."""
        found = {key: inner.get(key, "") for key in self.keys}
        return found | ({"kind": kind_named(found["kind"])} if found.get("kind") else {})

    def said(self) -> Content:
        """What the fields say, as plans write it; "" and [] take a key away."""
        return {key: self.cleaned_data[key] for key in self.keys}

    def event(self) -> Content:
        """The event as it is to be written."""
        around = {key: self.cleaned_data[key] for key in ("clause", "instrument")}
        event = {key: value for key, value in self.written.items() if key != self.what.value}
        return _filled({self.what.value: _filled(self._inner() | self.said())} | event | around)

    @property
    def plain_fields(self) -> list[Any]:
        """The fields that are drawn as such; lists of units the page draws itself."""
        return [bound for bound in self.visible_fields() if not isinstance(bound.field, SourcesField | TargetsField)]


def _filled(content: Content) -> Content:
    return {key: value for key, value in content.items() if value not in ("", [], None)}


class NewUnitForm(Form):
    """A unit that the event establishes."""

    code = _code()
    name = _name()
    kind = kind_field()
    territory = _unit(Text(vi="Thuộc", en="Lies in"), required=False)
    seat = TextField(Text(vi="Trụ sở", en="Seat"), max_length=_MOST_NAME, required=False)
    area_km2 = AreaField(
        Text(vi="Diện tích (km²)", en="Area (km²)"),
        hint=Text(vi="Như văn bản ghi; để trống thì cộng từ các phần.", en="As the instrument says; else added up."),
    )
    population = PersonsField(
        Text(vi="Dân số (người)", en="Population (persons)"),
        hint=Text(vi="Như văn bản ghi; để trống thì cộng từ các phần.", en="As the instrument says; else added up."),
    )
    place = ChoiceField(
        Text(vi="Khu vực, để tính tiêu chuẩn", en="Sort of place, for the standard"), choices=PLACES, required=False
    )
    minority = PercentField(Text(vi="Dân tộc thiểu số (%)", en="Ethnic minorities (%)"))


_NEW_KEYS = ("code", "name", "kind", "territory", "seat", "area_km2", "population", "place", "minority")
_NEEDED = ("code", "name", "kind")


class _Gathering(EventForm):
    """Units, or parts of them, that go into one."""

    sources = SourcesField(Text(vi="Đơn vị nhập", en="Units that go in"), required=False)

    def shown(self, inner: Content) -> Content:
        return super().shown(inner) | {"sources": [_entry(one) for one in _many(inner.get("from"))]}

    def said(self) -> Content:
        return super().said() | {"from": self.cleaned_data["sources"]}


class EstablishForm(_Gathering, NewUnitForm):
    """A new unit, out of parts of others or of none."""

    keys = _NEW_KEYS


class MergeForm(_Gathering, NewUnitForm):
    """Into a unit that is there; else into a new one, of which code, name and kind are needed."""

    first = ("into",)
    sources = SourcesField(Text(vi="Đơn vị nhập", en="Units that go in"))
    into = _unit(Text(vi="Nhập vào đơn vị đang có", en="Into a unit that is there"), required=False)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for key in _NEEDED:
            self.fields[key].required = not self["into"].value()

    def shown(self, inner: Content) -> Content:
        into: Any = next(iter(_many(inner.get("into"))), {})
        if isinstance(into, str) or "unit" in into:
            there = {"into": into if isinstance(into, str) else into["unit"]}
            new = {key: into.get(key, "") for key in ("area_km2", "population")} if isinstance(into, dict) else {}
        else:
            there, new = {}, {key: into.get(key, "") for key in _NEW_KEYS}
            new["kind"] = kind_named(new["kind"]) if new["kind"] else ""
        return super().shown(inner) | there | new

    def clean(self) -> Content:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("into") and any(cleaned.get(key) for key in _NEEDED):
            said = Text(
                vi="Chọn một: đơn vị đang có, hoặc mã, tên, loại hình của đơn vị mới.",
                en="Choose one: a unit that is there, or code, name and kind of a new one.",
            )
            self.add_error("into", ValidationError(str(said), code="both"))
        return cleaned

    def said(self) -> Content:
        given = self.cleaned_data
        before: Any = next(iter(_many(self._inner().get("into"))), {})
        if given["into"]:
            kept = before if isinstance(before, dict) and before.get("unit") == given["into"] else {}
            told = {key: given[key] for key in ("area_km2", "population")}
            target = _filled({"unit": given["into"]} | kept | told)
            into: Any = target if len(target) > 1 else given["into"]
        else:
            kept = before if isinstance(before, dict) and "unit" not in before else {}
            into = _filled(kept | {key: given[key] for key in _NEW_KEYS})
        return super().said() | {"into": into}


class SplitForm(EventForm):
    """A unit ends, and several come after it."""

    keys = ("unit",)
    unit = _unit(UNIT)
    targets = TargetsField(Text(vi="Chia thành", en="Into"))

    def shown(self, inner: Content) -> Content:
        return super().shown(inner) | {"targets": [_row(one) for one in _many(inner.get("into"))]}

    def said(self) -> Content:
        return super().said() | {"into": self._kept(self.cleaned_data["targets"])}

    def _kept(self, targets: list[Content]) -> list[Content]:
        """With what the rows do not show of units that stood there before."""
        before = {
            one["code"]: one for one in _many(self._inner().get("into")) if isinstance(one, dict) and "code" in one
        }
        drawn = set(TargetsField.widget.columns)
        hidden = {code: {k: v for k, v in one.items() if k not in drawn} for code, one in before.items()}
        return [target | hidden.get(target.get("code", ""), {}) for target in targets]


class TransferForm(EventForm):
    """A part of a unit goes to another."""

    keys = ("unit", "to", "population", "area_km2", "villages")
    unit = _unit(Text(vi="Từ đơn vị", en="From"))
    to = _unit(Text(vi="Sang đơn vị", en="To"))
    population = PersonsField(Text(vi="Dân số chuyển đi (người)", en="Population that goes (persons)"))
    area_km2 = AreaField(Text(vi="Diện tích chuyển đi (km²)", en="Area that goes (km²)"))
    villages = _villages()


class RenameForm(EventForm):
    """A unit gets another name."""

    keys = ("unit", "name")
    unit = _unit(UNIT)
    name = _name()


class ReclassifyForm(EventForm):
    """A unit becomes one of another kind."""

    keys = ("unit", "kind", "name")
    unit = _unit(UNIT)
    kind = kind_field()
    name = _name(required=False)


class RecodeForm(EventForm):
    """A unit gets another code."""

    keys = ("unit", "code")
    unit = _unit(UNIT)
    code = _code()


class MoveForm(EventForm):
    """A unit gets others above it."""

    keys = ("unit", "territory", "superior", "guidance")
    unit = _unit(UNIT)
    territory = _unit(Text(vi="Thuộc địa bàn", en="Lies in"), required=False)
    superior = _unit(Text(vi="Cấp trên trực tiếp", en="Directed by"), required=False)
    guidance = _unit(Text(vi="Hướng dẫn chuyên môn", en="Guided by"), required=False)

    def clean(self) -> Content:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.get(line) for line in self.keys[1:]):
            said = Text(vi="Chọn ít nhất một đơn vị trên.", en="Choose at least one unit above it.")
            self.add_error("territory", ValidationError(str(said), code="required"))
        return cleaned


class DissolveForm(EventForm):
    """Units end, and none comes after them."""

    sources = UnitsField(Text(vi="Đơn vị giải thể", en="Units dissolved"))

    def shown(self, inner: Content) -> Content:
        return {"sources": [_entry(one) for one in (*_many(inner.get("unit")), *_many(inner.get("units")))]}

    def said(self) -> Content:
        return {"unit": "", "units": self.cleaned_data["sources"]}


class AbolishForm(EventForm):
    """All units of a level end."""

    keys = ("level", "under")
    level = ChoiceField(Text(vi="Cấp", en="Level"), choices=list(LEVELS.items()))
    under = _unit(Text(vi="Chỉ trong đơn vị", en="Only within"), required=False)


FORMS: dict[EventKind, type[EventForm]] = {
    EventKind.MERGE: MergeForm,
    EventKind.TRANSFER: TransferForm,
    EventKind.SPLIT: SplitForm,
    EventKind.ESTABLISH: EstablishForm,
    EventKind.RENAME: RenameForm,
    EventKind.RECLASSIFY: ReclassifyForm,
    EventKind.RECODE: RecodeForm,
    EventKind.MOVE: MoveForm,
    EventKind.DISSOLVE: DissolveForm,
    EventKind.ABOLISH_LEVEL: AbolishForm,
}
"""In the order in which a page offers them."""


def _many(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]


def _entry(one: Any) -> dict[str, str]:
    """A source as the page draws it."""
    return {"unit": one, "share": WHOLE} if isinstance(one, str) else {"share": WHOLE} | one


def _row(one: Any) -> dict[str, str]:
    """A target of a split as the page draws it."""
    if isinstance(one, str):
        return {"code": one}
    return {"code": one.get("unit", ""), **one}
