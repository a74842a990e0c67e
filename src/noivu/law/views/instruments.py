"""The register of instruments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from noivu.core import access
from noivu.core.wording import Text
from noivu.law import services
from noivu.law.forms import InstrumentForm
from noivu.law.policies import REGISTER_INSTRUMENT, VIEW
from noivu.law.queries import instrument_rows
from noivu.law.views.acting import INSTRUMENTS, LEGAL_BASIS, crumb, form_page
from noivu.ui.guards import guarded, signed_in_actor


@guarded(VIEW)
def instruments(request: HttpRequest) -> HttpResponse:
    """All instruments, found by number, title or issuer without typing accents."""
    sought = request.GET.get("q", "")
    context = {
        "rows": instrument_rows(sought),
        "sought": sought,
        "crumbs": [LEGAL_BASIS],
        "may_register": access.may(signed_in_actor(request), REGISTER_INSTRUMENT),
    }
    return render(request, "law/instruments.html", context)


@guarded(REGISTER_INSTRUMENT)
def register_instrument(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        InstrumentForm(request.POST or None),
        lambda typed: services.register_instrument(
            actor=signed_in_actor(request), facts=services.InstrumentFacts(**typed)
        ),
        heading=Text(vi="Đăng ký văn bản làm căn cứ", en="Register an instrument"),
        done=Text(vi="Đã đăng ký văn bản.", en="The instrument was registered."),
        back=crumb(INSTRUMENTS, "law:instruments"),
    )
