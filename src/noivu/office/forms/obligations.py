"""Forms of tasks, recommendations and sessions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from noivu.core import clock
from noivu.core.dates import format_day, parse_date
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text, both
from noivu.intake.api import ASSIGNER_UNIT
from noivu.law.api import RuleFields
from noivu.office.forms.officers import OfficerField
from noivu.records.api import secrecy_field, urgency_field
from noivu.ui.corrections import CorrectionForm
from noivu.ui.forms import BooleanField, ChoiceField, DateField, Form, IntegerField, TextField, UnitField
from noivu.units.api import find_unit
from noivu.work.api import Due
from noivu.work.constants import PRIORITIES

_MOST_DAYS = 999


def cooperating_field() -> TextField:
    return TextField(
        Text(vi="Đơn vị phối hợp", en="Cooperating units"),
        hint=Text(
            vi="Mã hoặc tên, mỗi dòng một đơn vị. Đơn vị có hạn riêng: ghi hạn sau dấu hai chấm, ví dụ "
            "VP-BNV: 20/10/2024; hạn này không muộn hơn hạn chung.",
            en="Codes or names, one on a line. A unit with a due date of its own: the date after a colon, such as "
            "VP-BNV: 20/10/2024; it is not later than that of the whole.",
        ),
        rows=2,
        max_length=2000,
        required=False,
    )


class DueForm(RuleFields):
    """What forms with a due date share: by hand, or counted in working days; never both."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = [name for name in ("due_on", "working_days", "rule") if cleaned.get(name)]
        if len(given) > 1:
            both_given = Text(vi="Hạn được nhập theo cả hai cách.", en="The due date is given in two ways.")
            keep_one = Text(vi="Giữ một trong hai.", en="Keep one of them.")
            self.refuse(Refusal(what=both_given, do=keep_one, where=given[-1], code="both"))
        self._require_past(cleaned.get("arises_on"))
        return cleaned

    def _require_past(self, first: Any) -> None:
        """The first day cannot be still to come: registers hold what has happened."""
        if isinstance(first, date) and first > clock.today():
            ahead = Text(vi=f"Ngày {format_day(first)} chưa đến.", en=f"{format_day(first)} is still to come.")
            earlier = Text(vi="Nhập ngày hôm nay hoặc ngày trước đó.", en="Enter today or an earlier day.")
            self.refuse(Refusal(what=ahead, do=earlier, where="arises_on", code="future"))

    @property
    def due(self) -> Due | None:
        """The due date as typed; None: without one."""
        cleaned = self.cleaned_data
        if cleaned.get("working_days") is not None:
            return Due(working_days=cleaned["working_days"])
        by_rule = self.by_rule
        return Due(on=cleaned.get("due_on"), **by_rule) if cleaned.get("due_on") or by_rule else None


