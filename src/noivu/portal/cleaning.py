"""Files of the store that nothing names any more: found, and removed once they have lain long enough.

Files are kept by the hash of their bytes, before the row that names them is committed; a refused upload, a trial that
was replaced or a machine that stopped leaves one that nothing names. What names a file is not listed here: every text
column of every table is looked at, so that a room cannot forget to say that it keeps files.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from time import time

from django.apps import apps
from django.db import models, transaction

from noivu.audit.api import record_bulk
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.files import FileStore, file_store
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.portal.policies import CLEAN, FILES_CLEANED

GRACE = timedelta(days=7)
LEAST_GRACE = timedelta(days=1)
"""An upload is kept before the row that names it is committed: a large import may take hours in between."""
_HASH_LENGTH = 64
_SHOWN_LENGTH = 12
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Unnamed:
    """What nothing names: kept files by hash with their sizes, and drafts that a machine left when it stopped."""

    files: dict[str, int]
    drafts: tuple[Path, ...]

    @property
    def count(self) -> int:
        return len(self.files) + len(self.drafts)

    @property
    def size(self) -> int:
        return sum(self.files.values()) + sum(path.stat().st_size for path in self.drafts if path.exists())


def unnamed_files(grace: timedelta = GRACE) -> Unnamed:
    """Files that have lain for the time of grace, and that no row of any table names."""
    store, before = file_store(), time() - grace.total_seconds()
    old = {path.name: path.stat().st_size for path in store.kept() if path.stat().st_mtime < before}
    named: set[str] = set()
    for some in _in_parts(old):
        named |= named_among(some)
    drafts = tuple(path for path in store.drafts() if path.stat().st_mtime < before)
    return Unnamed({sha256: size for sha256, size in old.items() if sha256 not in named}, drafts)


def clean_files(*, actor: Actor, grace: timedelta = GRACE) -> Unnamed:
    """Remove what nothing names, with one entry of the log that tells every file. Says what was removed."""
    access.require_for_all(actor, CLEAN)
    if grace < LEAST_GRACE:
        raise Refusal(
            what=Text(vi="Thời gian chờ quá ngắn.", en="The time of grace is too short."),
            why=Text(
                vi="Tệp đang được gửi lên chưa có bản ghi nào nêu tên.",
                en="A file under way is not named by any row yet.",
            ),
            do=Text(vi="Chờ ít nhất một ngày.", en="Allow at least one day."),
            where="older-than",
            code="grace",
        )
    store, before = file_store(), time() - grace.total_seconds()
    store.put_all_back()
    found = unnamed_files(grace)
    aside = {sha256: size for sha256, size in found.files.items() if store.set_aside(sha256, before)}
    gone = _without_those_named_since(store, aside)
    if gone:
        with transaction.atomic():
            label = f"{len(gone)} tệp không còn nơi nào dùng"
            rows = (("core.file", one[:_SHOWN_LENGTH], {"sha256": one, "size": size}) for one, size in gone.items())
            record_bulk(actor=actor, action=FILES_CLEANED, label=label, rows=rows)
    for sha256 in gone:
        store.drop(sha256)
    for path in found.drafts:
        path.unlink(missing_ok=True)
    return Unnamed(gone, found.drafts)


def _without_those_named_since(store: FileStore, aside: dict[str, int]) -> dict[str, int]:
    """A row may have come to name a file while it was looked at: that file lies in its place again."""
    named: set[str] = set()
    for some in _in_parts(aside):
        named |= named_among(some)
    for sha256 in named:
        store.put_back(sha256)
    return {sha256: size for sha256, size in aside.items() if sha256 not in named}


def named_among(hashes: Collection[str]) -> set[str]:
    """Those of the hashes that some row of some table holds; columns named after the hash are looked at first."""
    open_ones = set(hashes)
    for model, column in sorted(_columns(), key=lambda one: ("sha256" not in one[1], one[0]._meta.label, one[1])):
        if not open_ones:
            break
        rows = model._base_manager.filter(**{f"{column}__in": open_ones}).order_by()
        open_ones -= set(rows.values_list(column, flat=True).distinct())
    return set(hashes) - open_ones


def _columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column that can hold the hash of a file."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            length = field.max_length
            if isinstance(field, models.CharField | models.TextField) and (length is None or length >= _HASH_LENGTH):
                yield model, field.attname


def _in_parts(hashes: Iterable[str]) -> Iterator[Sequence[str]]:
    left = iter(hashes)
    while some := list(islice(left, _AT_ONCE)):
        yield some
