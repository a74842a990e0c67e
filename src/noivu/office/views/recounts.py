"""What a recounting of due dates moved (các hạn đã dời khi tính lại)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noivu.core.wording import Text
from noivu.office.obligation_tables import KEPT, MOVED, PAST, RECOUNTED
from noivu.office.queries.recounts import recounted_page
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import AsOf
from noivu.ui.tables import Empty

_EMPTY = {
    MOVED: Empty(
        Text(vi="Không có hạn nào đã dời trong phạm vi được xem", en="No due date that you may see was moved"),
        Text(vi="Các việc khác thuộc đơn vị ngoài phạm vi được giao.", en="The others are of units beyond your reach."),
    ),
    KEPT: Empty(
        Text(vi="Không có hạn ghi trực tiếp nào chạy qua các ngày này", en="No due date entered by hand runs through"),
        Text(vi="Mọi hạn đang mở đều tính theo quy tắc.", en="Everything open is counted by a rule."),
    ),
    PAST: Empty(
        Text(vi="Không có phần việc nào muộn hơn việc chung", en="No part is due later than its whole"),
        Text(vi="Không có gì phải quyết định.", en="There is nothing to decide."),
    ),
}


@require_GET
@guarded("work.view")
def recount(request: HttpRequest, recount_id: int) -> HttpResponse:
    """What moved, within the reader's reach; and what runs through those days by a date entered by hand."""
    state = RECOUNTED.state(request.GET)
    found = recounted_page(signed_in_actor(request), recount_id, state)
    if found is None:
        raise Http404
    context = {
        "recount": found.recount,
        "register": RECOUNTED.shown(request, state, found.page, empty=_EMPTY[state.cut]),
        "as_of": AsOf(day=found.day.on),
    }
    return render(request, "office/recount.html", context)
