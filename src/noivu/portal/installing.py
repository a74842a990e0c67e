"""An installation: its database brought up to date, with what the product ships, and its static files gathered."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from noivu.core.console import note
from noivu.core.wording import Text
from noivu.law.api import load_instruments
from noivu.ui import fonts

LOCK = "installing.lock"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Whoever else makes or upgrades the same installation waits until this is done, and then finds it there."""
    settings.NOIVU_DATA.mkdir(parents=True, exist_ok=True)
    with (settings.NOIVU_DATA / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait = Text(vi="Một lệnh khác đang chuẩn bị bản cài này, xin chờ", en="Another command prepares this, wait")
            note(f"{wait} …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def bring_database_up_to_date() -> None:
    """Create or migrate the database, and load what the product ships; safe to repeat."""
    settings.NOIVU_DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    load_instruments()


def gather_static() -> bool:
    """Gather static files under names of their content, when any of them changed since; True when it was done."""
    fonts.build()
    present = _static_fingerprint()
    kept = Path(settings.STATIC_ROOT) / "gathered"
    if kept.exists() and kept.read_text(encoding="ascii") == present:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    kept.write_text(present, encoding="ascii")
    return True


def _static_fingerprint() -> str:
    """Names, sizes and times of all static files: a glance, not a reading."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            seen = Path(storage.path(name)).stat()
            digest.update(f"{name} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return digest.hexdigest()
