"""What people type to change the calendar, a parameter, the register of instruments, or to ask for a deadline."""

import json
from collections.abc import Sequence
from typing import Any

from django.forms import CharField, HiddenInput

from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.law.deadlines import rule_codes
from noivu.law.following import Followed, key_of
from noivu.law.parameter_files import DAYS, HOURS, MOST_DAYS, WORKING_DAYS
from noivu.law.parameters import definition_of
from noivu.ui.forms import BooleanField, ChoiceField, DateField, Form, IntegerField, TextField
from noivu.ui.progress import WatchedForm

OFF, WORKED = "off", "worked"
RULE = "rule"


def reason_field(*, required: bool = True) -> TextField:
    return TextField(Text(vi="Lý do", en="Reason"), rows=2, max_length=500, required=required)


def instrument_field(*, required: bool = True) -> TextField:
    return TextField(
        Text(vi="Văn bản", en="Instrument"),
        hint=Text(vi="Số, ký hiệu đã đăng ký.", en="Number and symbol, as registered."),
        example=both("9441/TB-BNV"),
        max_length=120,
        required=required,
    )


class FollowedForm(WatchedForm):
    """A change that due dates follow: it says once what would follow, the next save goes through."""

    foreseen = CharField(widget=HiddenInput, required=False)
    number = CharField(widget=HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.shown = cleaned.pop("foreseen", "")
        number = cleaned.pop("number", "")
        self.how_many = int(number) if number.isdecimal() else 0
        return cleaned

    def show(self, followed: Sequence[Followed]) -> None:
        """Say what would follow, and wait for the next save."""
        posted: Any = self.data
        data = posted.copy()
        data["foreseen"] = key_of(followed)
        data["number"] = str(sum(one.number for one in followed))
        self.data = data
        self.refuse(Refusal(what=followed[0].words, do=_SAVE_AGAIN, code="foreseen"))


_SAVE_AGAIN = Text(
    vi="Lưu lần nữa để thay đổi và dời các hạn đó.", en="Save again to change it and move those due dates."
)


class DayForm(FollowedForm):
    """A day off, or worked."""

    day = DateField(Text(vi="Ngày", en="Day"))
    works = ChoiceField(
        Text(vi="Là ngày", en="It is"),
        choices=[(OFF, Text(vi="nghỉ", en="off")), (WORKED, Text(vi="làm việc", en="worked"))],
    )
    name_vi = TextField(
        Text(vi="Tên gọi, tiếng Việt", en="Name in Vietnamese"),
        example=Text(vi="nghỉ tránh bão", en="nghỉ tránh bão"),
        max_length=200,
    )
    name_en = TextField(
        Text(vi="Tên gọi, tiếng Anh", en="Name in English"), example=both("closed for the storm"), max_length=200
    )
    instrument = instrument_field(required=False)
    reason = reason_field()


class SwapForm(FollowedForm):
    """Two days that change places."""

    day_off = DateField(Text(vi="Ngày nghỉ (đang là ngày làm việc)", en="Day off (now a working day)"))
    day_worked = DateField(Text(vi="Ngày làm bù (đang là ngày nghỉ)", en="Make-up day (now a day of rest)"))
    instrument = instrument_field()
    reason = reason_field()


class YearForm(Form):
    """The notice by which the days off of a year are decided."""

    instrument = instrument_field()
    reason = reason_field(required=False)


class TakeBackForm(FollowedForm):
    """Why a change is taken back."""

    reason = reason_field()


class ValueForm(FollowedForm):
    """A value that is used instead of the shipped one."""

    value = TextField(Text(vi="Giá trị", en="Value"), max_length=500)
    starts_on = DateField(Text(vi="Dùng từ ngày", en="Used from"))
    ends_on = DateField(Text(vi="Đến trước ngày", en="Until before"), required=False)
    instrument = instrument_field(required=False)
    article = TextField(Text(vi="Điều, khoản", en="Article"), max_length=100, required=False)
    reason = reason_field()

    def typed_value(self, code: str) -> Any:
        """The value as the parameter's type wants it; what cannot be read stays as typed, for the service to refuse."""
        typed: str = self.cleaned_data["value"]
        kind = definition_of(code).type
        if kind in {"integer", "window", "numbers"}:
            try:
                return json.loads(typed)
            except json.JSONDecodeError:
                return typed
        return typed


class InstrumentForm(Form):
    """An instrument that is not in the register yet."""

    number_symbol = TextField(
        Text(vi="Số, ký hiệu", en="Number and symbol"), example=both("30/2020/NĐ-CP"), max_length=120
    )
    issuer = TextField(Text(vi="Cơ quan ban hành", en="Issuer"), max_length=200)
    title = TextField(Text(vi="Tên loại, trích yếu", en="Title"), rows=2, max_length=500)
    issued_on = DateField(Text(vi="Ngày ban hành", en="Issued on"), required=False)
    in_force_from = DateField(Text(vi="Hiệu lực từ ngày", en="In force from"), required=False)
    in_force_to = DateField(Text(vi="Hết hiệu lực từ ngày", en="Ceases on"), required=False)
    note = TextField(Text(vi="Ghi chú", en="Note"), rows=2, required=False)


class DeadlineForm(Form):
    """A question for a due date."""

    start = DateField(Text(vi="Từ ngày", en="From"))
    counts = ChoiceField(
        Text(vi="Tính theo", en="Counted by"),
        choices=[
            (WORKING_DAYS, Text(vi="ngày làm việc", en="working days")),
            (DAYS, Text(vi="ngày", en="days")),
            (HOURS, Text(vi="giờ làm việc", en="working hours")),
            (RULE, Text(vi="quy tắc", en="a rule")),
        ],
    )
    length = IntegerField(
        Text(vi="Số ngày, số giờ", en="Number of days or hours"),
        hint=Text(vi="Khi tính theo ngày, giờ.", en="When counted by days or hours."),
        least=1,
        most=MOST_DAYS,
        required=False,
    )
    rule = ChoiceField(
        Text(vi="Quy tắc", en="Rule"),
        hint=Text(vi="Khi tính theo quy tắc.", en="When counted by a rule."),
        choices=[],
        required=False,
    )
    count_start = BooleanField(Text(vi="Tính cả ngày đầu", en="Count the first day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = [(code, definition_of(code).label) for code in rule_codes()]
        self.offer("rule", [("", Text(vi="Không", en="None")), *rules])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        needed = RULE if cleaned.get("counts") == RULE else "length"
        if not cleaned.get(needed) and needed not in self.errors:
            label = self.fields[needed].label
            self.add_error(needed, str(Text(vi=f"Chưa có: {label}.", en=f"Missing: {label}.")))
        return cleaned

    def question(self) -> dict[str, Any]:
        """The arguments of `deadline` that were asked for."""
        given = self.cleaned_data
        if given["counts"] == RULE:
            return {"rule": given["rule"]}
        return {given["counts"]: given["length"], "count_start": given["count_start"]}
