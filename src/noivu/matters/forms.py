"""What is typed about legal texts, and to hand over what an officer holds."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.law.api import RuleFields
from noivu.matters.entering import LegalFacts
from noivu.ui.corrections import CorrectionForm
from noivu.ui.forms import BooleanField, ChoiceField, DateField, Form, TextField, UnitField
from noivu.work.api import Due, DueLine, Received, kind_of


class _TextFields(RuleFields):
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
    product = TextField(Text(vi="Sản phẩm", en="Product"), max_length=500, required=False)
    measure = TextField(Text(vi="Cách đo", en="Measure"), max_length=300, required=False)
    note = TextField(Text(vi="Ghi chú", en="Note"), rows=2, max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("due_on") and cleaned.get("rule"):
            twice = Text(vi="Hạn được nhập theo cả hai cách.", en="The due date is given in two ways.")
            self.refuse(Refusal(what=twice, do=Text(vi="Giữ một.", en="Keep one."), where="rule", code="both"))
        return cleaned

    @property
    def due(self) -> Due | None:
        day = self.cleaned_data["due_on"]
        return Due(on=day, **self.by_rule) if day or self.by_rule else None

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


class HandOverForm(Form):
    """Which of what an officer holds goes, to whom, and why: all of it at first; `lines` is the list that is shown."""

    came = ChoiceField(Text(vi="Chỉ bàn giao", en="Hand over only"), choices=[], required=False)
    to = ChoiceField(Text(vi="Người nhận", en="Who receives it"), choices=[])
    reason = TextField(Text(vi="Lý do", en="Reason"), max_length=500)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, people: Mapping[str, str], lines: Sequence[DueLine], received: Sequence[Received], **rest: Any
    ) -> None:
        self.lines, self._received = lines, received
        self._now_seen = hashlib.sha256(repr(sorted(line.id for line in lines)).encode()).hexdigest()
        super().__init__(*args, initial={"seen": self._now_seen}, **rest)
        self.offer("to", [("", Text(vi="Chọn một người", en="Choose a person")), *people.items()])
        whole = Text(vi="Không giới hạn", en="No limit")
        self.offer("came", [("", whole), *((str(place), _came(one)) for place, one in enumerate(received))])
        if not received:
            del self.fields["came"]
        for kind, number in Counter(line.kind for line in lines).items():
            words = Text(vi="{kind}: {n} việc", en="{kind}: {n}").format(kind=kind_of(kind).label, n=number)
            self.fields[f"kind_{kind}"] = BooleanField(words, initial=True)
        self.order_fields([name for name in self.fields if name.startswith("kind_")])

    @property
    def chosen(self) -> list[int]:
        """The keys of what goes."""
        given = self.cleaned_data
        limit = self._received[int(given["came"])].keys if given.get("came") else None
        return [line.id for line in self.lines if given[f"kind_{line.kind}"] and (limit is None or line.id in limit)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("seen") != self._now_seen:
            typed = cast(QueryDict, self.data).copy()
            typed["seen"] = self._now_seen
            self.data = typed
            changed = Text(
                vi="Danh sách việc đã đổi sau khi mở trang.", en="The list changed after the page was opened."
            )
            look = Text(vi="Xem lại danh sách rồi bàn giao.", en="Look at the list again, then hand over.")
            self.refuse(Refusal(what=changed, do=look, code="changed_meanwhile"))
        return cleaned


def _came(one: Received) -> Text:
    day, number = format_day(timezone.localdate(one.at)), len(one.keys)
    return Text(
        vi=f"việc nhận từ {one.giver} ngày {day} ({number} việc)", en=f"what came from {one.giver} on {day} ({number})"
    )
