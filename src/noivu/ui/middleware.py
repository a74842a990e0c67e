"""Language of the reader, answers to refusals, and toasts for parts of pages."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers

from noivu.core.refusals import Refusal
from noivu.ui import errors, preferences
from noivu.ui.guards import actor_of

Respond = Callable[[HttpRequest], HttpResponseBase]


class LanguageMiddleware:
    """Vietnamese unless the reader chose English here; the browser's own language is not asked.

    Offices run browsers in whatever language they came with; the language of the register is Vietnamese.
    """

    def __init__(self, get_response: Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = preferences.LANGUAGE.of(request) or "vi"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self._respond(request)
            patch_vary_headers(response, ("Cookie",))
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response


class RefusalMiddleware:
    """A `Refusal` raised in a view becomes a page, or for htmx a passage, that says what is wrong and what to do.

    So does a database that another writer holds for too long.
    """

    def __init__(self, get_response: Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if refusal := errors.out_of_order(exception):
            return errors.unavailable(request, refusal)
        return errors.refused(request, exception) if isinstance(exception, Refusal) else None


class RequestSizeMiddleware:
    """Nothing larger is taken off the wire than its sender may send: a stranger a form, a signed-in person a register.

    The framework reads no further than the length that was declared, and nothing where none was.
    """

    OF_STRANGERS, OF_SIGNED_IN = 1, 110
    """In megabytes: the largest register that a page takes, and what travels around it."""

    def __init__(self, get_response: Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        limit = self.OF_STRANGERS if actor_of(request) is None else self.OF_SIGNED_IN
        declared = request.META.get("CONTENT_LENGTH") or "0"
        if declared.isdecimal() and int(declared[:20]) > limit * 1_000_000:
            return errors.too_large(request, limit)
        return self._respond(request)


class ReadableRequestMiddleware:
    """What no page could read ends here in words: NUL in address or fields, which no database keeps in a text."""

    def __init__(self, get_response: Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._respond(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Before any view reads what was sent, and after the fields were checked against forgery."""
        sent = [request.path_info, *_texts(request.GET), *_texts(request.POST)]
        return errors.bad_request(request) if any("\x00" in text for text in sent) else None


def _texts(fields: QueryDict) -> Iterator[str]:
    for name, values in fields.lists():
        yield name
        yield from values


class ToastMiddleware:
    """After an htmx request, toasts ride along with the answer; with whole pages the page itself shows them."""

    def __init__(self, get_response: Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._respond(request)
        if _can_carry(request, response):
            assert isinstance(response, HttpResponse)
            said = get_messages(request)
            if len(said):
                context = {"messages": said, "is_riding": True}
                response.write(render_to_string("ui/toasts_riding.html", context, request=request))
        return response


def _can_carry(request: HttpRequest, response: HttpResponseBase) -> bool:
    is_part = request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"
    leaves = response.has_header("HX-Redirect") or response.has_header("HX-Refresh")
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return is_part and is_page and not leaves and response.status_code == 200 and not response.streaming
