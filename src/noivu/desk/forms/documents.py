"""Forms of the register of incoming documents."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import RuleFields
from noivu.matters.api import rules_offered
from noivu.office.api import OfficerField
from noivu.records.api import (
    IncomingDocument,
    IncomingEntry,
    NumberField,
    kind_field,
    offer_kind,
    secrecy_field,
    signer_field,
    summary_field,
    transferred_field,
    urgency_field,
)
from noivu.ui.corrections import CorrectionForm
from noivu.ui.forms import BooleanField, DateField, Form, IntegerField, TextField, UnitField
from noivu.work.api import Assignee, Due, Kind

MOST_WORKING_DAYS = 400
GENERAL_RULE = "reply"
"""The rule of law for every document that awaits a reply (`law/parameters/deadlines.yaml`)."""


class DueFields(RuleFields):
    """A due date: by hand, by a rule, or as so many working days."""

    owed: str = Kind.REPLY

    due_on = DateField(Text(vi="Hạn trả lời", en="Reply due"), required=False)
    working_days = IntegerField(
        Text(vi="Hoặc số ngày làm việc", en="Or working days"),
        hint=Text(vi="Đếm từ ngày sau ngày đến.", en="Counted from the day after the arrival."),
        least=1,
        most=MOST_WORKING_DAYS,
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rules(partial(rules_offered, actor, self.owed), "arrived_on")
        self.fields.pop("counted_from", None)
        rule: Any = self.fields.get("rule")
        if rule and self.owed == Kind.REPLY and GENERAL_RULE not in dict(rule.choices):
            rule.help_text = _no_general_rule()

    @property
    def due(self) -> Due | None:
        """What was chosen."""
        data = self.cleaned_data
        if data.get("working_days"):
            return Due(working_days=data["working_days"])
        by_rule = self.by_rule
        return Due(on=data.get("due_on"), **by_rule) if data.get("due_on") or by_rule else None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if sum(bool(data.get(name)) for name in ("due_on", "working_days", "rule")) > 1:
            self.refuse(
                Refusal(
                    what=Text(vi="Hạn được ghi theo hai cách.", en="The due date is given in two ways."),
                    do=Text(vi="Chỉ giữ một cách.", en="Keep one of them."),
                    where="due_on",
                    code="two_ways",
                )
            )
        return data


def _no_general_rule() -> str:
    """The law sets no general time to reply: the form says so, and where an office enters that of its regulation."""
    said = Text(
        vi="Chưa có thời hạn trả lời chung: pháp luật không quy định. Có trong quy chế của cơ quan thì",
        en="There is no general time to reply: the law sets none. Where the office's regulation does,",
    )
    enter = Text(vi="nhập giá trị kèm văn bản", en="enter the value with its instrument")
    return format_html(
        '{} <a href="{}">{}</a>.', said, reverse("law:parameter", args=[f"deadline.{GENERAL_RULE}"]), enter
    )


class DocumentFields(Form):
    """What stands on the document."""

    arrived_on = DateField(Text(vi="Ngày đến", en="Arrival"))
    symbol = TextField(Text(vi="Số, ký hiệu", en="Symbol"), max_length=120, required=False)
    issued_on = DateField(Text(vi="Ngày văn bản", en="Issued on"), required=False)
    issuer = TextField(Text(vi="Cơ quan gửi", en="Issuer"), max_length=300)
    kind = kind_field(required=False)
    summary = summary_field()
    signer = signer_field()
    urgency = urgency_field()
    secrecy = secrecy_field()
    transferred_on = transferred_field()
    note = TextField(Text(vi="Ghi chú", en="Note"), rows=2, max_length=1000, required=False)


class RegisterForm(DocumentFields, DueFields):
    """A document to be registered."""

    unit = UnitField(Text(vi="Sổ của đơn vị", en="Register of"), as_of="arrived_on")
    assigned_unit = UnitField(Text(vi="Đơn vị xử lý", en="Assigned unit"), as_of="arrived_on", required=False)
    assigned_to = OfficerField(Text(vi="Người xử lý", en="Officer"), of=("assigned_unit", "unit"))
    number = NumberField(
        Text(vi="Số đến", en="Number"),
        hint=Text(
            vi="Bỏ trống để lấy số tiếp theo; số chèn giữa hai số có chữ, ví dụ 12a.",
            en="Leave empty for the next one; a number inserted between two bears a letter, e.g. 12a.",
        ),
        required=False,
    )
    reply_required = BooleanField(Text(vi="Phải trả lời", en="Reply required"))
    is_another = BooleanField(Text(vi="Đây là văn bản khác, vẫn vào sổ", en="It is another document: register it"))

    field_order = (
        *("unit", "arrived_on", "number", "symbol", "issued_on", "issuer", "kind", "summary", "signer"),
        *("urgency", "secrecy", "transferred_on"),
        *("assigned_unit", "assigned_to", "reply_required", "due_on", "working_days", "rule", "note", "is_another"),
    )

    def propose(self, number: str) -> None:
        """Say which number comes next."""
        hint = Text(
            vi="Số tiếp theo là {number}. Bỏ trống để lấy số đó; số chèn giữa hai số có chữ, ví dụ 12a.",
            en="The next one is {number}. Leave empty to take it; an inserted number bears a letter, e.g. 12a.",
        )
        self.fields["number"].help_text = hint.format(number=number)  # type: ignore[assignment]  # drawn as text

    def hide_warning(self) -> None:
        """The box is there only once the document looks registered already."""
        if "is_another" not in self.data:
            del self.fields["is_another"]

    def warn_of(self, same: list[IncomingDocument]) -> None:
        """The same symbol and issuer stand in the register of the year already."""
        numbers = ", ".join(_told(document) for document in same)
        self.fields["is_another"] = self.base_fields["is_another"]
        self.refuse(
            Refusal(
                what=Text(
                    vi=f"Sổ đã có văn bản cùng số, ký hiệu và cơ quan gửi: số đến {numbers}.",
                    en=f"The register holds a document of the same symbol and issuer: number {numbers}.",
                ),
                do=Text(
                    vi="Mở văn bản đó, hoặc đánh dấu đây là văn bản khác rồi lưu lại.",
                    en="Open that one, or tick that this is another and save again.",
                ),
                where="is_another",
                code="same",
            )
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("reply_required") and any(data.get(n) for n in ("due_on", "working_days", "rule")):
            data["reply_required"] = True  # a due date says that a reply is owed
        return data

    def entry(self, to: Assignee) -> IncomingEntry:
        """What was typed, as the register takes it; `to`: whom the field of the officer means."""
        data = self.cleaned_data
        plain = {name: data[name] for name in _TYPED}
        return IncomingEntry(
            unit_id=data["unit"].pk,
            assigned_unit_id=to.unit_id if data["assigned_unit"] else None,
            assigned_to=to.name,
            assigned_officer=to.officer,
            number=data["number"],
            **plain,
        )


_TYPED = (
    *("arrived_on", "symbol", "issued_on", "issuer", "kind", "summary"),
    *("signer", "note", "urgency", "secrecy", "transferred_on"),
)


def _told(document: IncomingDocument) -> str:
    day = f" (ngày {format_day(document.issued_on)})" if document.issued_on else ""
    return f"{document.number}{day}"


class CorrectForm(CorrectionForm, DocumentFields):
    """A document to be corrected; the log keeps why. Who handles it is changed by assigning it."""

    reason = TextField(Text(vi="Lý do sửa", en="Reason"), rows=2, max_length=500, required=False)

    def __init__(self, *args: Any, document: IncomingDocument, **kwargs: Any) -> None:
        known = {name: getattr(document, name) for name in _TYPED}
        super().__init__(*args, initial=known, **kwargs)
        offer_kind(self, document.kind)

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in _TYPED}
