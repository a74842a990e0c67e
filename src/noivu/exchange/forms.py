"""What people say about messages."""

from noivu.core.wording import Text, both
from noivu.ui.forms import ChoiceField, DateField, FileField, Form, IntegerField, TextField, UnitField


class TakeForm(Form):
    """A message file, and whose register it goes into."""

    unit = UnitField(Text(vi="Sổ của đơn vị", en="Register of"), as_of="arrived_on")
    arrived_on = DateField(Text(vi="Ngày đến", en="Arrival"))
    file = FileField(
        Text(vi="Tệp thông điệp", en="Message file"),
        accept=".edxml,.xml",
        hint=Text(vi="edXML, nhiều nhất 70 MB.", en="edXML, at most 70 MB."),
        max_length=255,
    )


class OrganForm(Form):
    """With which code of our own a file is written."""

    organ_id = TextField(
        Text(vi="Mã định danh của cơ quan mình", en="Our identification code"),
        example=both("000.00.01.H08"),
        max_length=35,
    )


class StatusForm(OrganForm):
    """Which status is told."""

    status = ChoiceField(Text(vi="Trạng thái", en="Status"), choices=[])
    field_order = ("status", "organ_id")


class LetterForm(OrganForm):
    """What the message of a sending asks."""

    kind = ChoiceField(
        Text(vi="Loại thông điệp", en="Message"),
        choices=[
            ("new", Text(vi="Văn bản mới", en="New document")),
            ("recall", Text(vi="Thu hồi", en="Recall")),
            ("update", Text(vi="Cập nhật", en="Update")),
            ("replace", Text(vi="Thay thế văn bản đã gửi", en="In place of what was sent")),
        ],
    )
    reason = TextField(
        Text(vi="Lý do cập nhật, thay thế", en="Why it is updated or replaced"), rows=2, max_length=500, required=False
    )
    replaced = IntegerField(
        Text(vi="Thay thế lần gửi số", en="In place of sending"),
        hint=Text(vi="Số lần gửi ở trang văn bản được thay thế.", en="Its number stands on the page of that document."),
        least=1,
        most=2**31,
        required=False,
    )
    field_order = ("kind", "organ_id", "reason", "replaced")


class ForwardForm(OrganForm):
    """To whom a document goes on."""

    to = TextField(
        Text(vi="Mã định danh nơi nhận tiếp", en="Code of the further receiver"),
        example=both("000.00.03.H08"),
        max_length=35,
    )
    to_name = TextField(Text(vi="Tên nơi nhận tiếp", en="Its name"), max_length=200, required=False)
    field_order = ("to", "to_name", "organ_id")
