"""A table leaves by a page: written to a file that is gone once it is sent."""

from collections.abc import Callable
from typing import Any, BinaryIO

from django.core.files.temp import NamedTemporaryFile
from django.http import FileResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {"xlsx": XLSX, "csv": "text/csv"}


def table_file(name: str, write: Callable[[BinaryIO], Any]) -> FileResponse:
    """What `write` writes, to be saved under a name that ends with its kind (`.xlsx`, `.csv`); memory does not grow."""
    stream: Any = NamedTemporaryFile("w+b")  # the answer closes it, and so removes it, when it is sent
    write(stream)
    stream.seek(0)
    kind = name.rpartition(".")[2]
    return FileResponse(stream, as_attachment=True, filename=name, content_type=_TYPES[kind])
