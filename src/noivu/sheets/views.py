"""The pages of imports: send a file, say what its heads mean, look at the trial, import, correct what was kept."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from noivu.core.dates import parse_date
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.sheets import queries, uploads
from noivu.sheets.declarations import template_named
from noivu.sheets.forms import HeadsForm, UploadForm
from noivu.sheets.models import Batch
from noivu.sheets.policies import IMPORT, VIEW
from noivu.sheets.sending import table_file
from noivu.sheets.tables import BATCHES, KEPT
from noivu.sheets.template_file import write_template
from noivu.sheets.writing import write_csv, write_xlsx
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast

IMPORTS = Text(vi="Nhập từ tệp", en="Imports")
Found = TypeVar("Found")


def _crumbs() -> list[Crumb]:
    return [Crumb(IMPORTS, reverse("sheets:batches"))]


@guarded(VIEW)
def batches(request: HttpRequest) -> HttpResponse:
    """The batches one may see, newest first, and the templates to download."""
    actor = signed_in_actor(request)
    state = BATCHES.state(request.GET)
    shown = BATCHES.shown(request, state, queries.batches_page(actor, state), empty=queries.no_batches())
    context = {"register": shown, "templates": queries.templates_for(actor)}
    return render(request, "sheets/batches.html", context)


@guarded(IMPORT)
def new(request: HttpRequest) -> HttpResponse:
    """Send a file: it is kept, read, and tried at once when its heads are clear."""
    actor = signed_in_actor(request)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        templates=queries.templates_for(actor),
        initial={"template": request.GET.get("template", ""), "unit": request.GET.get("unit", "") or actor.unit_code},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _receive(request, form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
    action = Text(vi="Chạy thử", en="Try")
    context = {"form": form, "action": action, "crumbs": _crumbs(), "cancel_href": reverse("sheets:batches")}
    return render(request, "sheets/new.html", context, status=422 if form.errors else 200)


def _receive(request: HttpRequest, chosen: dict[str, Any]) -> HttpResponse:
    sent = uploads.receive(
        actor=signed_in_actor(request), file=chosen["file"], template=chosen["template"], unit_code=chosen["unit"]
    )
    return redirect("sheets:heads" if sent.state == Batch.SENT else "sheets:batch", sent.pk)


@guarded(IMPORT)
def heads(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once what the heads of a source mean, or ask again, then try the file."""
    actor = signed_in_actor(request)
    found = _or_404(lambda: queries.batch_for(actor, number))
    if not uploads.may_match(actor, found):
        raise Http404
    template = template_named(found.template)
    proposal = uploads.proposal_for(found)
    form = HeadsForm(request.POST or None, template=template, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        tried = uploads.match_heads(actor=actor, batch=found, heads=proposal.heads, keys=form.keys)
        return redirect("sheets:batch", tried.pk)
    context = {
        "form": form,
        "file_name": found.file_name,
        "template": template,
        "row": proposal.heads.row,
        "action": Text(vi="Ghi nhớ và chạy thử", en="Remember and try"),
        "cancel_href": reverse("sheets:batches"),
        "crumbs": _crumbs(),
    }
    return render(request, "sheets/heads.html", context, status=422 if form.errors else 200)


@guarded(VIEW)
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One batch: its counts as an equation, how the file was read, the rows kept aside."""
    actor = signed_in_actor(request)
    found = _or_404(lambda: queries.batch_for(actor, number))
    state = KEPT.state(request.GET)
    page = queries.kept_page(actor, found, state)
    shown = KEPT.shown(request, state, page, empty=queries.NOTHING_KEPT)
    context = {
        "batch": queries.described(found),
        "kept": queries.kept_lines(found, page.rows),
        "may_import": uploads.may_import(actor, found),
        "may_match": uploads.may_match(actor, found),
        "may_forget": uploads.may_forget(actor, found),
        "columns": queries.read_columns(found),
        "register": shown,
        "crumbs": _crumbs(),
    }
    return render(request, "sheets/batch.html", context)


@guarded(IMPORT)
@require_POST
def run(request: HttpRequest, number: int) -> HttpResponse:
    """Import what was tried."""
    actor = signed_in_actor(request)
    tried = _or_404(lambda: queries.batch_for(actor, number))
    done = uploads.import_tried(actor=actor, batch=tried)
    toast(
        request,
        Text(vi="Đã nhập {n} dòng.", en="{n} row imported.||{n} rows imported.").format(n=done.applied),
    )
    return redirect("sheets:batch", done.pk)


@guarded(IMPORT)
@require_POST
def codes(request: HttpRequest, number: int) -> HttpResponse:
    """Try the file again with its codes of units read as of the day that was chosen, or of the dates of its rows."""
    actor = signed_in_actor(request)
    found = _or_404(lambda: queries.batch_for(actor, number))
    typed = request.POST.get("codes_of", "")
    tried = uploads.read_codes_of(actor=actor, batch=found, day=parse_date(typed) if typed else None)
    return redirect("sheets:batch", tried.pk)


@guarded(IMPORT)
@require_POST
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """Forget how the heads of this source are read."""
    actor = signed_in_actor(request)
    found = _or_404(lambda: queries.batch_for(actor, number))
    uploads.forget_heads(actor=actor, batch=found)
    toast(request, Text(vi="Lần sau sẽ hỏi lại cách đọc tiêu đề này.", en="These heads will be asked for again."))
    return redirect("sheets:batch", found.pk)


@guarded(VIEW)
def kept(request: HttpRequest, number: int, form: str) -> HttpResponseBase:
    """The rows kept aside, to correct and import again."""
    actor = signed_in_actor(request)
    found = _or_404(lambda: queries.batch_for(actor, number))
    columns, rows = queries.to_correct(actor, found)
    write = write_csv if form == "csv" else write_xlsx
    name = f"{found.file_name.rsplit('.', 1)[0]}-giu-lai.{form}"
    return table_file(name, lambda stream: write(columns, rows, stream))


@guarded(IMPORT)
def template(request: HttpRequest, name: str) -> HttpResponseBase:
    """An empty template to fill in."""
    wanted = _or_404(lambda: template_named(name))
    return table_file(f"{wanted.name}.xlsx", lambda stream: write_template(wanted, stream))


def _or_404(obtain: Callable[[], Found]) -> Found:
    """What is out of reach answers as what does not exist."""
    try:
        return obtain()
    except Refusal as refusal:
        raise Http404 from refusal
