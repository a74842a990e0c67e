"""The file store kept in order: what nothing names goes, and nothing else, whatever names it and whoever uploads."""

import io
import os
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps

from noivu.accounts.models import User
from noivu.accounts.testing import Cast
from noivu.audit.models import Entry
from noivu.core.actors import SYSTEM
from noivu.core.files import FileStore, file_store
from noivu.core.refusals import Refusal
from noivu.portal import cleaning
from noivu.portal.checkup import check_up
from noivu.portal.cleaning import _columns, clean_files, named_among, unnamed_files
from noivu.portal.tests.test_command_line import Ask, ask
from noivu.records.api import attach_file, detach_file
from noivu.records.models import DocumentFile
from noivu.records.testing import arrives
from noivu.sheets.models import Batch

__all__ = ["ask"]

pytestmark = pytest.mark.django_db
ARRIVED = date(2024, 10, 1)
Kept = Callable[..., str]


@pytest.fixture(autouse=True)
def store(settings, tmp_path: Path) -> FileStore:
    settings.NOIVU_DATA = tmp_path
    return file_store()


@pytest.fixture
def kept(store: FileStore) -> Kept:
    """Keeps bytes, as if some days ago."""

    def keep(content: bytes, days: int = 8) -> str:
        sha256 = store.put(io.BytesIO(content)).sha256
        age(store, sha256, days)
        return sha256

    return keep


def place(store: FileStore, sha256: str) -> Path:
    return store.root / sha256[:2] / sha256[2:4] / sha256


def age(store: FileStore, sha256: str, days: int) -> None:
    then = time.time() - days * 86_400
    os.utime(place(store, sha256), (then, then))


def there(store: FileStore) -> set[str]:
    return {path.name for path in store.kept()}


def test_what_nothing_names_is_removed_and_told_in_the_log(store: FileStore, kept: Kept, ask: Ask) -> None:
    stray = kept(b"khong ai dung")
    tried = ask("files", "clean", "--dry-run", "--json")
    assert tried.payload == {"removed": False, "files": [{"sha256": stray, "size": 13}], "drafts": 0}
    assert (there(store), Entry.objects.filter(action="files.clean").exists()) == ({stray}, False)

    assert ask("files", "clean", "--json").payload["files"] == [{"sha256": stray, "size": 13}]
    assert there(store) == set()
    entry = Entry.objects.get(action="files.clean")
    assert (entry.rows_count, ask("audit", "verify").code) == (1, 0)
    assert ask("files", "clean", "--json").payload["files"] == []
    assert Entry.objects.filter(action="files.clean").count() == 1


def test_a_file_removed_once_is_found_again_when_it_comes_again(store: FileStore, kept: Kept) -> None:
    stray = kept(b"khong ai dung")
    clean_files(actor=SYSTEM)
    assert kept(b"khong ai dung") == stray
    assert list(clean_files(actor=SYSTEM).files) == [stray]


def test_files_of_documents_and_batches_stay(store: FileStore, kept: Kept, cast: Cast) -> None:
    document = arrives(cast.an.unit, ARRIVED)
    attached = attach_file(actor=SYSTEM, document=document, name="a.txt", stream=io.BytesIO(b"tep"), size=3)
    taken = attach_file(actor=SYSTEM, document=document, name="b.txt", stream=io.BytesIO(b"go"), size=2)
    detach_file(actor=SYSTEM, file=taken)
    age(store, attached.sha256, 30)
    age(store, taken.sha256, 30)
    assert clean_files(actor=SYSTEM).count == 0
    assert there(store) == {attached.sha256, taken.sha256}
    assert DocumentFile.objects.count() == 2


def test_no_text_column_that_can_hold_a_hash_is_left_out() -> None:
    looked_at = set(_columns())
    assert (DocumentFile, "sha256") in looked_at
    assert (Batch, "file_sha256") in looked_at
    assert (User, "password") in looked_at
    long_enough = {
        (model, field.attname)
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField", "SlugField", "FileField", "URLField", "EmailField")
        and (field.max_length or 64) >= 64
    }
    assert long_enough <= looked_at
    assert named_among(["0" * 64]) == set()


