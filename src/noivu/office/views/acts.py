"""Doing something to an obligation: one page for every act, for all kinds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from noivu.core import clock
from noivu.core.refusals import Refusal
from noivu.office import acting
from noivu.office.act import Act
from noivu.office.acts import ACTS, known_of, may_do
from noivu.office.forms.acts import with_today
from noivu.office.forms.seen import ActForm
from noivu.office.queries.acting import obligation_for, standing_of
from noivu.office.queries.seen import standing_seen
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.panels import panels_of
from noivu.ui.toasts import toast
from noivu.work.api import Obligation, kind_of, obligation_address, register_address


@require_http_methods(["GET", "POST"])
@guarded("work.do")
def act(request: HttpRequest, obligation_id: int, code: str) -> HttpResponse:
    """The form of an act, and the act."""
    if code not in ACTS:
        raise Http404
    wanted = ACTS[code]
    actor = signed_in_actor(request)
    obligation = obligation_for(obligation_id, lambda found: may_do(actor, wanted, found))
    if not wanted.fits(obligation.kind):
        raise Http404
    back = obligation_address(obligation.kind, obligation.pk, obligation.document_id)
    today = clock.today()
    standing, happened = standing_of(obligation, today)
    if request.method == "GET":
        acting.require_offered(wanted, obligation, standing, happened)
    known = {**known_of(wanted, obligation), "seen": standing_seen(obligation, standing)}
    form = with_today(wanted.form, request.POST or None, today, **known)
    form.fit(obligation)
    if request.method == "POST" and form.is_valid() and _done(request, wanted, obligation, form):
        return redirect(register_address(obligation.kind) if code == "remove" and not obligation.document_id else back)
    kind = kind_of(obligation.kind)
    context = {
        "form": form,
        "act": wanted,
        "action": wanted.label,
        "obligation": obligation,
        "standing": standing,
        "cancel_href": back,
        "panels": panels_of(f"office.act.{code}", request, obligation),
        "crumbs": [Crumb(kind.plural, register_address(obligation.kind)), Crumb(wanted.label)],
    }
    return render(request, "office/obligation/act.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, wanted: Act, obligation: Obligation, form: ActForm) -> bool:
    try:
        acting.do(actor=signed_in_actor(request), act=wanted, obligation=obligation, form=form)
    except Refusal as refusal:
        form.refuse(refusal)
    if form.errors:
        return False
    toast(request, wanted.done)
    return True
