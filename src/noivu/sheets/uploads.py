"""A file that came by a page: kept by its hash at once; what is still to be asked travels in a signed token."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.core import signing

from noivu.core.actors import Actor
from noivu.core.files import file_store
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.sheets.declarations import template_named
from noivu.sheets.heads import Heads
from noivu.sheets.importing import import_file
from noivu.sheets.mapping import remember
from noivu.sheets.models import Batch
from noivu.sheets.planning import Proposal, Source, propose, unit_of_file
from noivu.sheets.reading.limits import FROM_THE_WEB
from noivu.sheets.reading.wording import refusal_of

_SALT = "noivu.sheets.upload"
_A_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Upload:
    """A kept file with what was chosen for it, by whom."""

    sha256: str
    name: str
    template: str
    unit_code: str
    actor_id: str

    @property
    def token(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @property
    def source(self) -> Source:
        with file_store().open(self.sha256) as kept:
            path = Path(kept.name)
        return Source(path, name=self.name, unit_code=self.unit_code, limits=FROM_THE_WEB)


def receive(*, actor: Actor, file: Any, template: str, unit_code: str) -> Upload:
    """Keep a file that was sent; too large ones are refused before they are kept."""
    limit = FROM_THE_WEB.file_bytes or 0
    if file.size > limit:
        raise refusal_of("too-large", {"size": file.size, "limit": limit})
    stream: BinaryIO = file
    stored = file_store().put(stream)
    upload = Upload(stored.sha256, str(file.name)[:255], template, unit_code, actor.id)
    unit_of_file(template_named(template), unit_code, actor)
    return upload


def upload_of(actor: Actor, token: str) -> Upload:
    """The upload that a token stands for; only the person who sent the file may go on with it, and within a day."""
    try:
        upload = Upload(**signing.loads(token, salt=_SALT, max_age=_A_DAY))
    except (signing.BadSignature, TypeError) as error:
        raise _gone() from error
    if upload.actor_id != actor.id:
        raise _gone()
    return upload


def _gone() -> Refusal:
    return Refusal(
        what=Text(vi="Tệp gửi lên không còn chờ nhập.", en="The file that was sent is no longer waiting."),
        do=Text(vi="Gửi lại tệp.", en="Send the file again."),
        code="upload",
    )


def proposal_for(upload: Upload) -> Proposal:
    """How the heads of an upload would be understood."""
    return propose(template_named(upload.template), upload.source)


def remember_choice(*, actor: Actor, upload: Upload, heads: Heads, keys: dict[int, str]) -> None:
    """Keep what was chosen on screen for these heads, for this and the next file of the source."""
    template = template_named(upload.template)
    remember(actor=actor, template=template, heads=heads, keys=keys, unit_code=upload.unit_code)


def try_upload(*, actor: Actor, upload: Upload) -> Batch:
    """Try an upload: counts and problems, without changing the registers."""
    return import_file(actor=actor, template=template_named(upload.template), source=upload.source, dry_run=True)


def import_tried(*, actor: Actor, batch: Batch) -> Batch:
    """Import the very file that was tried, by the person who tried it."""
    if batch.state != Batch.TRIED or batch.actor_id != actor.id:
        raise _gone()
    upload = Upload(batch.file_sha256, batch.file_name, batch.template, batch.unit_code, actor.id)
    return import_file(actor=actor, template=template_named(batch.template), source=upload.source)
