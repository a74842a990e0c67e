"""What is typed about legal texts: the text itself, and the stage that it came to."""

from typing import Any

from noivu.core.wording import Text, both
from noivu.matters.constants import FOLLOWING, LEGAL_STAGES, LegalStage
from noivu.matters.entering import LegalFacts
from noivu.matters.services import Advance
from noivu.ui.forms import ChoiceField, DateField, Form, TextField, UnitField


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


class CorrectTextForm(_TextFields):
    """The same text, written rightly."""

    reason = TextField(
        Text(vi="Lý do sửa", en="Reason of the correction"),
        hint=Text(vi="Thông tin cũ được giữ trong nhật ký.", en="What was recorded before stays in the log."),
        max_length=1000,
    )


class StageForm(Form):
    """The stage that a text came to; only those are offered that may follow."""

    stage = ChoiceField(Text(vi="Bước", en="Stage"), choices=[])
    on = DateField(Text(vi="Ngày", en="On"))
    to = TextField(Text(vi="Nơi trình", en="Submitted to"), max_length=300, required=False)
    symbol = TextField(
        Text(vi="Số, ký hiệu", en="Symbol"),
        hint=Text(vi="Khi đã ban hành.", en="Once it is issued."),
        max_length=120,
        required=False,
    )
    until = DateField(
        Text(vi="Hạn góp ý", en="Opinions due"),
        hint=Text(vi="Khi lấy ý kiến.", en="When opinions are asked."),
        required=False,
    )
    reason = TextField(
        Text(vi="Lý do", en="Reason"),
        hint=Text(vi="Bắt buộc khi trả lại hoặc hoãn.", en="Needed when it is returned or postponed."),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, reached: LegalStage | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            "stage", [(stage.value, LEGAL_STAGES[stage]) for stage in LEGAL_STAGES if stage in FOLLOWING[reached]]
        )

    @property
    def advance(self) -> Advance:
        said = self.cleaned_data
        return Advance(LegalStage(said["stage"]), said["on"], said["to"], said["symbol"], said["until"], said["reason"])
