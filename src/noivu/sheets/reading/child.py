"""The child process: limits itself, checks the file, and writes its rows to standard output as lines of JSON.

Lines: one head (`{"head": …}`), then rows (`{"rows": [[number, [cell, …], {column: fault}], …]}`), then `{"end": …}`;
or `{"fault": code, "facts": …}` at any point. A date is `{"d": iso}`, an instant `{"t": iso}`. Started as
`python -m noivu.sheets.reading.child FILE '{limits}' [SHEET]`; it imports nothing of the web framework.
"""

import itertools
import json
import os
import resource
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from noivu.sheets.reading.delimited import open_delimited
from noivu.sheets.reading.faults import Fault
from noivu.sheets.reading.kinds_of_file import COMPOUND, TEXT, kind_of_file
from noivu.sheets.reading.limits import Limits
from noivu.sheets.reading.workbook import open_compound, open_zipped

_ROWS_A_LINE = 200
_START = 1 << 14
Row = tuple[int, list[Any], dict[int, str]]


def limit_memory_and_time(limits: Limits) -> None:
    """From here on the kernel stops what the checks overlook."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.processor_seconds, limits.processor_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def open_nothing_more() -> None:
    """No new file, no new connection: a process without free descriptors can neither open nor call out."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def tell(message: dict[str, Any]) -> None:
    """One line to the parent."""
    sys.stdout.write(json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n")


def filled(rows: Iterable[list[Any]], faults: dict[int, dict[int, str]], limit: int | None) -> Iterator[Row]:
    """The rows that hold anything, numbered as a spreadsheet shows them, without the blank cells at their ends."""
    count = 0
    for number, row in enumerate(rows, start=1):
        while row and (row[-1] == "" or row[-1] is None):
            row.pop()
        found = faults.get(number, {})
        if not row and not found:
            continue
        count += 1
        if limit is not None and count > limit:
            raise Fault("too-many-rows", limit=limit)
        yield number, row, found


def send(rows: Iterator[Row]) -> int:
    """Stream the rows in lines of a few hundred; returns how many."""
    count, batch = 0, []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS_A_LINE:
            tell({"rows": batch})
            count, batch = count + len(batch), []
    if batch:
        tell({"rows": batch})
    return count + len(batch)


def read_delimited(path: Path, limits: Limits) -> None:
    """A CSV, streamed."""
    text = open_delimited(path)
    finding = text.encoding.finding
    tell({"head": {"kind": TEXT, "codec": text.encoding.codec, "delimiter": text.delimiter, **_evidence(finding)}})
    rows = text.rows()
    first = list(itertools.islice(rows, 1))  # the file is open from here on
    open_nothing_more()
    tell({"end": {"rows": send(filled(itertools.chain(first, rows), {}, limits.rows))}})


def read_workbook(stream: BinaryIO, kind: str, limits: Limits, wanted: str | None) -> None:
    """An .xlsx or .xls, checked, then read."""
    "".encode("cp437")  # names in a zip may be in it; its codec is a file, to be read while files can be
    open_nothing_more()
    book = open_compound(stream, wanted) if kind == COMPOUND else open_zipped(stream, limits, wanted)
    finding = book.finding()
    formulas = {"formulas": book.formulas.formulas, "formula_examples": book.formulas.examples}
    head = {"kind": kind, "sheet": book.name, "others": book.others, "merged": book.merged(), **formulas}
    tell({"head": {**head, **_evidence(finding)}})
    tell({"end": {"rows": send(filled(book.rows(finding), book.formulas.unusable, limits.rows))}})


def _evidence(finding: Any) -> dict[str, Any]:
    if finding is None:
        return {}
    return {"table": finding.table, "before": finding.before, "after": finding.after, "share": finding.share_after}


def read(path: Path, limits: Limits, wanted: str | None) -> None:
    """Read one file to standard output."""
    with path.open("rb") as stream:
        start = stream.read(_START)
        kind = kind_of_file(start)
        if kind == TEXT:
            read_delimited(path, limits)
        else:
            stream.seek(0)
            read_workbook(stream, kind, limits, wanted)


STATUS = Path("/proc/self/status")


def _most_memory(status: TextIO | None) -> int:
    """The most memory this program held at once, in kB.

    `ru_maxrss` alone would not do: it remembers what the parent held before this program was put in its place.
    """
    if status is not None:
        status.seek(0)
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(arguments: list[str]) -> int:
    """Read the file, or tell what is wrong with it. Exit 0 in both cases: what is told is the answer."""
    path, limits = Path(arguments[0]), Limits(**json.loads(arguments[1]))
    wanted = arguments[2] if len(arguments) > 2 else None
    sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]  # it is a stream
    status = STATUS.open(encoding="ascii") if STATUS.exists() else None  # before nothing more can be opened
    limit_memory_and_time(limits)
    try:
        read(path, limits, wanted)
    except Fault as fault:
        tell({"fault": fault.code, "facts": fault.facts})
    except MemoryError:
        tell({"fault": "too-costly", "facts": {}})
    except BrokenPipeError:
        os._exit(0)
    sys.stdout.flush()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    tell({"cost": {"memory_kilobytes": _most_memory(status), "processor_seconds": round(usage.ru_utime, 2)}})
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
