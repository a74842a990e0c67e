"""What people type about documents in and out, files, and documents kept off the network."""

from typing import Any

from django.core.exceptions import ValidationError

from noivu.core.dates import PartialDate
from noivu.core.wording import Text, both
from noivu.records.constants import DIRECTIONS, SERIES, Series
from noivu.records.fields import (
    NumberField,
    kind_field,
    offer_kind,
    secrecy_field,
    signer_field,
    summary_field,
    transferred_field,
    urgency_field,
)
from noivu.records.models import OutgoingDocument
from noivu.records.services import OutgoingEntry
from noivu.ui.corrections import CorrectionForm
from noivu.ui.forms import (
    ChoiceField,
    DateField,
    FileField,
    Form,
    IntegerField,
    PartialDateField,
    TextField,
    UnitField,
)


class OutgoingFields(Form):
    """What stands on a document that is issued."""

    issued_on = DateField(Text(vi="Ngày văn bản", en="Issued on"))
    kind = kind_field()
    summary = summary_field()
    signer = signer_field()
    recipients = TextField(Text(vi="Nơi nhận", en="Recipients"), rows=2, max_length=2000, required=False)
    copies = IntegerField(Text(vi="Số lượng bản", en="Copies"), most=100_000, required=False)
    answers_number = NumberField(
        Text(vi="Trả lời văn bản đến số", en="Answers incoming number"),
        hint=Text(
            vi="Số đến trong sổ của đơn vị, cùng năm hoặc năm trước; nghĩa vụ trả lời hoàn thành theo.",
            en="A number of the unit's register of the same year or the one before; the reply owed is completed by it.",
        ),
        required=False,
    )
    answers_year = IntegerField(
        Text(vi="Năm của số đến", en="Year of that number"),
        hint=Text(vi="Khi sổ của cả hai năm đều có số này.", en="Where the registers of both years have the number."),
        least=2000,
        most=2099,
        required=False,
    )
    kept_by = TextField(Text(vi="Đơn vị, người nhận bản lưu", en="Keeps the original"), max_length=200, required=False)
    urgency = urgency_field()
    secrecy = secrecy_field()
    transferred_on = transferred_field()
    note = TextField(Text(vi="Ghi chú", en="Note"), rows=2, max_length=1000, required=False)


class OutgoingForm(OutgoingFields):
    """A document to be registered: its whole symbol, or the notation to which the next number is joined."""

    unit = UnitField(Text(vi="Sổ của đơn vị", en="Register of"), as_of="issued_on")
    symbol = TextField(
        Text(vi="Số, ký hiệu", en="Symbol"),
        hint=Text(vi="Ghi đủ khi văn bản đã có số.", en="In full when the document has its number already."),
        example=both("6402/BNV-TCBC"),
        max_length=120,
        required=False,
    )
    notation = TextField(
        Text(vi="Hoặc ký hiệu, để lấy số tiếp theo", en="Or its notation, to take the next number"),
        example=both("BNV-TCBC"),
        max_length=80,
        required=False,
    )
    field_order = (
        *("unit", "issued_on", "symbol", "notation", "kind", "summary", "signer", "recipients"),
        *("copies", "kept_by", "urgency", "secrecy", "transferred_on", "answers_number", "answers_year", "note"),
    )

    def propose(self, number: str) -> None:
        """Say which number comes next."""
        hint = Text(vi="Số tiếp theo là {number}.", en="The next number is {number}.").format(number=number)
        self.fields["notation"].help_text = hint  # type: ignore[assignment]  # drawn as text

    def entry(self, in_reply_to_id: int | None) -> OutgoingEntry:
        data = self.cleaned_data
        plain = {name: data[name] for name in (*_TYPED, "symbol", "notation")}
        return OutgoingEntry(unit_id=data["unit"].pk, in_reply_to_id=in_reply_to_id, **plain)


_TYPED = (
    *("issued_on", "kind", "summary", "signer", "recipients", "copies", "note"),
    *("kept_by", "urgency", "secrecy", "transferred_on"),
)


