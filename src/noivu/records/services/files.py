"""Files that come with a document: attached, taken away."""

import io
from pathlib import PurePath
from typing import BinaryIO

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.files import file_store
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.papers.api import check_file
from noivu.records.models import DocumentFile, IncomingDocument, OutgoingDocument
from noivu.records.services.freezing import require_not_frozen

MOST_BYTES = 50 * 1024 * 1024


@transaction.atomic
def attach_file(
    *, actor: Actor, document: IncomingDocument | OutgoingDocument, name: str, stream: BinaryIO, size: int
) -> DocumentFile:
    """Keep a file with a document, once `papers.checking` has found nothing against it.

    The same bytes attached to it again under the same name are refused.
    """
    access.require(actor, "records.edit", document)
    require_not_frozen(document)
    shown = nfc(PurePath(name.replace("\\", "/")).name)[:255] or "tep"
    content = stream.read(MOST_BYTES + 1)
    if max(size, len(content)) > MOST_BYTES:
        raise _too_large(size)
    media = check_file(shown, content)
    kept = file_store().put(io.BytesIO(content))
    if document.files.attached().filter(sha256=kept.sha256, name=shown).exists():
        raise Refusal(
            what=Text(vi=f"Tệp “{shown}” đã đính kèm văn bản này.", en=f"“{shown}” is attached already."),
            do=Text(vi="Chọn tệp khác.", en="Choose another file."),
            where="file",
            code="taken",
        )
    return _attached(actor, document, DocumentFile(name=shown, sha256=kept.sha256, size=kept.size, media=media))


def copy_files(*, actor: Actor, source: OutgoingDocument, to: IncomingDocument) -> None:
    """Give the files of a document to what another register made of it: the same bytes, checked when they came."""
    for file in source.files.attached():
        _attached(actor, to, DocumentFile(name=file.name, sha256=file.sha256, size=file.size, media=file.media))


def _attached(actor: Actor, document: IncomingDocument | OutgoingDocument, file: DocumentFile) -> DocumentFile:
    if isinstance(document, IncomingDocument):
        file.incoming = document
    else:
        file.outgoing = document
    file.attached_by, file.attached_by_name = actor.id, actor.name
    file.save(force_insert=True)
    record(actor=actor, action="document.attach", thing=document, after=_told(file))
    return file


@transaction.atomic
def detach_file(*, actor: Actor, file: DocumentFile, reason: str = "") -> None:
    """Take a file away from its document. The log keeps which one it was."""
    document = file.document
    access.require(actor, "records.edit", document)
    require_not_frozen(document)
    file.removed_at = clock.now()
    file.save(update_fields=["removed_at"])
    record(actor=actor, action="document.detach", thing=document, before=_told(file), after=None, reason=reason)


def _told(file: DocumentFile) -> dict[str, str | int]:
    return {"name": file.name, "sha256": file.sha256, "size": file.size}


def _too_large(size: int) -> Refusal:
    limit = MOST_BYTES // (1024 * 1024)
    return Refusal(
        what=Text(
            vi=f"Tệp {size // (1024 * 1024)} MB, nhiều hơn {limit} MB cho phép.",
            en=f"The file has {size // (1024 * 1024)} MB; at most {limit} MB are taken.",
        ),
        do=Text(vi="Tách hoặc nén tệp rồi gửi lại.", en="Split or compress it and send it again."),
        where="file",
        code="too_large",
    )
