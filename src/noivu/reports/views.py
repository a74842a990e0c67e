"""Pages of reports: what is due, the desk of one report, writing in it, taking it out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noivu.core import access
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.api import standpoint
from noivu.papers.api import MOTTO, NATIONAL_NAME
from noivu.reports import exporting
from noivu.reports.forms import NarrativeForm, new_narrative_form
from noivu.reports.policies import VIEW, WRITE
from noivu.reports.queries import find_report, reports_of, view_report
from noivu.reports.services import draft_report, write_narrative
from noivu.reports.succession import ended_draft, former_drafts
from noivu.ui.guards import guarded, require_or_404, signed_in_actor
from noivu.ui.page import Crumb
from noivu.units.api import find_unit

REPORTS = Text(vi="Báo cáo", en="Reports")
MONTHS_LISTED = 12


@require_GET
@guarded(VIEW)
def report_list(request: HttpRequest) -> HttpResponse:
    """The reports that a unit owes, month by month."""
    here = standpoint(request, VIEW, kinds=("month",))
    months = [here.period.shifted(-back) for back in range(MONTHS_LISTED)]
    return render(
        request,
        "reports/list.html",
        {
            "here": here,
            "due_reports": reports_of(here.actor, here.unit, months),
            "may_write": access.may(here.actor, WRITE),
            "crumbs": [Crumb(Text(here.unit.name, here.unit.name)), Crumb(REPORTS)],
        },
    )


@require_POST
@guarded(WRITE)
def draft(request: HttpRequest, regime_code: str, unit_code: str, period: str) -> HttpResponse:
    """Draft the report and open its desk."""
    asked = Period.parse(period)
    drafted = draft_report(
        actor=signed_in_actor(request),
        regime_code=regime_code,
        unit=find_unit(unit_code, asked.last_day()),
        period=asked,
    )
    return redirect("reports:desk", report_id=drafted.pk)


@require_GET
@guarded(VIEW)
def desk(request: HttpRequest, report_id: int) -> HttpResponse:
    """The text beside its evidence; of a unit that ended within the period, the draft as it was left."""
    actor = signed_in_actor(request)
    report = find_report(actor, report_id)
    ended = ended_draft(report)
    if ended is not None:
        return render(
            request, "reports/ended.html", {"ended": ended, "crumbs": [Crumb(REPORTS, reverse("reports:list"))]}
        )
    view = view_report(report)
    crumbs = [
        Crumb(Text(view.issuer.name, view.issuer.name)),
        Crumb(REPORTS, f"{reverse('reports:list')}?unit={view.issuer.code}"),
        Crumb(view.regime.name),
    ]
    may_write = access.may(actor, WRITE, view.report)
    paper = exporting.paper_of(view)
    context = {
        "view": view,
        "crumbs": crumbs,
        "may_write": may_write,
        "number_line": paper.number_line,
        "place_and_date": paper.place_and_date,
        "national_name": NATIONAL_NAME,
        "motto": MOTTO,
        "forms": list(exporting.FORMATS.values()),
        "former": former_drafts(report),
    }
    return render(request, "reports/desk.html", context)


@require_http_methods(["GET", "POST"])
@guarded(WRITE)
def narrative(request: HttpRequest, report_id: int, slot: str) -> HttpResponse:
    """Write in a slot of the report."""
    report = find_report(signed_in_actor(request), report_id)
    actor = require_or_404(request, WRITE, report)
    form = NarrativeForm(request.POST) if request.method == "POST" else new_narrative_form(report, slot)
    if request.method == "POST" and form.is_valid():
        try:
            write_narrative(actor=actor, report=report, slot=slot, **form.cleaned_data)
            return redirect(f"{reverse('reports:desk', args=[report.pk])}#slot-{slot}")
        except Refusal as refusal:
            form.refuse(refusal)
    view = view_report(report)
    if form.errors and slot in view.narratives:
        form.has_seen(view.narratives[slot])
    context = {
        "form": form,
        "view": view,
        "section": view.section_of(slot),
        "slot": view.regime.outline.slot(slot),
        "there": view.narratives.get(slot),
    }
    return render(request, "reports/narrative.html", context, status=422 if form.errors else 200)


@require_GET
@guarded(VIEW)
def export(request: HttpRequest, report_id: int, form: str) -> HttpResponse:
    """The report as a file."""
    view = view_report(find_report(signed_in_actor(request), report_id))
    content = exporting.export(view, form)
    headers = {"Content-Disposition": f'attachment; filename="{exporting.file_name(view, form)}"'}
    return HttpResponse(content, content_type=exporting.FORMATS[form].media_type, headers=headers)
