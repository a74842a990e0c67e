"""The events of a plan: one added, changed, moved, taken out."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.planning import keeping
from noivu.planning.content import event_written, with_event, with_event_moved, without_event
from noivu.planning.drawing import EventDrawing
from noivu.planning.event_forms import EventForm
from noivu.planning.forms import VersionForm
from noivu.planning.models import PlanDraft
from noivu.planning.pages import crumbs_of
from noivu.planning.plan import EVENT_LABELS, EventKind
from noivu.planning.policies import DRAFT
from noivu.planning.views.obtaining import draft_of
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast

_STEPS = {"up": -1, "down": 1}
_SAVED = Text(vi="Đã ghi sự kiện.", en="The event is saved.")


@require_http_methods(["GET", "POST"])
@guarded(DRAFT)
def add(request: HttpRequest, plan_id: int, kind: str) -> HttpResponse:
    """A new event, at the end of the plan."""
    draft = draft_of(request, plan_id)
    if kind not in set(EventKind):
        raise Http404
    return _event(request, draft, EventDrawing(draft, EventKind(kind)))


@require_http_methods(["GET", "POST"])
@guarded(DRAFT)
def change(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """An event that is there."""
    draft = draft_of(request, plan_id)
    written = event_written(draft.text, number)
    kind = next(kind for kind in EventKind if kind.value in written)
    return _event(request, draft, EventDrawing(draft, kind, number, written))


def _event(request: HttpRequest, draft: PlanDraft, drawing: EventDrawing) -> HttpResponse:
    """The form of an event; asked `again`, it comes back as typed, with what was chosen and looked for."""
    asked = request.POST or request.GET
    form = drawing.form(request.POST, place=asked.get("in", ""), again="again" in request.POST)
    if form.is_bound and form.is_valid():
        try:
            keeping.change_plan(
                actor=signed_in_actor(request),
                draft=draft,
                text=with_event(draft.text, form.event(), drawing.number),
                version=form.cleaned_data["version"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            toast(request, _SAVED)
            return redirect(_page_of(draft))
    context = _context(draft, drawing, form, asked)
    return render(request, "planning/event_form.html", context, status=422 if form.errors else 200)


def _context(draft: PlanDraft, drawing: EventDrawing, form: EventForm, asked: Any) -> dict[str, Any]:
    heading = EVENT_LABELS[drawing.kind]
    return {
        "form": form,
        "drawn": drawing.drawn(form, asked),
        "heading": heading,
        "draft": draft,
        "cancel_href": _page_of(draft),
        "crumbs": [*crumbs_of(draft), Crumb(heading)],
    }


@require_POST
@guarded(DRAFT)
def remove(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """An event is taken out of its plan."""
    draft = draft_of(request, plan_id)
    return _changed(request, draft, without_event(draft.text, number), Text(vi="Đã bỏ sự kiện.", en="Event removed."))


@require_POST
@guarded(DRAFT)
def move(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """An event goes one place up or down."""
    draft = draft_of(request, plan_id)
    step = _STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    moved = with_event_moved(draft.text, number, step)
    return _changed(request, draft, moved, Text(vi="Đã chuyển chỗ sự kiện.", en="Event moved."))


def _changed(request: HttpRequest, draft: PlanDraft, text: str, done: Text) -> HttpResponse:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Http404
    version = form.cleaned_data["version"]
    keeping.change_plan(actor=signed_in_actor(request), draft=draft, text=text, version=version)
    toast(request, done)
    return redirect(f"{_page_of(draft)}#events")


def _page_of(draft: PlanDraft) -> str:
    return reverse("planning:plan", args=[draft.pk])
