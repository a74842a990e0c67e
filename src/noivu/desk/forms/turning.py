"""The forms by which a document becomes tasks: what they share, and one for each task."""

from typing import Any, cast

from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.wording import Text, both
from noivu.desk.forms.documents import DueFields
from noivu.office.api import OfficerField
from noivu.records.api import urgency_field
from noivu.ui.forms import BooleanField, DateField, Form, TextField, UnitField
from noivu.work.api import Kind

MOST_TASKS = 20


class GivingForm(Form):
    """Who gives the tasks, and on which day."""

    assigner = TextField(Text(vi="Người giao", en="Assigner"), example=both("Bộ trưởng"), max_length=300)
    on = DateField(Text(vi="Ngày giao", en="Assigned on"))


class TaskRowForm(DueFields):
    """One task: what, who, by when. A row left empty is none."""

    title = TextField(Text(vi="Nội dung nhiệm vụ", en="Task"), rows=2, max_length=4000)
    lead = UnitField(Text(vi="Đơn vị chủ trì", en="Lead unit"))
    officer = OfficerField(Text(vi="Người thực hiện", en="Officer"), of=("lead",))
    product = TextField(Text(vi="Sản phẩm", en="Product"), example=both("Tờ trình"), max_length=500, required=False)
    urgency = urgency_field()
    confirmation_required = BooleanField(
        Text(vi="Hoàn thành khi người giao xác nhận", en="Done when the assigner confirms")
    )
    owed = Kind.TASK

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(OfficerField, self.fields["officer"]).prefix = str(self.prefix)
        self.fields["due_on"].label = Text(vi="Hạn hoàn thành", en="Due on")  # type: ignore[assignment]  # drawn as text
        counted = Text(vi="Đếm từ ngày sau ngày giao.", en="Counted from the day after the assignment.")
        self.fields["working_days"].help_text = counted  # type: ignore[assignment]  # drawn as text
        self.order_fields(["title", "lead", "officer", "due_on", "working_days", "rule", "product", "urgency"])


class TurningForm:
    """The whole page: what the tasks share, and as many tasks as were asked for."""

    def __init__(
        self, typed: Any, *, actor: Actor, first: dict[str, Any], number: int, wants_more: bool = False
    ) -> None:
        self.shared = GivingForm(typed, initial=first, prefix="all")
        self.number = max(1, min(number, MOST_TASKS))
        self.rows = [
            TaskRowForm(
                None if wants_more and f"task{place}-title" not in typed else typed,
                actor=actor,
                prefix=f"task{place}",
                initial=first if place == 1 else {"urgency": first["urgency"]},
                empty_permitted=place > 1,
                use_required_attribute=False,
            )
            for place in range(1, self.number + 1)
        ]

    def is_valid(self) -> bool:
        """Whether all of it can be read: each part is asked, so that each says what is wrong with it."""
        return all([self.shared.is_valid(), *(row.is_valid() for row in self.rows)])

    @property
    def errors(self) -> bool:
        return any(form.errors for form in (self.shared, *self.rows))

    @property
    def written(self) -> list[TaskRowForm]:
        """The rows in which something was written."""
        return [row for row in self.rows if not row.empty_permitted or row.has_changed()]

    @property
    def has_room(self) -> bool:
        return self.number < MOST_TASKS


def subject_of(document: Any) -> str:
    """The document as the head of the page names it."""
    symbol = f"{document.symbol}, " if document.symbol else ""
    return f"{symbol}{document.issuer}, {format_day(document.arrived_on)}"
