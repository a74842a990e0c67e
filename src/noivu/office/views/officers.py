"""People offered while one types who is to do it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noivu.core.wording import Text
from noivu.office.queries.officers import officers_offered
from noivu.ui.guards import guarded, signed_in_actor

_NONE_FITS = Text(
    vi="Đơn vị đã chọn không có tài khoản nào khớp; có thể ghi họ tên.",
    en="No account of the chosen unit fits; a name alone may be written.",
)


@require_GET
@guarded("work.do")
def officers(request: HttpRequest) -> HttpResponse:
    """The active users of the chosen unit, for whoever works within reach of it."""
    offered = officers_offered(signed_in_actor(request), request.GET.dict())
    return render(request, "ui/suggestions.html", {"suggestions": offered, "none_fits": _NONE_FITS})
