"""The data directory: where the embedded database, the files and the keys of one installation lie."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class DataDirectory:
    """One installation's directory. `noivu.json` in it holds what was chosen at set-up (sample data, its today)."""

    path: Path

    def _choices(self) -> dict[str, Any]:
        chosen = self.path / "noivu.json"
        if not chosen.exists():
            return {}
        choices: dict[str, Any] = json.loads(chosen.read_text(encoding="utf-8"))
        return choices

    @property
    def is_sample(self) -> bool:
        """True when the registers hold the sample sector: every page then says so."""
        return bool(self._choices().get("sample", False))

    @property
    def sample(self) -> dict[str, Any]:
        """What is known of the sample sector: its size and seed, and whether it was loaded to the end."""
        return {key: value for key, value in self._choices().items() if key in {"finished", "size", "seed"}}

    @property
    def today(self) -> str | None:
        """The demo's own today (ISO), or None: the real one."""
        today = self._choices().get("today")
        return str(today) if today else None

    def choose(self, **choices: Any) -> None:
        """Write choices of the installation beside those already made."""
        merged = {**self._choices(), **choices}
        draft = self._draft("noivu.json", json.dumps(merged, ensure_ascii=False, indent=2))
        draft.replace(self.path / "noivu.json")

    def secret_key(self) -> str:
        """The installation's own secret, made at first start and readable by its owner alone.

        It is put in place whole, by one process at a time: of two that start together the first one's stays, and a
        start that is broken off leaves none. An empty file is none: nothing was ever signed with it.
        """
        kept = self.path / "secret.key"
        if not _holds_something(kept):
            with self._alone():
                if not _holds_something(kept):
                    self._draft("secret.key", secrets.token_urlsafe(64)).replace(kept)
        return kept.read_text(encoding="ascii")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Other processes wait until this is done; one that ends, however it ends, makes way."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        directory = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.flock(directory, fcntl.LOCK_EX)
            yield
        finally:
            os.close(directory)

    def _draft(self, name: str, text: str) -> Path:
        """A complete file of the directory under a name of its own, for its owner alone."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.path / f".{name}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return draft


def _holds_something(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0
