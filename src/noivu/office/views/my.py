"""Việc của tôi: what waits for the reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noivu.core.wording import Text
from noivu.figures.api import standpoint
from noivu.office.obligation_tables import DUE, my_register
from noivu.office.queries.mine import INSTEAD, MINE, OF_UNIT, TO_CONFIRM, absent_of, due_page, may_confirm, my_work_page
from noivu.office.views.registers import path_of
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import AsOf
from noivu.ui.panels import panels_of
from noivu.ui.tables import Empty

_NOTHING = Text(vi="Không có việc nào đang chờ", en="Nothing waits for you")
_NOTHING_WHY = Text(
    vi="Việc được giao đích danh hiện ở đây. Việc của cả đơn vị ở phần bên cạnh.",
    en="What is assigned to you by name appears here; the unit's work is in the part beside it.",
)
_UNIT_WORK = Text(vi="Xem việc của đơn vị", en="See the unit's work")

_UNIT_FREE = Text(vi="Đơn vị không có việc nào đang chờ", en="Nothing waits for the unit")
_UNIT_FREE_WHY = Text(
    vi="Việc giao cho đơn vị, kể cả giao đích danh người của đơn vị, hiện ở đây khi được ghi.",
    en="What is given to the unit, by name or not, appears here as soon as it is recorded.",
)

_ABSENT_FREE = Text(vi="Người vắng không có việc nào đang chờ", en="Nothing waits for the absent")
_ABSENT_FREE_WHY = Text(
    vi="Việc giao đích danh người vắng hiện ở đây đến ngày người đó trở lại.",
    en="What is given to the absent by name appears here until the day of return.",
)

_ALL_CONFIRMED = Text(vi="Không có việc nào chờ quyết định", en="Nothing waits for your decision")
_ALL_CONFIRMED_WHY = Text(
    vi="Nhiệm vụ phải xác nhận hiện ở đây từ khi được báo cáo hoàn thành, đề nghị gia hạn từ khi được gửi.",
    en="Tasks that must be confirmed appear here once they are reported as done, extensions once they are asked for.",
)


@require_GET
@guarded("work.view")
def my_work(request: HttpRequest) -> HttpResponse:
    """What is open and given to the reader, and to the reader's unit."""
    actor = signed_in_actor(request)
    register = my_register(may_confirm(actor), [absent.name for absent in absent_of(actor)])
    state = register.state(request.GET)
    mine = my_work_page(actor, state)
    empty = {
        MINE: Empty(_NOTHING, _NOTHING_WHY, state.address(cut=OF_UNIT), _UNIT_WORK),
        INSTEAD: Empty(_ABSENT_FREE, _ABSENT_FREE_WHY),
        OF_UNIT: Empty(_UNIT_FREE, _UNIT_FREE_WHY),
        TO_CONFIRM: Empty(_ALL_CONFIRMED, _ALL_CONFIRMED_WHY),
    }
    context = {
        "register": register.shown(request, state, mine.page, counts=mine.counts, empty=empty[state.cut]),
        "as_of": AsOf(day=mine.day.on),
        "panels": panels_of("office.my", request, actor),
    }
    return render(request, "office/my.html", context)


@require_GET
@guarded("work.view")
def due(request: HttpRequest) -> HttpResponse:
    """All that is overdue or nearly due for a unit, of which the operations centre names the first."""
    here = standpoint(request, "work.view")
    state = DUE.state(request.GET)
    shown = DUE.shown(request, state, due_page(here, state))
    context = {"here": here, "register": shown, "as_of": here.as_of, "crumbs": path_of(here)}
    return render(request, "office/due.html", context)
