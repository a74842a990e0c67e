"""How far a long act has come: whoever does it tells, whoever waits may listen, and neither knows the other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Step = TypeVar("Step")
Listener = Callable[[int, int], None]
"""Hears how much of how much is done."""
_listener: ContextVar[Listener | None] = ContextVar("progress_listener", default=None)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Inside, long acts tell this listener how far they are."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def advancing(parts: Sequence[list[Step]]) -> Iterator[list[Step]]:
    """Go through the parts of an act, and tell after each how much is done."""
    listener = _listener.get()
    whole, done = sum(map(len, parts)), 0
    for part in parts:
        yield part
        done += len(part)
        if listener is not None:
            listener(done, whole)
