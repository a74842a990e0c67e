"""What is typed about legal texts."""

from noivu.core.wording import Text, both
from noivu.matters.entering import LegalFacts
from noivu.ui.corrections import CorrectionForm
from noivu.ui.forms import DateField, Form, TextField, UnitField


class _TextFields(Form):
    """What stands of a text on the programme."""

    code = TextField(Text(vi="Mã", en="Code"), example=both("VB-2024-0012"), max_length=80)
    title = TextField(Text(vi="Tên văn bản", en="Title"), rows=3, max_length=2000)
    type = TextField(Text(vi="Loại văn bản", en="Type"), example=both("Nghị định"), max_length=120)
    authority = TextField(Text(vi="Cơ quan ban hành", en="Authority"), example=both("Chính phủ"), max_length=300)
    submitted_to = TextField(
        Text(vi="Nơi trình", en="Submitted to"),
        hint=Text(vi="Bỏ trống khi đơn vị tự ban hành.", en="Empty where it is of the unit's own authority."),
        max_length=300,
        required=False,
    )
    subject = TextField(Text(vi="Chủ đề", en="Subject"), max_length=300, required=False)
    registered_on = DateField(Text(vi="Ngày vào chương trình", en="Registered on"))
    due_on = DateField(Text(vi="Hạn trình, ban hành", en="Due on"), required=False)
    note = TextField(Text(vi="Ghi chú", en="Note"), rows=2, max_length=2000, required=False)

    @property
    def facts(self) -> LegalFacts:
        names = ("type", "authority", "submitted_to", "subject")
        return LegalFacts(**{name: self.cleaned_data[name] for name in names})


class LegalTextForm(_TextFields):
    """A text comes onto the programme."""

    lead = UnitField(
        Text(vi="Đơn vị chủ trì", en="Lead unit"),
        as_of="registered_on",
        hint=Text(vi="Nhập mã hoặc tên.", en="Code or name."),
    )
    field_order = ("lead",)


class CorrectTextForm(CorrectionForm, _TextFields):
    """The same text, written rightly."""

    reason = TextField(
        Text(vi="Lý do sửa", en="Reason of the correction"),
        hint=Text(vi="Thông tin cũ được giữ trong nhật ký.", en="What was recorded before stays in the log."),
        max_length=1000,
    )
