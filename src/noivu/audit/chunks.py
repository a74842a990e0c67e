"""The rows of a bulk act as they are kept: canonical JSON, one row a line, compressed by the thousand."""

import json
import zlib
from typing import Any

CHUNK_ROWS = 1_000


def read_chunk(chunk: bytes | memoryview) -> list[list[Any]]:
    """The rows `[kind, id, after]` of one chunk."""
    return [json.loads(line) for line in zlib.decompress(chunk).split(b"\n")]
