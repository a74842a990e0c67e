"""Files of documents: sent, taken, taken away."""

from collections.abc import Iterable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noivu.core.actors import Actor
from noivu.core.files import file_store
from noivu.core.wording import Text
from noivu.records.addresses import document_address
from noivu.records.constants import Direction
from noivu.records.forms import AttachForm
from noivu.records.models import DocumentFile
from noivu.records.queries.outgoing import document_for, file_for
from noivu.records.services import attach_file, detach_file
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.guards import guarded, signed_in_actor
from noivu.ui.page import Crumb
from noivu.ui.toasts import toast


@require_http_methods(["GET", "POST"])
@guarded("records.edit")
def attach(request: HttpRequest, direction: str, document_id: int) -> HttpResponse:
    """A file comes with a document."""
    if direction not in set(Direction):
        raise Http404
    found = document_for(signed_in_actor(request), Direction(direction), document_id, "records.edit")
    form = AttachForm(request.POST or None, request.FILES or None)
    back = document_address(Direction(direction), document_id)

    def act(actor: Actor) -> None:
        sent = form.cleaned_data["file"]
        attach_file(actor=actor, document=found, name=sent.name, stream=sent.file, size=sent.size)

    page = FormPage(
        Text(vi="Đính kèm tệp", en="Attach a file"),
        Text(vi="Đã đính kèm tệp.", en="File attached."),
        back,
        [Crumb(Text(vi=str(found), en=str(found)), back)],
        subject=f"{found} · {found.summary}",
    )
    return form_page(request, form, act, page)


@require_GET
@guarded("records.view")
def download(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """The bytes as they were sent, never opened inside the browser."""
    return as_sent(file_for(signed_in_actor(request), file_id, "records.view"))


def sent_bytes(files: Iterable[DocumentFile], file_id: int) -> HttpResponseBase:
    """The bytes of one of these files."""
    found = next((file for file in files if file.pk == file_id), None)
    if found is None:
        raise Http404
    return as_sent(found)


def as_sent(file: DocumentFile) -> HttpResponseBase:
    answer = FileResponse(
        file_store().open(file.sha256),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@guarded("records.edit")
def detach(request: HttpRequest, file_id: int) -> HttpResponse:
    """A file is taken away from its document."""
    actor = signed_in_actor(request)
    file = file_for(actor, file_id, "records.edit")
    detach_file(actor=actor, file=file)
    toast(request, Text(vi="Đã gỡ tệp {name}.", en="{name} taken away.").format(name=file.name))
    direction = Direction.IN if file.incoming_id else Direction.OUT
    return redirect(document_address(direction, file.document.pk))
