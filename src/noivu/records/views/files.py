"""Files of documents: sent, taken, taken away."""

from collections.abc import Iterable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noivu.core.actors import Actor
from noivu.core.files import file_store
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.papers.api import check_file, preview_type
from noivu.records.addresses import document_address
from noivu.records.constants import Direction
from noivu.records.forms import AttachForm
from noivu.records.models import DocumentFile
from noivu.records.queries.outgoing import document_for, file_for
from noivu.records.services import attach_file, detach_file
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.framing import shown_in_a_page
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


def one_of(files: Iterable[DocumentFile], file_id: int) -> DocumentFile:
    """One of these files."""
    found = next((file for file in files if file.pk == file_id), None)
    if found is None:
        raise Http404
    return found


def as_sent(file: DocumentFile) -> HttpResponseBase:
    answer = FileResponse(
        file_store().open(file.sha256),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


_FIRST = 4096


@require_GET
@shown_in_a_page
@guarded("records.view")
def shown(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A PDF or an image, to be shown inside the page of its document."""
    return as_shown(file_for(signed_in_actor(request), file_id, "records.view"))


def as_shown(file: DocumentFile) -> HttpResponseBase:
    """The bytes under their own type, in a sandbox without scripts, framed by our own pages alone.

    A file that came before files were checked is checked now.
    """
    stream = file_store().open(file.sha256)
    if not file.media:
        try:
            check_file(file.name, stream.read())
        except Refusal as refusal:
            return _framed(HttpResponse(str(refusal.what), content_type="text/plain; charset=utf-8", status=409))
        stream.seek(0)
    media_type = preview_type(file.name, stream.read(_FIRST))
    if not media_type:
        raise Http404
    stream.seek(0)
    return _framed(FileResponse(stream, filename=file.name, content_type=media_type))


def _framed(answer: HttpResponseBase) -> HttpResponseBase:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
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