class CountedAsRecorded(DueForm):
    """Over a form of entering, where what stands is put right: as many working days as it was given can be said too,
    although a new one is not counted so. Nothing loses its date because its words change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("working_days") and "working_days" not in self.fields:
            self.fields["working_days"] = _working_days()


def _code(example: str) -> TextField:
    return TextField(
        Text(vi="Mã", en="Code"),
        hint=Text(vi="Đề xuất theo sổ của đơn vị trong năm; có thể sửa.", en="Proposed; may be changed."),
        example=both(example),
        max_length=80,
    )


def _due_on(label: Text) -> DateField:
    return DateField(
        label,
        hint=Text(vi="Bỏ trống nếu không có hạn, hoặc khi tính theo ngày.", en="Empty: no deadline, or counted."),
        required=False,
    )


def _working_days() -> IntegerField:
    return IntegerField(
        Text(vi="Hoặc số ngày làm việc", en="Or working days"),
        hint=Text(vi="Tính từ ngày hôm sau theo lịch làm việc.", en="Counted from the next day on."),
        least=1,
        most=_MOST_DAYS,
        required=False,
    )


def _priority() -> ChoiceField:
    return ChoiceField(
        Text(vi="Ưu tiên", en="Priority"),
        choices=[("", Text(vi="Không đánh dấu", en="None")), *PRIORITIES.items()],
        required=False,
    )


def _parent() -> TextField:
    return TextField(
        Text(vi="Thuộc nhiệm vụ", en="Part of"),
        hint=Text(
            vi="Mã nhiệm vụ cha, nếu là một phần của nhiệm vụ; hạn không muộn hơn hạn nhiệm vụ cha.",
            en="The code of the whole, if this is a part of one; it is not due later.",
        ),
        max_length=80,
        required=False,
    )


def _reason() -> TextField:
    return TextField(
        Text(vi="Lý do sửa", en="Reason of the correction"),
        hint=Text(vi="Thông tin cũ được giữ trong nhật ký.", en="What was recorded before stays in the log."),
        max_length=1000,
    )


class TaskForm(DueForm):
    """A task to be assigned."""

    title = TextField(Text(vi="Nội dung nhiệm vụ", en="Task"), rows=3, max_length=4000)
    assigner = TextField(Text(vi="Người giao", en="Assigner"), example=both("Bộ trưởng"), max_length=300)
    parent = _parent()
    source_symbol = TextField(
        Text(vi="Văn bản giao", en="Source document"),
        hint=Text(vi="Số, ký hiệu văn bản giao việc, nếu có.", en="Its symbol, if there is one."),
        max_length=120,
        required=False,
    )
    arises_on = DateField(Text(vi="Ngày giao", en="Assigned on"))
    lead = UnitField(
        Text(vi="Đơn vị chủ trì", en="Lead unit"),
        as_of="arises_on",
        hint=Text(vi="Một nhiệm vụ có một đơn vị chủ trì. Nhập mã hoặc tên.", en="One task has one. Code or name."),
    )
    cooperating = cooperating_field()
    assigned_to = OfficerField(Text(vi="Người thực hiện", en="Officer"), of=("lead",))
    due_on = _due_on(Text(vi="Hạn hoàn thành", en="Due on"))
    working_days = _working_days()
    product = TextField(Text(vi="Sản phẩm", en="Product"), example=both("Tờ trình"), max_length=500, required=False)
    measure = TextField(Text(vi="Cách đo", en="Measure"), max_length=300, required=False)
    confirmation_required = BooleanField(
        Text(vi="Hoàn thành khi người giao xác nhận", en="Done when the assigner confirms")
    )
    field = TextField(Text(vi="Lĩnh vực", en="Field"), max_length=200, required=False)
    urgency = urgency_field()
    priority = _priority()
    secrecy = secrecy_field()
    code = _code("NV-2024-0151")
    note = TextField(Text(vi="Ghi chú", en="Note"), rows=2, max_length=4000, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            cleaned["helping"] = helping_units(cleaned.get("cooperating", ""), cleaned.get("arises_on"))
        except Refusal as refusal:
            self.add_error("cooperating", str(refusal))
        return cleaned


class TaskCorrectionForm(CorrectionForm, CountedAsRecorded, TaskForm):
    """A task put right. The unit that owes it changes by a transfer, which has its own day and reason."""

    lead = None  # type: ignore[assignment]  # how the framework takes a field of the parent away
    parent = None  # type: ignore[assignment]  # a part stays a part of its whole
    reason = _reason()


class RecommendationForm(DueForm):
    """A recommendation to be answered."""

    title = TextField(Text(vi="Nội dung kiến nghị", en="Recommendation"), rows=4, max_length=8000)
    origin = TextField(
        Text(vi="Nơi chuyển", en="Origin"), example=both("Đoàn đại biểu Quốc hội tỉnh Nghệ An"), max_length=300
    )
    session = ChoiceField(Text(vi="Kỳ họp", en="Session"), choices=[], required=False)
    arises_on = DateField(Text(vi="Ngày nhận", en="Received on"))
    unit = UnitField(Text(vi="Đơn vị trả lời", en="Answering unit"), as_of="arises_on")
    assigner_unit = UnitField(ASSIGNER_UNIT.label, as_of="arises_on", hint=ASSIGNER_UNIT.help, required=False)
    parent = _parent()
    assigned_to = OfficerField(Text(vi="Người thực hiện", en="Officer"))
    field = TextField(Text(vi="Lĩnh vực", en="Field"), max_length=200, required=False)
    due_on = _due_on(Text(vi="Hạn trả lời", en="Answer due"))
    urgency = urgency_field()
    priority = _priority()
    secrecy = secrecy_field()
    code = _code("KN-2024-0151")
    note = TextField(Text(vi="Ghi chú", en="Note"), rows=2, max_length=4000, required=False)

    def __init__(self, *args: Any, sessions: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = Text(vi="Không thuộc kỳ họp nào", en="None")
        self.offer("session", [("", none), *sessions])


class RecommendationCorrectionForm(CorrectionForm, CountedAsRecorded, RecommendationForm):
    """A recommendation put right: who assigned it, and of what it is a part, is said once."""

    unit = None  # type: ignore[assignment]  # how the framework takes a field of the parent away
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("assigner_unit", "parent"):
            if self.initial.get(name):
                del self.fields[name]


class SessionForm(Form):
    """A session, and when its recommendations are reported."""

    code = TextField(Text(vi="Mã kỳ họp", en="Code"), example=both("QH15-K7"), max_length=60)
    unit = UnitField(
        Text(vi="Đơn vị", en="Unit"),
        hint=Text(
            vi="Dùng cho đơn vị này và cấp dưới. Bỏ trống: kỳ họp chung của mọi đơn vị.",
            en="For this unit and those below. Empty: for every unit.",
        ),
        required=False,
    )
    name = TextField(Text(vi="Tên kỳ họp", en="Name"), example=both("Kỳ họp thứ 7, Quốc hội khóa XV"), max_length=300)
    starts_on = DateField(Text(vi="Khai mạc", en="Opens on"), required=False)
    ends_on = DateField(Text(vi="Bế mạc", en="Closes on"), required=False)
    reported_from = DateField(
        Text(vi="Báo cáo từ ngày", en="Reported from"),
        hint=Text(
            vi="Kiến nghị được tính trong các kỳ có ngày cuối từ ngày này.",
            en="Its recommendations count in periods whose last day is this day or later.",
        ),
        required=False,
    )
    reported_to = DateField(
        Text(vi="Thôi báo cáo từ ngày", en="Reported until"),
        hint=Text(vi="Ngày này không còn tính. Bỏ trống: chưa định.", en="This day no longer counts. Empty: open."),
        required=False,
    )


class SessionCorrectionForm(CorrectionForm, SessionForm):
    """A session whose name or dates are set; its code and unit stay."""

    unit = None  # type: ignore[assignment]  # how the framework takes a field of the parent away


def helping_units(typed: str, on: date | None) -> dict[int, date | None]:
    """The units named on the lines, as of a day, each with the due date of its own or without; a Refusal says which is
    unknown."""
    lines = [nfc(line) for line in typed.replace(";", "\n").splitlines()]
    found: dict[int, date | None] = {}
    for line in filter(None, lines):
        name, _, due = line.partition(":")
        unit = find_unit(name.partition(UnitField.SEPARATOR)[0].strip(), on or clock.today())
        found[unit.pk] = parse_date(due.strip()) if due.strip() else None
    return found
