"""Files that come by a page: tried at once, or kept as a batch that waits until its heads are matched."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.files import file_store
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.sheets.declarations import template_named
from noivu.sheets.heads import Heads, missing_columns
from noivu.sheets.importing import import_file, new_batch
from noivu.sheets.mapping import forget, is_remembered, reader_of, remember
from noivu.sheets.models import Batch
from noivu.sheets.planning import Proposal, Source, propose, unit_of_file
from noivu.sheets.policies import IMPORT
from noivu.sheets.reading.limits import FROM_THE_WEB
from noivu.sheets.reading.wording import refusal_of


def receive(*, actor: Actor, file: Any, template: str, unit_code: str) -> Batch:
    """Try a file that was sent; where its heads are not clear it is kept and waits. A refused file is not kept."""
    access.require(actor, IMPORT)
    limit = FROM_THE_WEB.file_bytes or 0
    if file.size > limit:
        raise refusal_of("too-large", {"size": file.size, "limit": limit})
    wanted, store = template_named(template), file_store()
    stream: BinaryIO = file
    unit_id = getattr(unit_of_file(wanted, unit_code, actor), "scope_unit_id", None)
    with store.draft(stream) as draft:
        source = Source(draft.path, name=str(file.name), unit_code=unit_code, limits=FROM_THE_WEB)
        proposal = propose(wanted, source, reader_of(actor, unit_id))
        if not missing_columns(wanted, [*proposal.keys.values(), *proposal.fixed]):
            return import_file(actor=actor, template=wanted, source=source, dry_run=True)
        waiting = new_batch(actor, wanted, source, unit_id, proposal.heads)
        waiting.state, waiting.file_sha256 = Batch.SENT, store.keep(draft).sha256
        waiting.save()
        return waiting


def may_match(actor: Actor, batch: Batch) -> bool:
    """Whether the actor may say what the heads of the file mean: its sender, until it is imported."""
    return batch.actor_id == actor.id and batch.state in (Batch.SENT, Batch.TRIED) and batch.imported_as_id is None


def may_import(actor: Actor, batch: Batch) -> bool:
    """Whether the actor may import the very file that was tried: its sender, once."""
    return batch.state == Batch.TRIED and may_match(actor, batch)


def proposal_for(batch: Batch) -> Proposal:
    """How the heads of a file would be understood."""
    return propose(template_named(batch.template), _source(batch), _reader(batch))


def match_heads(*, actor: Actor, batch: Batch, heads: Heads, keys: Mapping[int, str]) -> Batch:
    """Keep what was chosen for these heads, for this and the next files of the source, and try the file."""
    if not may_match(actor, batch):
        raise _gone()
    template = template_named(batch.template)
    unit_of_file(template, batch.unit_code, actor)
    remember(actor=actor, template=template, heads=heads, keys=keys, kept_for=_reader(batch))
    tried = import_file(actor=actor, template=template, source=_source(batch), dry_run=True)
    Batch.objects.filter(pk=batch.pk, state=Batch.SENT).delete()
    return tried


def may_forget(actor: Actor, batch: Batch) -> bool:
    """Whether how these heads are read was chosen by a person, and the actor may take that back."""
    is_own = batch.scope_unit_id is None and batch.actor_id == actor.id
    return (is_own or access.may(actor, IMPORT, batch)) and is_remembered(
        batch.template, Heads(tuple(batch.heads), 0), _reader(batch)
    )


def forget_heads(*, actor: Actor, batch: Batch) -> None:
    """Ask again how these heads are meant, from the next file on: for all files of the unit, or of the person."""
    if not may_forget(actor, batch):
        raise _gone()
    template = template_named(batch.template)
    forget(actor=actor, template=template, heads=Heads(tuple(batch.heads), 0), kept_for=_reader(batch))


def import_tried(*, actor: Actor, batch: Batch) -> Batch:
    """Import the very file that was tried, by the person who tried it; once."""
    if batch.state != Batch.TRIED or batch.actor_id != actor.id:
        raise _gone()
    return import_file(actor=actor, template=template_named(batch.template), source=_source(batch), tried=batch)


def read_codes_of(*, actor: Actor, batch: Batch, day: date | None) -> Batch:
    """Try the same file again with its codes of units read as of a day (None: of the dates of its rows).

    What is chosen holds for this batch and what is imported from it; the next file of the source is asked anew.
    """
    if not may_import(actor, batch):
        raise _gone()
    source = replace(_source(batch), codes_of=day)
    return import_file(actor=actor, template=template_named(batch.template), source=source, dry_run=True)


def _source(batch: Batch) -> Source:
    with file_store().open(batch.file_sha256) as kept:
        path = Path(kept.name)
    return Source(path, name=batch.file_name, unit_code=batch.unit_code, limits=FROM_THE_WEB, codes_of=batch.codes_of)


def _reader(batch: Batch) -> str:
    return reader_of(Actor(batch.actor_id, batch.actor_name), batch.scope_unit_id)


def _gone() -> Refusal:
    return Refusal(
        what=Text(vi="Tệp gửi lên không còn chờ nhập.", en="The file that was sent is no longer waiting."),
        do=Text(vi="Gửi lại tệp.", en="Send the file again."),
        code="upload",
    )
