"""The registers of tasks (sổ nhiệm vụ) and of recommendations (sổ kiến nghị cử tri), and what waits for the reader."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from noivu.core.wording import Text
from noivu.office.boards import BOARD_AND_MONTH
from noivu.office.queries.mine import INSTEAD, MINE, OF_UNIT, TO_CONFIRM
from noivu.office.queries.registers import ALL, CUTS, Facet, ObligationPage
from noivu.records.constants import URGENCIES
from noivu.ui.tables import BulkVerb, Choice, ChoiceFilter, Column, Cut, DateFilter, Register, State, TextFilter
from noivu.ui.tables.filters import Filter
from noivu.units.api import Tree
from noivu.work.constants import PRIORITIES, RESULTS, STATUSES, TIMELINESS, TIMELINESS_SHAPES, Kind, Status, Timeliness

_ALWAYS = (ALL, "completed", "in_time", "overdue")
"""Parts that are named even when they are nothing: that nothing is overdue is news."""
_PARTS = {
    "in_time": (TIMELINESS[Timeliness.IN_TIME], TIMELINESS_SHAPES[Timeliness.IN_TIME]),
    "overdue": (TIMELINESS[Timeliness.OVERDUE], TIMELINESS_SHAPES[Timeliness.OVERDUE]),
    "no_deadline": (TIMELINESS[Timeliness.NO_DEADLINE], TIMELINESS_SHAPES[Timeliness.NO_DEADLINE]),
    "suspended": (STATUSES[Status.SUSPENDED], "stopped"),
    "awaiting": (STATUSES[Status.AWAITING], "stopped"),
    "declined": (STATUSES[Status.DECLINED], "stopped"),
}
_UNIT, _DUE = Text(vi="Đơn vị", en="Unit"), Text(vi="Hạn", en="Due")


def _columns(number: Text, origin: Text, title: Text, unit: Text, *further: Column) -> tuple[Column, ...]:
    return (
        Column("code", number, css="c-no", sort="code"),
        Column("from", origin, css="c-from"),
        Column("title", title, css="about"),
        Column("unit", unit, css="c-unit"),
        Column("due_on", _DUE, css="c-due", sort="due_on"),
        Column("state", Text(vi="Xử lý", en="State"), css="c-state"),
        Column("timeliness", Text(vi="Thời hạn", en="Timeliness"), css="c-time"),
        *further,
    )


def cuts_of(kind: str, whole: Text, done: Text) -> tuple[Cut, ...]:
    """The parts of the register of a kind."""
    first = (Cut(ALL, whole), Cut("completed", done, sign="=", timeliness="done"))
    parts = ((code, *_PARTS[code]) for code in CUTS[kind] if code in _PARTS)
    return (*first, *(Cut(code, words, "+", shape) for code, words, shape in parts))


_ALLOT = (BulkVerb(Text(vi="Phân công", en="Assign"), "office:obligations-assign", verb="work.allot", key="G"),)
_register = partial(
    Register,
    row_key=lambda row: str(row.line.id),
    row_href=lambda row: str(row.line.url),
    detail_href=lambda row: f"{row.line.url}opened/",
    row_css=lambda row: "is-closed" if row.line.standing.state.completed_on else "",
    row_name=lambda row: getattr(row.line, "code", "") or row.line.symbol,
    sorts=("code", "due_on", "arises_on"),
    default_sort="due_on",
    views=BOARD_AND_MONTH,
)
_MARKS = (
    ChoiceFilter("urgency", Text(vi="Độ khẩn", en="Urgency"), is_more=True),
    ChoiceFilter("priority", Text(vi="Ưu tiên", en="Priority"), is_more=True),
)
TASKS = _register(
    "tasks",
    _columns(
        Text(vi="Mã, ngày giao", en="Code, assigned on"),
        Text(vi="Người giao", en="Assigner"),
        Text(vi="Nhiệm vụ", en="Task"),
        Text(vi="Chủ trì", en="Lead unit"),
        Column("product", Text(vi="Sản phẩm, ngày xong", en="Product, done on"), css="c-reply"),
    ),
    row_template="office/tasks/row.html",
    noun=Text(vi="{n} nhiệm vụ", en="{n} task||{n} tasks"),
    cuts=cuts_of(Kind.TASK, Text(vi="Được giao", en="Assigned"), Text(vi="Hoàn thành", en="Completed")),
    default_cut=ALL,
    filters=(
        ChoiceFilter("lead", Text(vi="Chủ trì", en="Lead unit")),
        ChoiceFilter("assigner", Text(vi="Người giao", en="Assigner")),
        DateFilter("due", _DUE),
        ChoiceFilter("officer", Text(vi="Người thực hiện", en="Officer")),
        *_MARKS,
    ),
    bulk=_ALLOT,
    search_hint=Text(vi="Tìm mã, nội dung, người giao, không cần gõ dấu", en="Search code, title, assigner"),
    export="office:tasks-export",
)
RECOMMENDATIONS = _register(
    "recommendations",
    _columns(
        Text(vi="Mã, ngày nhận", en="Code, received on"),
        Text(vi="Nơi chuyển, kỳ họp", en="Origin, session"),
        Text(vi="Kiến nghị", en="Recommendation"),
        Text(vi="Đơn vị trả lời", en="Answering unit"),
        Column("answer", Text(vi="Trả lời", en="Answer"), css="c-reply"),
    ),
    row_template="office/recommendations/row.html",
    noun=Text(vi="{n} kiến nghị", en="{n} recommendation||{n} recommendations"),
    cuts=cuts_of(Kind.RECOMMENDATION, Text(vi="Tiếp nhận", en="Received"), Text(vi="Đã trả lời", en="Answered")),
    default_cut=ALL,
    filters=(
        ChoiceFilter("lead", Text(vi="Đơn vị trả lời", en="Answering unit")),
        ChoiceFilter("session", Text(vi="Kỳ họp", en="Session")),
        DateFilter("due", _DUE),
        ChoiceFilter("field", Text(vi="Lĩnh vực", en="Field"), is_more=True),
        ChoiceFilter("result", Text(vi="Kết quả", en="Result"), is_more=True),
        *_MARKS,
    ),
    bulk=_ALLOT,
    search_hint=Text(vi="Tìm mã, nội dung, nơi chuyển, không cần gõ dấu", en="Search code, content, origin"),
    export="office:recommendations-export",
)
MY_WORK = _register(
    "my-work",
    _columns(
        Text(vi="Ký hiệu, loại việc", en="Symbol, kind"),
        Text(vi="Nơi giao, nơi gửi", en="From"),
        Text(vi="Nội dung", en="What"),
        _UNIT,
    ),
    row_template="office/my_row.html",
    noun=Text(vi="{n} việc", en="{n} item||{n} items"),
    cuts=(
        Cut(MINE, Text(vi="Giao cho tôi", en="Given to me")),
        Cut(OF_UNIT, Text(vi="Của đơn vị", en="Of my unit")),
        Cut(TO_CONFIRM, Text(vi="Chờ tôi quyết định", en="Waiting for my decision")),
    ),
    default_cut=MINE,
    has_search=False,
    views=None,
    sorts=("due_on",),
    group=lambda row: row.head,
)


_WITH_URGENCY = tuple(
    replace(column, label=Text(vi="Nội dung, độ khẩn", en="What, urgency"), sort="urgency")
    if column.key == "title"
    else column
    for column in MY_WORK.columns
)
"""The content of what waits bears its marks, and sorts by how urgent it is."""


def my_register(may_decide: bool, absent: Sequence[str]) -> Register:
    """What waits for a reader: with the part of decisions for those who may decide, and that of the absent for whom the
    reader stands in."""
    mine, of_unit, to_decide = MY_WORK.cuts
    names = ", ".join(absent)
    instead = [Cut(INSTEAD, Text(vi=f"Thay {names}", en=f"In place of {names}"))] if absent else []
    cuts = [mine, *instead, of_unit, *([to_decide] if may_decide else [])]
    return replace(MY_WORK, cuts=cuts, columns=_WITH_URGENCY, sorts=("due_on", "urgency"))


DUE = replace(MY_WORK, code="due", cuts=(), default_cut="")
MOVED, KEPT, PAST = "moved", "kept", "past"
RECOUNTED = replace(
    MY_WORK,
    code="recounted",
    row_template="office/recount_row.html",
    group=None,
    cuts=(
        Cut(MOVED, Text(vi="Hạn đã dời", en="Due dates moved")),
        Cut(KEPT, Text(vi="Ghi trực tiếp, giữ nguyên", en="Entered by hand, kept")),
        Cut(PAST, Text(vi="Phần việc muộn hơn việc chung", en="Parts due after their whole")),
    ),
    default_cut=MOVED,
)
"""What a recounting of due dates moved, and what it left."""


_FIXED: Mapping[str, Sequence[Choice]] = {
    "urgency": [Choice(urgency.value, label) for urgency, label in URGENCIES.items()],
    "priority": [Choice(code, label) for code, label in PRIORITIES.items()],
    "result": [Choice(result.value, label) for result, label in RESULTS.items()],
}


def drawn(register: Register, state: State, asked: ObligationPage, units: Tree) -> Register:
    """The register with the choices of the picker that is opened, without the parts that are nothing and no news.

    Where the rows say more than a list can hold, what they say is typed.
    """
    named = (*_ALWAYS, state.cut)
    return replace(
        register,
        cuts=[cut for cut in register.cuts if cut.code in named or asked.counts[cut.code]],
        filters=[_offering(condition, state, asked, units) for condition in register.filters],
    )


def _offering(condition: Filter, state: State, asked: ObligationPage, units: Tree) -> Filter:
    if not isinstance(condition, ChoiceFilter):
        return condition
    facet, code = asked.facet, condition.code
    if code in _FIXED:
        return replace(condition, choices=lambda request: _FIXED[code])
    if facet is None or facet.code != code:
        known = [Choice(value, _name_of(code, value, asked, units))] if (value := state.value(code)) else []
        return replace(condition, choices=lambda request: known, is_fetched=True)
    if not facet.is_whole:
        return TextFilter(code, condition.label, condition.is_more)
    choices = _units(facet, units) if code == "lead" else _said(facet)
    return replace(condition, choices=lambda request: choices, is_fetched=True)


def _name_of(code: str, value: str, asked: ObligationPage, units: Tree) -> str:
    """What a chosen value is called: the rows that were found by it say how."""
    if code == "lead":
        node = units.by_code.get(value)
        return node.name if node else value
    return next((row.line.session for row in asked.page.rows), value) if code == "session" else value


def _said(facet: Facet) -> list[Choice]:
    return [Choice(value, facet.names.get(value, value), str(count)) for value, count in facet.counts.items()]


def _units(facet: Facet, units: Tree) -> list[Choice]:
    nodes = [(units.node(unit_id), count) for unit_id, count in facet.counts.items()]
    known = sorted((node.name, node.code, count) for node, count in nodes if node is not None)
    return [Choice(code, name, str(count)) for name, code, count in known]
