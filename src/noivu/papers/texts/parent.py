"""The parent's side of reading words: start the child, wait for so long, take what it tells."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from noivu.core.text import nfc

_CHILD = "noivu.papers.texts.child"
_PATIENCE = 120
READABLE = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a file, or why there are none: `fault` is a code (unreadable, encrypted, too-large, too-costly)."""

    text: str = ""
    fault: str = ""


def read_words(path: Path | str, kind: str) -> Words:
    """The words of a file of a kind of `READABLE`; whatever is wrong with it is told, never raised."""
    places = os.pathsep.join(place for place in sys.path if place)
    try:
        done = subprocess.run(
            [sys.executable, "-m", _CHILD, str(Path(path).resolve()), kind],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": places, "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Words(fault="too-costly")
    if done.returncode or not done.stdout:
        return Words(fault="too-costly" if done.returncode < 0 else "unreadable")
    told = json.loads(done.stdout)
    return Words(nfc(told.get("text", "")), told.get("fault", ""))
