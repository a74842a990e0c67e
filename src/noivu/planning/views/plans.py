"""Plans: the list, one plan with what it would do, its head and its text."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noivu.audit.api import history as history_lines
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.wording import Text
from noivu.planning import keeping
from noivu.planning.content import head_of, with_head
from noivu.planning.exporting import FORMATS
from noivu.planning.forms import BringForm, ChangeHeadForm, NewPlanForm, ReasonForm, TextForm
from noivu.planning.models import PlanDraft
from noivu.planning.pages import PlanPage, crumbs_of, plan_rows, plans_crumb, things_of
from noivu.planning.policies import CARRY_OUT, DRAFT, VIEW
from noivu.planning.queries import counts_for, page_of_plans, simulation_of
from noivu.planning.tables import EVENTS, PLANS, UNITS_AFTER
from noivu.planning.views.acts import may_take_back
from noivu.planning.views.obtaining import draft_of, plan_of
from noivu.ui.form_pages import SAVE, FormPage, form_page
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import AsOf
from noivu.ui.tables import Empty
from noivu.ui.toasts import toast

_EMPTY = Empty(
    Text(vi="Chưa có phương án nào", en="No plan yet"),
    Text(
        vi="Phương án được lập ở đây, hoặc nạp từ tệp của lệnh noivu reorganise.",
        en="Plans are drafted here, or brought from a file of noivu reorganise.",
    ),
)
_NO_EVENT = Empty(
    Text(vi="Chưa có sự kiện nào", en="No event yet"),
    Text(
        vi="Thêm sự kiện, ví dụ sáp nhập, hợp nhất: chọn đơn vị trong danh sách của ngày có hiệu lực.",
        en="Add an event, a merger for example: choose units on the list of the day on which it takes effect.",
    ),
)


@require_GET
@guarded(VIEW)
def plans(request: HttpRequest) -> HttpResponse:
    """The plans within reach."""
    actor, state = signed_in_actor(request), PLANS.state(request.GET)
    counts = counts_for(actor)
    page = plan_rows(page_of_plans(actor, state, counts))
    empty = None if state.is_narrowed or any(counts.values()) else _EMPTY
    context = {
        "register": PLANS.shown(request, state, page, counts=counts, empty=empty),
        "may_draft": access.may(actor, DRAFT),
    }
    return render(request, "planning/plans.html", context)


@require_GET
@guarded(VIEW)
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """One plan: its events, what is wrong with it, what it would do."""
    draft, state, actor = plan_of(request, plan_id), EVENTS.state(request.GET), signed_in_actor(request)
    shown, may_draft = PlanPage(draft), access.may(actor, DRAFT, draft)
    empty = _NO_EVENT if draft.is_being_drafted and may_draft else None
    context = {
        "shown": shown,
        "draft": draft,
        "events": EVENTS.shown(request, state, shown.events(state), empty=empty),
        "may_draft": draft.is_being_drafted and may_draft,
        "may_take_up": draft.is_set_aside and may_draft,
        "may_carry_out": draft.is_being_drafted and draft.events and access.may(actor, CARRY_OUT, draft),
        "may_take_back": draft.is_carried_out and may_take_back(request, draft),
        "formats": FORMATS.values(),
        "as_of": _as_of(draft),
        "crumbs": [plans_crumb()],
    }
    return render(request, "planning/plan.html", context)


@require_GET
@guarded(VIEW)
def units_after(request: HttpRequest, plan_id: int) -> HttpResponse:
    """All units that a plan makes or changes."""
    draft, state = plan_of(request, plan_id), UNITS_AFTER.state(request.GET)
    shown = PlanPage(draft)
    page = shown.units_after(state)
    context = {
        "register": UNITS_AFTER.shown(request, state, page),
        "rules": shown.rules_of(page.rows),
        "draft": draft,
        "as_of": _as_of(draft),
        "crumbs": crumbs_of(draft),
    }
    return render(request, "planning/units_after.html", context)


@require_GET
@guarded(VIEW)
def things(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What other rooms hold at the units that end: a passage of the page, or a page of its own."""
    draft = plan_of(request, plan_id)
    shown = PlanPage(draft)
    context = {
        "things": things_of(simulation_of(draft)) if shown.is_workable else [],
        "simulation": shown.simulation,
        "is_workable": shown.is_workable,
        "draft": draft,
        "crumbs": crumbs_of(draft),
    }
    part = "planning/things.html" if request.headers.get("HX-Request") else "planning/things_page.html"
    return render(request, part, context)


