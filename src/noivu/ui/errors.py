"""Pages for what went wrong: what it is, and what to do next, in both languages."""

import sys
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from noivu.core.busy import busy, is_busy
from noivu.core.refusals import Refusal
from noivu.core.storage import storage_refusal


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "ui/errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Also the answer for what exists but is out of the reader's reach: the two must not differ."""
    return render(request, "ui/errors/404.html", status=404)


def too_large(request: HttpRequest, megabytes: int) -> HttpResponse:
    return render(request, "ui/errors/413.html", {"megabytes": megabytes}, status=413)


def out_of_order(error: BaseException | None) -> Refusal | None:
    """What is told of an error that is no fault of the request: another writer in the way, a full disk, …"""
    return busy() if is_busy(error) else storage_refusal(error)


def unavailable(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The database or the disk did not do its part. Rendered without the request, which may need the database."""
    if request.headers.get("HX-Request") == "true":
        return refused(request, refusal)
    again = request.get_full_path() if request.method == "GET" else ""
    context = {"refusal": refusal, "again": again, "back": _way_back(request)}
    page = render_to_string("ui/errors/503.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": "60"})


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: whatever broke may break again in the masthead."""
    if refusal := out_of_order(sys.exc_info()[1]):
        return unavailable(request, refusal)
    return HttpResponse(render_to_string("ui/errors/500.html"), status=500)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """422 with the refusal's words, 403 for a missing permission; nothing was changed."""
    status = 403 if refusal.code == "forbidden" else 422
    context = {"refusal": refusal, "back": _way_back(request)}
    if request.headers.get("HX-Request") == "true":
        response = render(request, "ui/errors/refusal_part.html", context, status=422)
        response["HX-Retarget"] = "#refusal"
        response["HX-Reswap"] = "innerHTML show:top"
        return response
    return render(request, "ui/errors/refusal.html", context, status=status)


def _way_back(request: HttpRequest) -> str:
    """The page one came from, when it is ours."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    way = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    is_ours = came_from.netloc == request.get_host() and url_has_allowed_host_and_scheme(way, allowed_hosts=None)
    return way if is_ours else "/"
