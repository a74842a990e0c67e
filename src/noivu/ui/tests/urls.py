"""Pages that exist for the tests of the design system alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.ui.guards import guarded, public, signed_in
from noivu.ui.toasts import toast


@public("a page for tests")
def open_page(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/page.html")


@signed_in()
def own_page(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/page.html")


@guarded("test.look")
def verb_page(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/page.html")


@public("a page for tests")
def refusing(request: HttpRequest) -> HttpResponse:
    raise Refusal(
        what=Text(vi="Số đến 12 đã có.", en="Arrival number 12 exists."),
        do=Text(vi="Lấy số khác.", en="Take another number."),
    )


@public("a page for tests")
def toasting(request: HttpRequest) -> HttpResponse:
    toast(request, Text(vi="Đã phân công.", en="Assigned."), undo_url="/undo/7/")
    return HttpResponse("<p>part</p>") if request.headers.get("HX-Request") else render(request, "ui/page.html")


@public("a page for tests")
def breaking(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("ui/", include("noivu.ui.urls")),
    path("open/", open_page, name="open"),
    path("own/", own_page, name="own"),
    path("verb/", verb_page, name="verb"),
    path("refusing/", refusing),
    path("toasting/", toasting),
    path("breaking/", breaking),
]

handler400 = "noivu.ui.errors.bad_request"
handler403 = "noivu.ui.errors.forbidden"
handler404 = "noivu.ui.errors.not_found"
handler500 = "noivu.ui.errors.server_error"
