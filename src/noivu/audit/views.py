"""The log on screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from noivu.audit.log import act_for, page_of_log
from noivu.audit.policies import VIEW
from noivu.audit.tables import LOG
from noivu.core.wording import Text
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb


@guarded(VIEW)
def log(request: HttpRequest) -> HttpResponse:
    """The acts for the units within the reader's reach, the latest first."""
    state = LOG.state(request.GET)
    page = page_of_log(signed_in_actor(request), state)
    return render(request, "audit/log.html", {"register": LOG.shown(request, state, page)})


@guarded(VIEW)
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One act: what changed, and the proof that it stands in the sealed log."""
    line, proof = act_for(signed_in_actor(request), entry_id)
    crumbs = [Crumb(Text(vi="Nhật ký", en="Log"), reverse("audit:log"))]
    return render(request, "audit/entry.html", {"act": line, "proof": proof, "crumbs": crumbs})
