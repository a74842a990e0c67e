"""Gives committed entries their numbers, one sequencer at a time, after the commit: no writer waits for the tail.

Every transaction that wrote an entry tries, once it has committed, to number whatever waits. Where another holds the
log it leaves the work to that one, which looks again after its own commit; so whoever lets go last leaves nothing
behind. What a killed process left is numbered by the next commit, by `noivu serve` or by any `noivu audit` command.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from noivu.audit import merkle
from noivu.audit.leaves import leaf_hash
from noivu.audit.models import Entry, Leaf, Unnumbered
from noivu.core.bulk import insert_rows
from noivu.core.busy import is_busy

_LOCK = 0x6E6F6976  # the name of the log's tail among PostgreSQL's advisory locks: "noiv"
_BATCH = 10_000
_SQLITE_PATIENCE_MS = 1_000


def number_entries() -> int:
    """Number every committed entry that still waits. Returns how many this call numbered."""
    return number_what_waits() if Unnumbered.objects.exists() else 0


def number_what_waits() -> int:
    """The same, where something is known to wait."""
    numbered = 0
    while True:
        batch = _number_batch()
        if batch is None:
            return numbered
        numbered += batch
        if not Unnumbered.objects.exists():
            return numbered


def _number_batch() -> int | None:
    """Number up to a batch in one short transaction; None when another sequencer holds the log."""
    try:
        with short_patience(), transaction.atomic():
            return _number_waiting() if _take_the_tail() else None
    except OperationalError as refused:
        if is_busy(refused):
            return None
        raise


def _number_waiting() -> int:
    entries = list(Entry.objects.filter(waiting__isnull=False).order_by("pk")[:_BATCH])
    if entries:
        frontier = load_frontier()
        insert_rows(Leaf, ["number", "entry", "leaf_hash", "subtree_hash"], _leaves(entries, frontier))
        Unnumbered.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return len(entries)


def _leaves(entries: list[Entry], frontier: merkle.Frontier) -> Iterator[tuple[int, int, bytes, bytes]]:
    for entry in entries:
        number, leaf = frontier.size, leaf_hash(entry)
        yield number, entry.pk, leaf, frontier.append(leaf)


def load_frontier(size: int | None = None) -> merkle.Frontier:
    """The frontier of the log as it stands, or as it stood at an earlier size."""
    if size is None:
        last = Leaf.objects.order_by("-number").values_list("number", flat=True).first()
        size = 0 if last is None else last + 1
    kept = dict(Leaf.objects.filter(pk__in=merkle.peak_numbers(size)).values_list("number", "subtree_hash"))
    return merkle.Frontier(size, [bytes(kept[number]) for number in merkle.peak_numbers(size)])


def _take_the_tail() -> bool:
    """Whether this transaction may number: on SQLite being in a (always immediate) transaction says so."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


@contextmanager
def short_patience() -> Iterator[None]:
    """On SQLite, do not make a writer who has already committed wait long behind another's transaction."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_SQLITE_PATIENCE_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
