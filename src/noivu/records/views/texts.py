"""Search in the words of files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noivu.core.wording import Text
from noivu.records.addresses import REGISTERS
from noivu.records.constants import Direction
from noivu.records.queries.texts import find_in_files
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb

_LONGEST = 200


@require_GET
@guarded("records.view")
def search(request: HttpRequest) -> HttpResponse:
    """Documents whose files hold the words."""
    words = request.GET.get("q", "").strip()[:_LONGEST]
    context = {
        "words": words,
        "found": find_in_files(signed_in_actor(request), words) if len(words) > 1 else None,
        "crumbs": [Crumb(Text(vi="Sổ văn bản đến", en="Incoming documents"), REGISTERS[Direction.IN])],
    }
    return render(request, "records/texts.html", context)
