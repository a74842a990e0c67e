"""How far a long act has come, for the page that waits for it: kept where every process of the server sees it.

The form carries a key of its own (`WatchedForm`); while it is being sent the page asks for that key. What is told is
no part of the act: the act is one transaction, whole or not at all, and nobody outside sees into it.
"""

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.forms import CharField, HiddenInput
from django.http import HttpRequest

from noivu.core import clock, progress
from noivu.ui.forms import Form
from noivu.ui.guards import signed_in_actor

FIELD = "watch"
_KEY = re.compile(r"[0-9a-f]{32}")
_KEPT_SECONDS, _EVERY_SECONDS = 600, 0.5


@dataclass(frozen=True, slots=True)
class Standing:
    """So much of so much, as of an instant."""

    done: int
    whole: int
    at: datetime


class WatchedForm(Form):
    """A form whose act may take long: its page shows how far that is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[FIELD] = CharField(widget=HiddenInput, required=False, initial=secrets.token_hex(16))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned.pop(FIELD, None)  # of the page, not of what was typed
        return cleaned

    @property
    def watched(self) -> str:
        """The key under which the page asks."""
        return _clean(str(self[FIELD].value() or ""))


@contextmanager
def shown_to(request: HttpRequest) -> Iterator[None]:
    """Inside, what long acts tell is shown on the page from which the form was sent."""
    key = _clean(request.POST.get(FIELD, ""))
    if not key:
        yield
        return
    with kept_as(_place(request, key)):
        yield


@contextmanager
def kept_as(place: str) -> Iterator[None]:
    """Inside, what long acts tell is kept under a name, for every process (`standing_as`)."""
    last = 0.0

    def keep(done: int, whole: int) -> None:
        nonlocal last
        now = time.monotonic()
        if done == whole or now - last >= _EVERY_SECONDS:
            last = now
            caches["default"].set(f"progress:{place}", (done, whole, clock.now()), _KEPT_SECONDS)

    caches["default"].delete(f"progress:{place}")
    with progress.heard_by(keep):
        yield


def standing(request: HttpRequest, key: str) -> Standing | None:
    """How far the reader's own act of this key is; None while nothing was told."""
    return standing_as(_place(request, key)) if _clean(key) else None


def standing_as(place: str) -> Standing | None:
    """How far the act is that is kept under a name."""
    kept = caches["default"].get(f"progress:{place}")
    return Standing(*kept) if kept else None


def _clean(key: str) -> str:
    return key if _KEY.fullmatch(key) else ""


def _place(request: HttpRequest, key: str) -> str:
    return f"{signed_in_actor(request).id}:{key}"