class CorrectOutgoingForm(CorrectionForm, OutgoingFields):
    """A document to be corrected; the log keeps why."""

    symbol = TextField(Text(vi="Số, ký hiệu", en="Symbol"), max_length=120)
    reason = TextField(Text(vi="Lý do sửa", en="Reason"), rows=2, max_length=500, required=False)
    field_order = ("symbol",)

    def __init__(self, *args: Any, document: OutgoingDocument, tells_answered: bool = True, **kwargs: Any) -> None:
        known = {name: getattr(document, name) for name in (*_TYPED, "symbol")}
        answered = document.in_reply_to if tells_answered else None
        self.answered_year = answered.arrived_on.year if answered else None
        named = {"answers_number": answered.number if answered else "", "answers_year": self.answered_year}
        super().__init__(*args, initial={**known, **named}, **kwargs)
        offer_kind(self, document.kind)

    def changes(self, in_reply_to_id: int | None) -> dict[str, Any]:
        plain = {name: self.cleaned_data[name] for name in (*_TYPED, "symbol")}
        return {**plain, "in_reply_to_id": in_reply_to_id}


class SendForm(Form):
    """To whom a document goes."""

    to_unit = UnitField(Text(vi="Đơn vị nhận", en="Unit"), required=False)
    to_name = TextField(
        Text(vi="Hoặc cơ quan ngoài hệ thống", en="Or an organisation outside"), max_length=200, required=False
    )
    organ_id = TextField(
        Text(vi="Mã định danh của cơ quan ngoài", en="Its identification code"),
        example=both("000.00.01.H08"),
        max_length=35,
        required=False,
    )
    due_on = DateField(
        Text(vi="Thời hạn trả lời", en="Answer due"),
        hint=Text(vi="Ghi trong tệp thông điệp.", en="Said in the message file."),
        required=False,
    )
    page_amount = IntegerField(Text(vi="Số trang", en="Pages"), least=1, most=9999, required=False)


class ArrivalForm(Form):
    """When it arrived."""

    arrived_on = DateField(Text(vi="Ngày đến", en="Arrival"))


_TAKEN = Text(
    vi="PDF, Word, Excel, PowerPoint không có macro; ODF, RTF, ảnh, .txt, .csv, .xml, .zip. Nhiều nhất 50 MB.",
    en="PDF; Word, Excel and PowerPoint without macros; ODF, RTF, images, .txt, .csv, .xml, .zip. At most 50 MB.",
)


class AttachForm(Form):
    """A file to attach."""

    file = FileField(Text(vi="Tệp", en="File"), hint=_TAKEN, max_length=255)


class OffNetworkForm(Form):
    """How many documents of a month were handled off the network."""

    unit = UnitField(Text(vi="Đơn vị", en="Unit"))
    direction = ChoiceField(
        Text(vi="Sổ", en="Register"), choices=[(value.value, words) for value, words in DIRECTIONS.items()]
    )
    month = PartialDateField(Text(vi="Tháng", en="Month"), example=both("10/2024"))
    count = IntegerField(Text(vi="Số văn bản", en="Documents"), most=10_000_000)
    note = TextField(Text(vi="Ghi chú", en="Note"), rows=2, max_length=500, required=False)

    def clean_month(self) -> PartialDate:
        month: PartialDate = self.cleaned_data["month"]
        if month.month is None:
            words = Text(vi="Nhập cả tháng, ví dụ 10/2024.", en="Enter the month too, e.g. 10/2024.")
            raise ValidationError(str(words), code="month")
        return month


class OpenRegisterForm(Form):
    """A register of a year, beginning with the number at which the paper register stopped."""

    direction = ChoiceField(
        Text(vi="Sổ", en="Register"),
        choices=[
            *((value.value, words) for value, words in DIRECTIONS.items()),
            (Series.COPIES.value, SERIES[Series.COPIES]),
        ],
    )
    year = IntegerField(Text(vi="Năm", en="Year"), least=2000, most=2099)
    starting_number = IntegerField(
        Text(vi="Số bắt đầu", en="First number"),
        hint=Text(
            vi="Số mà văn bản đầu tiên ghi ở đây sẽ mang; 1 khi sổ mở từ đầu năm.",
            en="The number that the first document entered here will bear; 1 for a register that begins with the year.",
        ),
        least=1,
        most=99_999_999,
    )
