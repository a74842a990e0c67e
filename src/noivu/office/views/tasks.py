"""Pages of tasks (nhiệm vụ được giao)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from noivu.core.wording import Text
from noivu.matters.api import rules_offered
from noivu.office.forms import obligations as forms
from noivu.office.obligation_tables import TASKS
from noivu.office.queries.entering import first_words, words_of
from noivu.office.views.registers import register_context, register_workbook
from noivu.office.views.writing import correction_page, crumbs_of, form_page, found_or_404, officer_of, paper_page
from noivu.ui.guards import guarded, signed_in_actor
from noivu.work.api import (
    Correction,
    TaskEntry,
    create_task,
    obligation_address,
    register_address,
    whole_of,
)
from noivu.work.constants import Kind

COUNTED = Text(vi="Nhiệm vụ giao", en="Tasks assigned")
NEW = (Text(vi="Giao nhiệm vụ", en="Assign a task"), Text(vi="Đã giao nhiệm vụ.", en="Task assigned."))
_DESCRIBED = (
    "code", "title", "assigner", "source_symbol", "assigned_to", "product", "measure", "confirmation_required",
    "field", "note", "urgency", "priority", "secrecy",
)  # fmt: skip


@require_GET
@guarded("work.view")
def tasks(request: HttpRequest) -> HttpResponse:
    """The register of a period."""
    return render(request, "office/tasks/register.html", register_context(request, TASKS, Kind.TASK, COUNTED))


@require_GET
@guarded("work.view")
def tasks_export(request: HttpRequest) -> FileResponse:
    """The same rows as a workbook."""
    return register_workbook(request, TASKS, Kind.TASK, "nhiem-vu")


@require_GET
@guarded("work.view")
def task(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """One task."""
    return paper_page(request, Kind.TASK, obligation_id, "office/tasks/task.html", "work.assign")


@require_GET
@guarded("work.view")
def task_opened(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """One task, opened in its row."""
    return paper_page(request, Kind.TASK, obligation_id, "office/tasks/opened.html")


@require_http_methods(["GET", "POST"])
@guarded("work.assign")
def task_new(request: HttpRequest) -> HttpResponse:
    """A task is assigned."""
    actor = signed_in_actor(request)

    def assign(form: Any) -> str:
        given = form.cleaned_data
        entry = TaskEntry(
            assigned_on=given["arises_on"],
            lead_unit_id=given["lead"].pk,
            **helping_of(given),
            due=form.due,
            parent_id=whole_of(actor, given["parent"]),
            **{**{name: given[name] for name in _DESCRIBED}, **officer_of(actor, given["lead"].pk, form)},
        )
        return obligation_address(Kind.TASK, create_task(actor=actor, entry=entry).pk, None)

    form = forms.TaskForm(
        request.POST or None, initial={**first_words(actor, Kind.TASK), "parent": request.GET.get("parent", "")}
    )
    form.offer_rules(partial(rules_offered, actor, Kind.TASK))
    return form_page(request, form, assign, NEW, cancel_href=register_address(Kind.TASK), crumbs=crumbs_of(Kind.TASK))


@require_http_methods(["GET", "POST"])
@guarded("work.assign")
def task_correct(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """What was entered about a task is put right."""
    found = found_or_404(request, Kind.TASK, obligation_id, "work.assign")
    form = forms.TaskCorrectionForm(request.POST or None, initial=words_of(found))
    form.offer_rules(partial(rules_offered, signed_in_actor(request), Kind.TASK))
    return correction_page(request, found, form, _correction)


def _correction(form: Any) -> Correction:
    given = form.cleaned_data
    changes = {name: given[name] for name in _DESCRIBED}
    return Correction(given["arises_on"], form.due, changes, **helping_of(given))


def helping_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """The units that help, and by when those do their part that have a day of their own."""
    helping = given["helping"]
    return {
        "cooperating_unit_ids": list(helping),
        "cooperating_due": {unit_id: due_on for unit_id, due_on in helping.items() if due_on},
    }
