"""Files by the hash of their content: the same bytes are kept once, and a changed byte shows."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from noivu.core.refusals import Refusal
from noivu.core.wording import Text

_CHUNK = 1 << 20
_ASIDE = ".aside"


@dataclass(frozen=True, slots=True)
class Stored:
    """A kept file: SHA-256 of its bytes (hex) and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A file on its way into the store: where it lies for now, and what it would be kept as."""

    path: Path
    stored: Stored


def _sync(path: Path) -> None:
    """What is written there is on the disk when this returns: bytes of a file, names of a directory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True)
class FileStore:
    """A directory of files named by their SHA-256."""

    root: Path

    def _place(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def put(self, stream: BinaryIO) -> Stored:
        """Keep the bytes of a stream; complete or not at all, even when the machine stops in between."""
        with self.draft(stream) as draft:
            return self.keep(draft)

    @contextmanager
    def draft(self, stream: BinaryIO) -> Iterator["Draft"]:
        """The bytes of a stream in a file that is gone afterwards, unless `keep` makes it last."""
        self.root.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=self.root) as written:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                written.write(chunk)
            written.flush()
            yield Draft(Path(written.name), Stored(digest.hexdigest(), size))

    def keep(self, draft: "Draft") -> Stored:
        """Let a draft last, under the name of its content."""
        place = self._place(draft.stored.sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        _sync(draft.path)
        beside = draft.path.with_name(f"{draft.path.name}.kept")
        os.link(draft.path, beside)
        beside.replace(place)
        for directory in (place.parent, *place.parent.parents[:2]):
            _sync(directory)
        return draft.stored

    def open(self, sha256: str) -> BinaryIO:
        """The bytes of a kept file, to be read."""
        place = self._place(sha256)
        if not place.exists():
            raise Refusal(
                what=Text(vi="Không còn tệp trong kho tệp.", en="The file is not in the file store."),
                do=Text(vi="Khôi phục từ bản sao lưu.", en="Restore it from a backup."),
                where=sha256,
                code="file-missing",
            )
        return place.open("rb")

    def kept(self) -> Iterator[Path]:
        """Where every kept file lies."""
        yield from sorted(self.root.glob("??/??/*"))

    def drafts(self) -> Iterator[Path]:
        """Files on their way in, and what a machine that stopped left of such."""
        yield from (path for path in self.root.glob("*") if path.is_file() and path.suffix != _ASIDE)

    def set_aside(self, sha256: str, before: float) -> bool:
        """Take a kept file out of its place, unless its bytes were kept (again) at `before` or later.

        Who keeps bytes puts a new file in their place: one that came meanwhile is told by its time and stays.
        """
        place, aside = self._place(sha256), self._aside(sha256)
        try:
            place.replace(aside)
        except FileNotFoundError:
            return False
        if aside.stat().st_mtime < before:
            return True
        self.put_back(sha256)
        return False

    def put_back(self, sha256: str) -> None:
        """Let a file that was set aside lie in its place again; where its bytes came anew, those stay."""
        if self._place(sha256).exists():
            self.drop(sha256)
        else:
            self._aside(sha256).replace(self._place(sha256))

    def put_all_back(self) -> None:
        """After a cleaning that was interrupted: nothing was decided of what it had set aside."""
        for aside in sorted(self.root.glob(f"*{_ASIDE}")):
            self.put_back(aside.stem)

    def drop(self, sha256: str) -> None:
        """Let a file that was set aside be gone."""
        self._aside(sha256).unlink(missing_ok=True)

    def _aside(self, sha256: str) -> Path:
        return self.root / f"{sha256}{_ASIDE}"

    def verify(self) -> Iterator[str]:
        """The names of kept files whose bytes are no longer those they were kept under."""
        for place in self.kept():
            digest = hashlib.sha256()
            with place.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
            if digest.hexdigest() != place.name:
                yield place.name


def file_store() -> FileStore:
    """The file store of this installation."""
    return FileStore(Path(settings.NOIVU_DATA) / "files")
