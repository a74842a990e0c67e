"""The words of files, read after they were attached: by the worker, or at once by the command."""

from collections.abc import Iterator

from noivu.core.files import file_store
from noivu.core.refusals import Refusal
from noivu.papers.api import READABLE, read_words
from noivu.records.models import DocumentFile, FileText, TextState
from noivu.records.searching import search_text

KEPT_LETTERS = 200_000
A_ROUND = 50


def read_texts(limit: int | None = None) -> Iterator[FileText]:
    """Read the words of files that wait for it, one by one; each is kept before the next is opened.

    Whatever is wrong with a file is kept as its state: it is not opened again, and holds nothing up. Killed at any
    moment, it goes on where it was.
    """
    wanted = DocumentFile.objects.unread().order_by("pk").values_list("sha256", "name")
    seen = set()
    for sha256, name in list(wanted[:limit] if limit else wanted):
        if sha256 not in seen:
            seen.add(sha256)
            yield _read(sha256, name.rsplit(".", 1)[-1].lower())


def read_round() -> int:
    """As much as one round of the worker does."""
    return sum(1 for _ in read_texts(A_ROUND))


def forget_failures() -> int:
    """Let files whose words could not be read be read again: after an upgrade, or a mended store."""
    return FileText.objects.filter(state=TextState.UNREADABLE).delete()[0]


def _read(sha256: str, kind: str) -> FileText:
    assert kind in READABLE  # by the query
    text, fault = "", ""
    try:
        with file_store().open(sha256) as stream:
            found = read_words(stream.name, kind)
        text, fault = found.text, found.fault
    except Refusal as refusal:  # the bytes are gone: told by `noivu files verify`, and here as a state
        fault = refusal.code
    state = TextState.UNREADABLE if fault else TextState.READ if text else TextState.EMPTY
    kept = FileText(
        sha256=sha256,
        state=state.value,
        fault=fault[:20],
        text=text[:KEPT_LETTERS],
        search_text=search_text([text]) if text else "",
    )
    FileText.objects.bulk_create([kept], ignore_conflicts=True)  # another worker may have read it meanwhile
    return kept
