"""Fields that forms of documents share, here and in the room above."""

from typing import Any

from django.core.exceptions import ValidationError

from noivu.core.refusals import Refusal
from noivu.core.secrecy import SECRECIES
from noivu.core.wording import Text, both
from noivu.records.constants import URGENCIES
from noivu.records.document_kinds import document_kinds
from noivu.records.numbers import read_register_number
from noivu.ui.forms import ChoiceField, DateField, Form, TextField


class NumberField(TextField):
    """A number in a register: 12, or 12a for one inserted between two others."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_register_number(typed)
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal


def kind_field(*, required: bool = True) -> ChoiceField:
    """The type of a document, out of the table of types."""
    none = [] if required else [("", both("–"))]
    choices = [*none, *((kind.code, kind.label) for kind in document_kinds())]
    return ChoiceField(Text(vi="Loại văn bản", en="Type of document"), choices=choices, required=required)


def offer_kind(form: Form, kind: str) -> None:
    """Offer a type that is not in the table where the document bears it already."""
    field = form.fields["kind"]
    if kind and kind not in dict(field.choices):  # type: ignore[attr-defined]  # it is a ChoiceField
        field.choices = [*field.choices, (kind, kind)]  # type: ignore[attr-defined]  # as above


def summary_field() -> TextField:
    return TextField(Text(vi="Trích yếu nội dung", en="Summary"), rows=3, max_length=2000)


def signer_field() -> TextField:
    return TextField(Text(vi="Người ký", en="Signer"), max_length=200, required=False)


def urgency_field() -> ChoiceField:
    choices = [("", Text(vi="Thường", en="Ordinary")), *((code.value, label) for code, label in URGENCIES.items())]
    return ChoiceField(Text(vi="Độ khẩn", en="Urgency"), choices=choices, required=False)


def secrecy_field() -> ChoiceField:
    choices = [("", both("–")), *((code.value, label) for code, label in SECRECIES.items())]
    return ChoiceField(Text(vi="Độ mật", en="Secrecy"), choices=choices, required=False)


def transferred_field() -> DateField:
    return DateField(Text(vi="Ngày chuyển", en="Handed on"), required=False)


class ReasonForm(Form):
    """Why."""

    reason = TextField(Text(vi="Lý do", en="Reason"), rows=2, max_length=500)


class RecallForm(Form):
    """Whether a recall is followed."""

    agrees = ChoiceField(
        Text(vi="Trả lời", en="Answer"),
        choices=[
            ("yes", Text(vi="Hủy bản đã nhận và báo nơi gửi", en="Destroy the copy and tell the sender")),
            ("no", Text(vi="Từ chối thu hồi", en="Refuse")),
        ],
    )
    reason = TextField(Text(vi="Lý do từ chối", en="Reason to refuse"), rows=2, max_length=500, required=False)
