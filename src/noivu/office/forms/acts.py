"""Forms of what happens to an obligation, of whatever kind."""

from typing import Any

from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.matters.api import LEGAL_STAGES, rules_to_pass_back, stages_after
from noivu.office.forms.obligations import cooperating_field, helping_units
from noivu.office.forms.officers import OfficerField
from noivu.office.forms.seen import ActForm
from noivu.ui.forms import ChoiceField, DateField, TextField, UnitField
from noivu.work.api import Obligation, kind_of


def _on(label: Text) -> DateField:
    return DateField(label)


def _reason(*, required: bool = True) -> TextField:
    return TextField(Text(vi="Lý do", en="Reason"), rows=2, max_length=1000, required=required)


class AssignForm(ActForm):
    """To whom."""

    unit = UnitField(Text(vi="Đơn vị xử lý", en="Assigned unit"), as_of="on")
    officer = OfficerField(Text(vi="Người xử lý", en="Officer"))
    on = _on(Text(vi="Ngày phân công", en="Assigned on"))
    note = TextField(Text(vi="Ý kiến chỉ đạo", en="Instruction"), rows=2, max_length=1000, required=False)


class BulkAssignForm(AssignForm):
    """To whom, and by when: the same day for all of them."""

    due_on = DateField(
        Text(vi="Hạn chung", en="Due date for all"),
        hint=Text(vi="Bỏ trống để giữ hạn đang có của từng việc.", en="Left empty, each keeps its due date."),
        required=False,
    )
    reason = TextField(
        Text(vi="Lý do dời hạn", en="Why due dates move"),
        hint=Text(
            vi="Khi có việc đang có hạn khác: việc đó được gia hạn.",
            en="Where one has another due date: it is extended.",
        ),
        rows=2,
        max_length=1000,
        required=False,
    )
    field_order = ("unit", "officer", "due_on", "reason", "on", "note")
    left_out: frozenset[int] = frozenset()
    """Those that changed meanwhile: shown without a tick."""


class HelpersForm(ActForm):
    """Which units help with a reply, each by its day where one is set."""

    cooperating = cooperating_field()
    on = _on(Text(vi="Ngày phân công", en="Assigned on"))
    reason = TextField(Text(vi="Ý kiến chỉ đạo", en="Instruction"), rows=2, max_length=1000, required=False)

    def clean_cooperating(self) -> str:
        typed = str(self.cleaned_data["cooperating"])
        try:
            self.helping = helping_units(typed, None)
        except Refusal as refusal:
            self.add_error("cooperating", str(refusal))
        return typed


class TransferForm(ActForm):
    """To which unit, from which day, and why."""

    unit = UnitField(
        Text(vi="Đơn vị mới", en="New unit"),
        as_of="on",
        hint=Text(
            vi="Từ ngày này mục được tính cho đơn vị mới; các ngày trước giữ nguyên.",
            en="From that day on it counts for the new unit; earlier days stay as they were.",
        ),
    )
    on = _on(Text(vi="Ngày chuyển", en="Transferred on"))
    reason = _reason()


class ExtensionForm(ActForm):
    """Until when, and why."""

    due_on = DateField(Text(vi="Hạn mới", en="New due date"))
    on = _on(Text(vi="Ngày cho gia hạn", en="Extended on"))
    reason = _reason()


class RequestForm(ActForm):
    """Until when one asks to have time, and why."""

    due_on = DateField(Text(vi="Hạn đề nghị", en="Date asked for"))
    on = _on(Text(vi="Ngày đề nghị", en="Asked on"))
    reason = _reason()


class OfferForm(ActForm):
    """Until when the assigner would give time, and why."""

    due_on = DateField(Text(vi="Hạn đề xuất", en="Proposed date"))
    on = _on(Text(vi="Ngày trả lời", en="Answered on"))
    reason = _reason()


class DayAndWordsForm(ActForm):
    """On which day; words where there is something to say."""

    on = _on(Text(vi="Ngày", en="Day"))
    reason = TextField(Text(vi="Ý kiến", en="Remark"), rows=2, max_length=1000, required=False)


class ResumeForm(ActForm):
    """From which day the clock runs again, and until when: the due date moved by the suspension, or another."""

    on = _on(Text(vi="Ngày tiếp tục", en="Resumed on"))
    due_on = DateField(
        Text(vi="Hạn sau khi tiếp tục", en="Due date from then on"),
        hint=Text(
            vi="Hạn dời theo số ngày tạm dừng. Bỏ trống để tính theo ngày tiếp tục; hạn khác phải nêu lý do.",
            en="The due date moves by the days of the suspension. Leave empty to count from the day above; another "
            "date needs a reason.",
        ),
        required=False,
    )
    reason = _reason(required=False)

    def require_seen(self, due_on: Any) -> None:
        """Where the day was changed, the due date shown was counted from another one: it is told before it is saved."""
        self.refuse(
            Refusal(
                what=Text(
                    vi=f"Tiếp tục từ ngày này thì hạn là {format_day(due_on)}.",
                    en=f"Resumed on that day, it is due on {format_day(due_on)}.",
                ),
                do=Text(vi="Nhập ngày đó hoặc bỏ trống ô hạn.", en="Enter that day, or leave the field empty."),
                where="due_on",
                code="due_moved",
            )
        )


