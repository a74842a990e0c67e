"""The register of acts."""

from django.http import HttpRequest
from django.urls import reverse

from noivu.audit.actions import actions, kinds
from noivu.audit.queries import HistoryLine
from noivu.core.wording import Text
from noivu.ui.page import words_of_instant
from noivu.ui.tables import Choice, ChoiceFilter, Column, DateFilter, Register, TextFilter

WITHHELD = Text(vi="Hạn chế phổ biến", en="Restricted")


def _actions(request: HttpRequest) -> list[Choice]:
    return sorted((Choice(action.code, action.wording) for action in actions), key=lambda choice: str(choice.label))


def _kinds(request: HttpRequest) -> list[Choice]:
    return sorted((Choice(kind, name) for kind, name in kinds.items()), key=lambda choice: str(choice.label))


def _reason(line: HistoryLine) -> Text | str | None:
    return WITHHELD if line.is_withheld else line.reason or None


LOG = Register(
    code="audit.log",
    columns=(
        Column("number", Text(vi="Số", en="Number"), css="c-no num"),
        Column(
            "recorded_at",
            Text(vi="Lúc", en="At"),
            css="c-time",
            sort="recorded_at",
            cell=lambda line: words_of_instant(line.recorded_at),
        ),
        Column("wording", Text(vi="Việc", en="Act"), css="about"),
        Column("actor_name", Text(vi="Người làm", en="By"), css="c-from", cell=lambda line: line.actor_name or None),
        Column("unit_code", Text(vi="Đơn vị", en="Unit"), css="c-unit", cell=lambda line: line.unit_code or None),
        Column("thing", Text(vi="Đối tượng", en="Thing"), css="c-due", cell=lambda line: line.thing or None),
        Column("reason", Text(vi="Lý do", en="Reason"), css="c-reply", cell=_reason),
    ),
    row_key=lambda line: str(line.entry_id),
    row_href=lambda line: reverse("audit:entry", args=[line.entry_id]),
    noun=Text(vi="{n} bút toán", en="{n} entry||{n} entries"),
    filters=(
        ChoiceFilter("action", Text(vi="Việc", en="Act"), choices=_actions),
        DateFilter("day", Text(vi="Ngày ghi", en="Day")),
        TextFilter("unit", Text(vi="Mã đơn vị", en="Unit code")),
        ChoiceFilter("kind", Text(vi="Loại đối tượng", en="Kind of thing"), choices=_kinds, is_more=True),
        TextFilter("object", Text(vi="Đối tượng (loại/mã)", en="Thing (kind/id)"), is_more=True),
    ),
    has_search=False,
    sorts=("recorded_at",),
    default_sort="-recorded_at",
)
