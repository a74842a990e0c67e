"""How much a file may cost: what a page accepts, and what the operator's command line accepts."""

from dataclasses import asdict, dataclass
from typing import Any

MEGABYTE = 1_000_000
EXCEL_ROWS = 1_048_576


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one file. `rows` and `file_bytes` None: none (a CSV is streamed, whatever its length)."""

    file_bytes: int | None
    inflated_bytes: int
    rows: int | None
    memory_bytes: int
    processor_seconds: int
    ratio: int = 100
    entries: int = 2_000

    def plain(self) -> dict[str, Any]:
        """The limits as they are handed to the child."""
        return asdict(self)


FROM_THE_WEB = Limits(
    file_bytes=100 * MEGABYTE,
    inflated_bytes=100 * MEGABYTE,
    rows=200_000,
    memory_bytes=1_500 * MEGABYTE,
    processor_seconds=120,
)
AT_THE_COMMAND_LINE = Limits(
    file_bytes=None,
    inflated_bytes=6_000 * MEGABYTE,
    rows=None,
    memory_bytes=8_000 * MEGABYTE,
    processor_seconds=24 * 3600,
)
