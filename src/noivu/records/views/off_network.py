"""Documents handled off the network: declared by month, shown beside what is counted."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from noivu.audit.api import history_of
from noivu.core import access
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.api import standpoint
from noivu.records.addresses import REGISTERS
from noivu.records.constants import Direction
from noivu.records.forms import OffNetworkForm
from noivu.records.queries.outgoing import declaration_for, declarations
from noivu.records.services import declare_off_network
from noivu.records.tables import OFF_NETWORK
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast

HEADING = Text(vi="Văn bản ngoài mạng", en="Off-network documents")
REGISTER_IN = Crumb(Text(vi="Sổ văn bản đến", en="Incoming documents"), REGISTERS[Direction.IN])


@require_http_methods(["GET", "POST"])
@guarded("records.view")
def declared(request: HttpRequest) -> HttpResponse:
    """What was declared for the months of a period, and the form to declare one."""
    here = standpoint(request, "records.view")
    may_edit = access.may(here.actor, "records.edit")
    month = here.period.range(here.window).last_day if here.period.months == 1 else here.last_day
    known = {"unit": here.unit.code, "month": f"{month:%m/%Y}", "direction": Direction.IN.value}
    form = OffNetworkForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            declare_off_network(
                actor=here.actor,
                unit_id=data["unit"].pk,
                direction=Direction(data["direction"]),
                month=data["month"].span.starts_on,
                count=data["count"],
                note=data["note"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            toast(request, Text(vi="Đã ghi số khai.", en="Declared."))
            return redirect(f"{reverse('records:off-network')}?{urlencode(here.address)}")
    state = OFF_NETWORK.state(request.GET)
    context = {
        "here": here,
        "as_of": here.as_of,
        "register": OFF_NETWORK.shown(request, state, declarations(here, state)),
        "form": form,
        "may_edit": may_edit,
        "action": Text(vi="Khai", en="Declare"),
        "crumbs": [REGISTER_IN, Crumb(HEADING)],
    }
    return render(request, "records/off_network.html", context, status=422 if form.errors else 200)


@require_GET
@guarded("records.view")
def declaration(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """One declaration with its history."""
    line = declaration_for(signed_in_actor(request), declaration_id)
    context = {
        "line": line,
        "lines": history_of("records.offnetworkdeclaration", declaration_id),
        "crumbs": [REGISTER_IN, Crumb(HEADING, reverse("records:off-network")), Crumb(_month(line.month))],
    }
    return render(request, "records/declaration.html", context)


def _month(month: object) -> Text:
    return Text(vi=f"Tháng {month:%m/%Y}", en=f"{month:%m/%Y}")
