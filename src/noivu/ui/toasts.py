"""What was done, in one line, with its undo. Never for errors."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from noivu.core.wording import Text

_UNDO = "undo:"


def toast(request: HttpRequest, done: Text, undo_url: str = "") -> None:
    """Say on the next page (or in the present one, after htmx) what was done; `undo_url` is posted to by Undo."""
    messages.success(request, str(done), extra_tags=f"{_UNDO}{undo_url}" if undo_url else "")


def undo_url_of(message: Message) -> str:
    tags = message.extra_tags or ""
    return tags.removeprefix(_UNDO) if tags.startswith(_UNDO) else ""
