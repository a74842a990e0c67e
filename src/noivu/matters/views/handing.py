"""What an officer holds goes to a colleague while the officer stays in service (bàn giao việc đang giữ)."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from noivu.accounts.api import Successor, colleagues
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.matters.forms import HandOverForm
from noivu.matters.handing import hand_over_address
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.forms import UnitField
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.units.api import Node, tree
from noivu.work.api import Day, due_line, hand_over_held, held_by, received_by

HEADING = Text(vi="Bàn giao việc đang giữ", en="Hand over what an officer holds")
_DONE = Text(vi="Đã bàn giao.", en="Handed over.")
_EFFECT = Text(
    vi="Người này vẫn dùng tài khoản. Việc bàn giao là một bút toán; trong ngày hoàn tác được từng việc, sau đó bàn "
    "giao lại ở trang của người nhận.",
    en="The account stays in use. What is handed over goes as one entry of the log; on that day each may be undone, "
    "later it is handed back on the page of whoever received it.",
)
_MOST = 10_000


@require_http_methods(["GET", "POST"])
@guarded("work.allot")
def hand_over(request: HttpRequest) -> HttpResponse:
    """Which of it goes, to whom, and why."""
    unit, account = _unit(request), request.GET.get("account", "")
    actor = signed_in_actor(request)
    spans = list(held_by(actor, account, unit.id))
    if not spans:
        raise Http404
    people = {one.account: one.written for one in colleagues(unit.id, limit=_MOST) if one.account != account}
    lines = [due_line(span, Day(clock.today())) for span in spans]
    form = HandOverForm(request.POST or None, people=people, lines=lines, received=received_by(spans))
    back = f"{reverse('office:load')}?{urlencode({'unit': unit.code})}"

    def act(actor: Actor) -> str:
        to = Successor(form.cleaned_data["to"], people[form.cleaned_data["to"]].partition(UnitField.SEPARATOR)[0])
        given: dict[str, Any] = {"keys": form.chosen, "to": to, "reason": form.cleaned_data["reason"]}
        hand_over_held(actor=actor, account=account, unit_id=unit.id, **given)
        return hand_over_address(unit.code, to.account)

    holder = lines[0].assigned_to
    crumbs, subject = [Crumb(Text(unit.name, unit.name), back)], f"{holder} · {unit.name}"
    page = FormPage(HEADING, _DONE, back, crumbs, _EFFECT, subject, template="matters/hand_over.html")
    return form_page(request, form, act, page)


def _unit(request: HttpRequest) -> Node:
    node = tree(clock.today()).by_code.get(request.GET.get("unit", ""))
    if node is None or not access.may(signed_in_actor(request), "work.allot", access.OfUnit(node.id)):
        raise Http404
    return node