@require_GET
@guarded(VIEW)
def history(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Who did what to a plan."""
    draft = plan_of(request, plan_id)
    part = "records/history_lines.html" if request.headers.get("HX-Request") else "records/history_page.html"
    return render(request, part, {"lines": history_lines(draft), "crumbs": crumbs_of(draft)})


@require_http_methods(["GET", "POST"])
@guarded(DRAFT)
def new(request: HttpRequest) -> HttpResponse:
    """A plan begins: title, day, and the instrument as far as it is known."""
    actor = signed_in_actor(request)
    form = NewPlanForm(request.POST or None, initial={"unit": actor.unit_code, "on": clock.today()})

    def act(actor: Actor) -> str:
        begun = keeping.begin_plan(actor=actor, unit=form.cleaned_data["unit"], text=with_head("", form.head))
        return _page_of(begun)

    page = FormPage(
        heading=Text(vi="Lập phương án", en="Draft a plan"),
        done=Text(vi="Đã lập phương án. Thêm sự kiện đầu tiên.", en="The plan is begun. Add its first event."),
        back=reverse("planning:plans"),
        crumbs=[plans_crumb()],
    )
    return form_page(request, form, act, page)


@require_http_methods(["GET", "POST"])
@guarded(DRAFT)
def bring(request: HttpRequest) -> HttpResponse:
    """A plan comes from a file."""
    actor = signed_in_actor(request)
    form = BringForm(request.POST or None, request.FILES or None, initial={"unit": actor.unit_code})

    def act(actor: Actor) -> str:
        given = form.cleaned_data
        return _page_of(keeping.begin_plan(actor=actor, unit=given["unit"], text=given["file"]))

    page = FormPage(
        heading=Text(vi="Nạp phương án từ tệp", en="Bring a plan from a file"),
        done=Text(vi="Đã nạp phương án.", en="The plan is brought in."),
        back=reverse("planning:plans"),
        crumbs=[plans_crumb()],
        action=Text(vi="Nạp", en="Bring in"),
    )
    return form_page(request, form, act, page)


@require_http_methods(["GET", "POST"])
@guarded(DRAFT)
def head(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Title, day and instrument of a plan."""
    draft = draft_of(request, plan_id)
    now = head_of(draft.text)
    initial = {name: getattr(now, name) for name in now.__slots__}
    form = ChangeHeadForm(request.POST or None, initial={**initial, "version": draft.version})

    def act(actor: Actor) -> None:
        text = with_head(draft.text, form.head)
        keeping.change_plan(actor=actor, draft=draft, text=text, version=form.cleaned_data["version"])

    return form_page(request, form, act, _changes(draft, Text(vi="Thông tin chung", en="Head of the plan")))


@require_http_methods(["GET", "POST"])
@guarded(DRAFT)
def text(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The text of a plan, by hand."""
    draft = draft_of(request, plan_id)
    initial = {"text": draft.text, "version": draft.version}
    form = TextForm(request.POST or None, request.FILES or None, initial=initial)

    def act(actor: Actor) -> None:
        keeping.change_plan(actor=actor, draft=draft, text=form.written, version=form.cleaned_data["version"])

    page = _changes(draft, Text(vi="Sửa dạng văn bản", en="Edit as text"))
    return form_page(request, form, act, replace(page, template="planning/form_page.html"))


@require_GET
@guarded(VIEW)
def download(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The text of a plan as a file."""
    draft = plan_of(request, plan_id)
    name = f"phuong-an-{draft.pk}-{draft.takes_effect_on.isoformat()}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(draft.text, content_type="application/yaml; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
@guarded(DRAFT)
def set_aside(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A plan is set aside."""
    draft = draft_of(request, plan_id)
    form = ReasonForm(request.POST or None, initial={"version": draft.version})

    def act(actor: Actor) -> None:
        keeping.set_aside(actor=actor, draft=draft, **form.cleaned_data)

    page = FormPage(
        heading=Text(vi="Bỏ phương án?", en="Set the plan aside?"),
        done=Text(vi="Đã bỏ phương án.", en="The plan is set aside."),
        back=_page_of(draft),
        crumbs=crumbs_of(draft),
        effect=Text(vi="Có thể lấy lại bất cứ lúc nào.", en="It can be taken up again at any time."),
        subject=draft.title,
        action=Text(vi="Bỏ phương án", en="Set aside"),
    )
    return form_page(request, form, act, page)


@require_POST
@guarded(DRAFT)
def take_up(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A plan that was set aside is taken up again."""
    draft = keeping.take_up(actor=signed_in_actor(request), draft=plan_of(request, plan_id))
    toast(request, Text(vi="Đã lấy lại phương án.", en="The plan is taken up again."))
    return redirect(_page_of(draft))


def _changes(draft: PlanDraft, heading: Text) -> FormPage:
    return FormPage(
        heading=heading,
        done=Text(vi="Đã ghi phương án.", en="The plan is saved."),
        back=_page_of(draft),
        crumbs=crumbs_of(draft),
        subject=draft.title,
        action=SAVE,
    )


def _as_of(draft: PlanDraft) -> AsOf:
    day = format_day(draft.takes_effect_on)
    note = Text(vi=f"Theo đơn vị và pháp luật ngày {day}", en=f"By the units and the law of {day}")
    return AsOf(read_at=draft.changed_at, notes=(note,))


def _page_of(draft: PlanDraft) -> str:
    return reverse("planning:plan", args=[draft.pk])
