"""The words of files, by which documents are found."""

from enum import StrEnum

from django.db import models

from noivu.core import clock
from noivu.core.wording import Text


class TextState(StrEnum):
    """Whether the words of a file could be read."""

    READ = "read"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


TEXT_STATES: dict[str, Text] = {
    TextState.READ: Text(vi="tìm được theo chữ trong tệp", en="found by its words"),
    TextState.EMPTY: Text(vi="không có lớp chữ (bản quét): không tìm được theo chữ", en="no text in it (a scan)"),
    TextState.UNREADABLE: Text(vi="không đọc được chữ: không tìm được theo chữ", en="its words cannot be read"),
}
WAITING_TEXT = Text(vi="chờ đọc chữ để tìm", en="its words are not read yet")


class FileText(models.Model):
    """The words of a file (chữ trong tệp), kept once for all documents that hold the same bytes.

    `text` is the beginning of what was read, for showing where words stand; `search_text` holds every word once, as
    registers do. `fault` says why nothing was read. It is derived from the bytes alone and may be read again.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12)
    fault = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    search_text = models.TextField(blank=True, editable=False)
    read_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.sha256[:12]}: {self.state}"
