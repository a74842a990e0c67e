"""Documents found by the words of their files, with the place where the words stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.text import fold
from noivu.core.wording import Text
from noivu.records.addresses import document_address
from noivu.records.constants import DIRECTIONS, Direction
from noivu.records.models import DocumentFile, FileText, IncomingDocument, OutgoingDocument
from noivu.records.searching import indexed, search_pieces

SHOWN = 20
_AROUND, _PLACES = 12, 3
_WORD = re.compile(r"\S+")
_SIGNS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a file's text; `is_hit` where it holds a word that was looked for."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class FileHit:
    """A file that holds all words: of which document, and where they stand. No passages: beyond what is kept."""

    label: str
    href: str
    direction: Text
    day: date
    file_id: int
    file_name: str
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class FilesFound:
    """The latest hits of a search, and whether there are more."""

    hits: Sequence[FileHit]
    has_more: bool


def find_in_files(actor: Actor, words: str) -> FilesFound:
    """Files of documents within the actor's reach that hold every word, the latest documents first. Three queries."""
    if not search_pieces(words):
        return FilesFound([], has_more=False)
    files = DocumentFile.objects.attached().filter(sha256__in=indexed(FileText.objects.all(), words).values("sha256"))
    coming = access.scope(actor, "records.view", IncomingDocument.objects.current(), given=True)
    going = access.scope(actor, "records.view", OutgoingDocument.objects.current(), given=True)
    found = [
        *_latest(files.filter(incoming__in=coming).select_related("incoming"), "incoming__arrived_on"),
        *_latest(files.filter(outgoing__in=going).select_related("outgoing"), "outgoing__issued_on"),
    ]
    found.sort(key=lambda file: (_day(file), file.pk), reverse=True)
    shown = found[:SHOWN]
    texts = dict(FileText.objects.filter(sha256__in={file.sha256 for file in shown}).values_list("sha256", "text"))
    hits = [_hit(file, texts.get(file.sha256, ""), words) for file in shown]
    return FilesFound(hits, has_more=len(found) > SHOWN)


def _latest(files: QuerySet[DocumentFile], day: str) -> list[DocumentFile]:
    # By the column itself the planner would go back in time through the whole register.
    return list(files.order_by(Coalesce(day, day).desc(), "-pk")[: SHOWN + 1])


def _day(file: DocumentFile) -> date:
    document = file.document
    return document.arrived_on if isinstance(document, IncomingDocument) else document.issued_on


def _hit(file: DocumentFile, text: str, words: str) -> FileHit:
    document = file.document
    direction = Direction.IN if isinstance(document, IncomingDocument) else Direction.OUT
    return FileHit(
        label=f"{document} · {document.summary}",
        href=document_address(direction, document.pk),
        direction=DIRECTIONS[direction],
        day=_day(file),
        file_id=file.pk,
        file_name=file.name,
        passages=passages_of(text, words),
    )


def passages_of(text: str, query: str) -> list[Passage]:
    """Where the words of a query stand: a few stretches of the text, each word that matches marked."""
    pieces = search_pieces(query)
    spans = [(found.start(), found.end()) for found in _WORD.finditer(text)]
    first: dict[str, int] = {}
    for place, (start, end) in enumerate(spans):
        searched = _searched(text[start:end])
        first.update({piece: place for piece in pieces if piece not in first and piece in searched})
        if len(first) == len(pieces):
            break
    return list(_drawn(text, spans, _windows(sorted(first.values())[:_PLACES], len(spans)), pieces))


def _windows(places: Sequence[int], length: int) -> list[tuple[int, int]]:
    """So many words before and after each place; windows that touch become one."""
    windows: list[tuple[int, int]] = []
    for place in places:
        start, end = max(place - _AROUND, 0), min(place + _AROUND + 1, length)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def _drawn(
    text: str, spans: Sequence[tuple[int, int]], windows: Sequence[tuple[int, int]], pieces: Sequence[str]
) -> Iterator[Passage]:
    for first, last in windows:
        if first and (first, last) == windows[0]:
            yield Passage("… ")
        for start, end in spans[first:last]:
            word = text[start:end]
            yield Passage(word, any(piece in _searched(word) for piece in pieces))
            yield Passage(" ")
        if last < len(spans):
            yield Passage("… ")


@lru_cache(maxsize=65536)
def _searched(word: str) -> str:
    """A word as the search text holds it: folded, and what it consists of where signs part it."""
    whole = fold(word)
    return f" {whole} {' '.join(_SIGNS.split(whole))} "
