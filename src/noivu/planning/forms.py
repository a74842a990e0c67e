"""What is typed about a plan as a whole: its head, its text, a file, a reason."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from noivu.core.wording import Text, both
from noivu.planning.content import PlanHead
from noivu.planning.keeping import LONGEST, LONGEST_NUMBER, LONGEST_TITLE
from noivu.ui.forms import DateField, FileField, Form, TextField, UnitField

_MOST = 500


class HeadForm(Form):
    """Title, day and instrument of a plan."""

    title = TextField(
        Text(vi="Tên phương án", en="Title"),
        example=Text(vi="Sắp xếp các phường của thành phố Vinh", en="Sắp xếp các phường của thành phố Vinh"),
        max_length=LONGEST_TITLE,
    )
    on = DateField(Text(vi="Ngày có hiệu lực", en="Takes effect on"), example=both("01/03/2026"))
    instrument = TextField(
        Text(vi="Số, ký hiệu văn bản", en="Number of the instrument"),
        hint=Text(vi="Để trống khi chưa ban hành.", en="Left empty until it is issued."),
        max_length=LONGEST_NUMBER,
        required=False,
    )
    instrument_title = TextField(
        Text(vi="Tên loại, trích yếu văn bản", en="Title of the instrument"), max_length=_MOST, required=False
    )
    issuer = TextField(Text(vi="Cơ quan ban hành", en="Issuer"), max_length=200, required=False)
    issued_on = DateField(Text(vi="Ngày ban hành", en="Issued on"), required=False)

    @property
    def head(self) -> PlanHead:
        """What was typed."""
        given = self.cleaned_data
        return PlanHead(**{key: given[key] for key in PlanHead.__slots__})


class ChangeHeadForm(HeadForm):
    """The head of a version of a plan."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NewPlanForm(HeadForm):
    """A plan that begins, and who draws it up."""

    unit = UnitField(
        Text(vi="Đơn vị lập phương án", en="Drawn up by"),
        hint=Text(vi="Mã, hoặc gõ tên rồi chọn.", en="Its code, or type the name and choose."),
    )
    field_order: Sequence[str] = ("title", "unit")


class BringForm(Form):
    """A plan that stands in a file already."""

    unit = UnitField(
        Text(vi="Đơn vị lập phương án", en="Drawn up by"),
        hint=Text(vi="Mã, hoặc gõ tên rồi chọn.", en="Its code, or type the name and choose."),
    )
    file = FileField(
        Text(vi="Tệp phương án", en="File of the plan"),
        hint=Text(vi="YAML, như lệnh noivu reorganise dùng.", en="YAML, as noivu reorganise reads it."),
        accept=".yaml,.yml,.json",
    )

    def clean_file(self) -> str:
        """The words of the file."""
        return _words_of(self.cleaned_data["file"])


def _words_of(file: Any) -> str:
    content: bytes = file.read(LONGEST * 4 + 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        said = Text(vi="Tệp không phải UTF-8. Lưu lại với mã UTF-8.", en="Not UTF-8. Save it as UTF-8.")
        raise ValidationError(str(said), code="encoding") from problem


class TextForm(Form):
    """The text of a version of a plan, to be changed by hand, or to be replaced by a file."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 30, "class": "as-written", "spellcheck": "false"}),
        label="YAML",
        max_length=LONGEST,
        strip=False,
    )
    file = FileField(Text(vi="Thay bằng tệp", en="Replace it by a file"), accept=".yaml,.yml,.json", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_file(self) -> str:
        """The words of the file; "" where none was sent."""
        file = self.cleaned_data["file"]
        return _words_of(file) if file else ""

    def clean_text(self) -> str:
        """With the line ends of files, whatever the browser sends."""
        typed: str = self.cleaned_data["text"]
        return typed.replace("\r\n", "\n")

    @property
    def written(self) -> str:
        """What the plan is to say: the file, if one was sent."""
        return self.cleaned_data["file"] or str(self.cleaned_data["text"])


class TakeBackForm(Form):
    """Why something is taken back."""

    reason = TextField(Text(vi="Lý do", en="Reason"), rows=2, max_length=_MOST)


class ReasonForm(TakeBackForm):
    """Why, and which version."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(Form):
    """Which version an act was meant for."""

    version = forms.IntegerField()
