"""Delimited text (CSV): delimiter found, records streamed, errors of quoting told with their line."""

import csv
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from noivu.sheets.reading.encodings import Encoding, detect
from noivu.sheets.reading.faults import Fault

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 60
_LONGEST_FIELD = 1_000_000


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text file whose encoding and delimiter are known."""

    path: Path
    encoding: Encoding
    delimiter: str

    def rows(self) -> Iterator[list[str]]:
        """The records, decoded and in Unicode."""
        finding = self.encoding.finding
        for record in self._records():
            yield [finding.convert(cell) for cell in record] if finding else record

    def _records(self) -> Iterator[list[str]]:
        csv.field_size_limit(_LONGEST_FIELD)
        with self.path.open(encoding=self.encoding.codec, errors=self.encoding.errors, newline="") as lines:
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            began = 1
            try:
                for record in reader:
                    yield record
                    began = reader.line_num + 1
            except csv.Error as error:
                raise Fault("quoting", line=began, until=reader.line_num, reason=str(error)) from error
            except UnicodeDecodeError as error:
                raise Fault("undecodable", line=reader.line_num + 1, codec=self.encoding.codec) from error


def open_delimited(path: Path) -> Delimited:
    """Find out encoding and delimiter of a text file."""
    encoding = detect(path)
    return Delimited(path, encoding, _delimiter(path, encoding))


def _delimiter(path: Path, encoding: Encoding) -> str:
    with path.open(encoding=encoding.codec, errors="replace", newline="") as lines:
        sample = [line[:10_000] for line in itertools.islice(lines, _SAMPLE_LINES)]
    return max(_DELIMITERS, key=lambda delimiter: (_columns(sample, delimiter), -_DELIMITERS.index(delimiter)))


def _columns(sample: list[str], delimiter: str) -> tuple[int, int]:
    """How many records agree in their number of columns (more than one), and that number."""
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        widths = [len(record) for record in csv.reader(sample, delimiter=delimiter) if record]
    except csv.Error:
        return 0, 0
    several = [width for width in widths if width > 1]
    if not several:
        return 0, 0
    common, agreeing = Counter(several).most_common(1)[0]
    return agreeing, common
