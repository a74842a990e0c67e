"""The data directory: where the embedded database, the files and the keys of one installation lie."""

import json
import secrets
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
        self.path.mkdir(parents=True, exist_ok=True)
        merged = {**self._choices(), **choices}
        text = json.dumps(merged, ensure_ascii=False, indent=2)
        (self.path / "noivu.json").write_text(text, encoding="utf-8")

    def secret_key(self) -> str:
        """The installation's own secret, made at first start and readable by its owner alone."""
        self.path.mkdir(parents=True, exist_ok=True)
        kept = self.path / "secret.key"
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(64), encoding="ascii")
        return kept.read_text(encoding="ascii")
