"""Signed checkpoints: the size and root of the log, sealed with the installation's key."""

from typing import Any

from django.db import IntegrityError, transaction

from noivu.audit.canonical import canonical
from noivu.audit.keys import key_id, signing_key
from noivu.audit.models import Checkpoint
from noivu.audit.sequencer import load_frontier, number_entries
from noivu.core import clock


def checkpoint() -> Checkpoint:
    """Number what waits, and seal the log as it stands. A log that has not grown keeps its last checkpoint."""
    number_entries()
    return seal(load_frontier().size)


def seal(size: int) -> Checkpoint:
    """The checkpoint over the first `size` leaves: the one there is, or a new one."""
    existing = Checkpoint.objects.filter(tree_size=size).first()
    if existing:
        return existing
    key = signing_key()
    public_key = key.public_key().public_bytes_raw()
    made = Checkpoint(
        tree_size=size,
        root=load_frontier(size).root(),
        signed_at=clock.now(),
        key_id=key_id(public_key),
        public_key=public_key,
    )
    made.signature = key.sign(canonical(made.statement))
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # another process sealed the same size in this moment
        return Checkpoint.objects.get(tree_size=size)
    return made


def as_line(made: Checkpoint) -> dict[str, Any]:
    """A checkpoint as it stands in an export, and as an auditor keeps it."""
    return {
        "public_key": bytes(made.public_key).hex(),
        "signature": bytes(made.signature).hex(),
        "statement": made.statement,
        "type": "checkpoint",
    }