def test_whatever_column_names_a_file_keeps_it(store: FileStore, kept: Kept, cast: Cast) -> None:
    by_note, stray = kept(b"nhac trong ghi chu"), kept(b"khong ai dung")
    arrives(cast.an.unit, ARRIVED, note=by_note)
    assert named_among([by_note, stray]) == {by_note}
    clean_files(actor=SYSTEM)
    assert there(store) == {by_note}


def test_an_upload_under_way_is_not_touched(store: FileStore, kept: Kept) -> None:
    fresh = kept(b"vua gui", days=6)
    assert unnamed_files().count == 0
    assert list(unnamed_files(timedelta(days=5)).files) == [fresh]
    with store.draft(io.BytesIO(b"dang gui")) as draft:
        clean_files(actor=SYSTEM)
        store.keep(draft)
    assert len(there(store)) == 2


def test_bytes_that_come_anew_while_the_store_is_cleaned_stay(
    store: FileStore, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = kept(b"gui lai")
    looked = cleaning.unnamed_files

    def looked_then_sent(grace: timedelta) -> cleaning.Unnamed:
        found = looked(grace)
        store.put(io.BytesIO(b"gui lai"))
        return found

    monkeypatch.setattr(cleaning, "unnamed_files", looked_then_sent)
    assert clean_files(actor=SYSTEM).count == 0
    assert there(store) == {stray}


def test_a_row_that_comes_to_name_a_file_while_the_store_is_cleaned_keeps_it(
    store: FileStore, kept: Kept, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = kept(b"nhac muon")
    set_aside = FileStore.set_aside

    def aside_then_named(store: FileStore, sha256: str, before: float) -> bool:
        arrives(cast.an.unit, ARRIVED, note=stray)
        return set_aside(store, sha256, before)

    monkeypatch.setattr(FileStore, "set_aside", aside_then_named)
    assert clean_files(actor=SYSTEM).count == 0
    assert there(store) == {stray}
    assert not list(store.root.glob("*.aside"))


def test_a_cleaning_that_was_interrupted_is_begun_anew(store: FileStore, kept: Kept, cast: Cast) -> None:
    named, stray = kept(b"can giu"), kept(b"khong ai dung")
    for sha256 in (named, stray):
        assert store.set_aside(sha256, time.time())
    arrives(cast.an.unit, ARRIVED, note=named)
    assert list(clean_files(actor=SYSTEM).files) == [stray]
    assert there(store) == {named}


def test_what_a_machine_left_when_it_stopped_is_removed(store: FileStore, kept: Kept) -> None:
    kept(b"tep")
    left, fresh = store.root / "tmpabc", store.root / "tmpdef"
    for path in (left, fresh):
        path.write_bytes(b"do dang")
    then = time.time() - 8 * 86_400
    os.utime(left, (then, then))
    clean_files(actor=SYSTEM)
    assert (left.exists(), fresh.exists()) == (False, True)


def test_no_grace_and_no_right_are_refused(cast: Cast) -> None:
    with pytest.raises(Refusal, match="quá ngắn"):
        clean_files(actor=SYSTEM, grace=timedelta(hours=1))
    with pytest.raises(Refusal, match="Không có quyền"):
        clean_files(actor=cast.em.actor)


def test_doctor_says_how_many_files_nothing_names(kept: Kept) -> None:
    assert {one.code: one.verdict for one in check_up()}["files"] == "ok"
    kept(b"khong ai dung")
    [files] = [one for one in check_up() if one.code == "files"]
    assert (files.verdict, files.says.en) == ("warn", "1 file that nothing names: run noivu files clean")


def test_a_file_whose_bytes_changed_is_named(store: FileStore, kept: Kept, ask: Ask) -> None:
    sha256 = kept(b"tep")
    assert ask("files", "verify").code == 0
    place(store, sha256).write_bytes(b"tam")
    answer = ask("files", "verify", "--json")
    assert (answer.code, answer.payload) == (1, {"changed": [sha256]})
