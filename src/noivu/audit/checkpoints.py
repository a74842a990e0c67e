"""Signed checkpoints: the size and root of the log, sealed with the installation's key."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from noivu.audit.canonical import canonical
from noivu.audit.keys import key_id, signing_key
from noivu.audit.models import Checkpoint
from noivu.audit.sequencer import load_frontier, number_entries, number_what_waits, short_patience
from noivu.core import clock
from noivu.core.busy import is_busy

ENTRIES, AGE = 1_000, timedelta(days=1)
"""How far an office's log grows between two seals that it makes of itself."""


def checkpoint() -> Checkpoint:
    """Number what waits, and seal the log as it stands. A log that has not grown keeps its last checkpoint."""
    number_entries()
    return seal(load_frontier().size)


def number_after_commit() -> None:
    """See that the log is numbered once this transaction commits: once, however many entries it writes."""
    # A rolled-back savepoint takes its callbacks with it, so what is still in the list is what will run.
    if not any(callback[1] is _after_commit for callback in connection.run_on_commit):
        transaction.on_commit(_after_commit, robust=True)


def _after_commit() -> None:
    if number_what_waits():
        _seal_when_due()


def _seal_when_due() -> None:
    """Seal the log at the first entry, and then at the first after so many entries or so long since the last seal."""
    last = Checkpoint.objects.order_by("-tree_size").first()
    size = load_frontier().size
    is_due = last is None or size - last.tree_size >= ENTRIES or clock.now() - last.signed_at >= AGE
    if not is_due:
        return
    try:
        with short_patience():
            seal(size)
    except OperationalError as refused:
        if not is_busy(refused):
            raise
        # Another writer was in the way: the next entry seals.


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