class DayAndReasonForm(ActForm):
    """On which day, and why."""

    on = _on(Text(vi="Ngày", en="Day"))
    reason = _reason()


class DayAndNoteForm(ActForm):
    """On which day; a note where there is something to say."""

    on = _on(Text(vi="Ngày", en="Day"))
    note = TextField(Text(vi="Ghi chú", en="Note"), rows=2, max_length=1000, required=False)


class DayForm(ActForm):
    """On which day."""

    on = _on(Text(vi="Ngày", en="Day"))


class ReasonForm(ActForm):
    """Why."""

    reason = _reason()


class ReplyForm(ActForm):
    """What answers the document: its symbol; the day where the symbol is not in the register of documents out."""

    symbol = TextField(
        Text(vi="Số, ký hiệu văn bản trả lời", en="Symbol of the reply"),
        hint=Text(
            vi="Văn bản đã có trong sổ văn bản đi được nối với văn bản đến này.",
            en="A document that stands in the register of documents out is linked to this one.",
        ),
        example=both("6402/BNV-TCBC"),
        max_length=120,
    )
    on = DateField(
        Text(vi="Ngày văn bản trả lời", en="Day of the reply"),
        hint=Text(
            vi="Bỏ trống khi văn bản đã có trong sổ văn bản đi.",
            en="Leave empty when the document stands in the register of documents out.",
        ),
        required=False,
    )

    def require_day(self) -> None:
        """A symbol that is not in the register needs its day."""
        if self.cleaned_data.get("on") is None:
            self.refuse(
                Refusal(
                    what=Text(
                        vi="Sổ văn bản đi của đơn vị không có ký hiệu này.",
                        en="The unit's register of documents out does not hold this symbol.",
                    ),
                    do=Text(vi="Nhập ngày của văn bản trả lời.", en="Enter the day of the reply."),
                    where="on",
                    code="required",
                )
            )


class DeclineForm(ActForm):
    """Why it is passed back or turned down, on which day, by which paper; and by when it was to go back."""

    on = _on(Text(vi="Ngày", en="Day"))
    reason = _reason()
    symbol = TextField(Text(vi="Số, ký hiệu văn bản", en="Symbol of the paper"), max_length=120, required=False)
    rule = ChoiceField(Text(vi="Thời hạn trả lại", en="To be passed back within"), choices=[], required=False)

    def fit(self, obligation: Obligation) -> None:
        rules = rules_to_pass_back(obligation)
        if rules:
            self.offer("rule", [("", Text(vi="Không theo quy định", en="No rule")), *rules])
        else:
            del self.fields["rule"]


class AnswerForm(ActForm):
    """What answers a recommendation, a question or a finding, or the report that was due."""

    symbol = TextField(Text(vi="Số, ký hiệu văn bản", en="Symbol of the paper"), max_length=120)
    on = _on(Text(vi="Ngày trả lời, ngày gửi", en="Answered or sent on"))
    result = ChoiceField(Text(vi="Kết quả", en="Result"), choices=[])

    def fit(self, obligation: Obligation) -> None:
        results = kind_of(obligation.kind).results
        if results:
            self.offer("result", results)
        else:
            del self.fields["result"]


def with_today(form: type[ActForm], data: Any, today: Any, **initial: Any) -> ActForm:
    """A form whose day is today until another is typed."""
    days = {"on": today} if "on" in form.base_fields and form is not ReplyForm else {}
    return form(data, initial={**days, **initial})


class AdvanceForm(ActForm):
    """To which stage a legal text came, and what goes with it."""

    stage = ChoiceField(
        Text(vi="Bước", en="Stage"), choices=[(stage.value, label) for stage, label in LEGAL_STAGES.items()]
    )
    on = _on(Text(vi="Ngày", en="Day"))
    to = TextField(
        Text(vi="Nơi trình", en="Submitted to"),
        hint=Text(vi="Khi trình. Bỏ trống: theo chương trình.", en="When submitted. Empty: as the programme says."),
        max_length=300,
        required=False,
    )
    symbol = TextField(
        Text(vi="Số, ký hiệu", en="Symbol"),
        hint=Text(vi="Khi ban hành.", en="When it is issued."),
        max_length=120,
        required=False,
    )
    until = DateField(
        Text(vi="Hạn góp ý", en="Opinions due"),
        hint=Text(vi="Khi lấy ý kiến.", en="When opinions are asked."),
        required=False,
    )
    reason = _reason(required=False)

    def fit(self, obligation: Obligation) -> None:
        """Offer what may follow. Any stage may be sent: where it no longer follows, the act says why."""
        self.fields["stage"].widget.choices = [(stage.value, LEGAL_STAGES[stage]) for stage in stages_after(obligation)]
