"""Cells that hold a formula or an error: the workbook reader hands on values alone, so these are found here."""

import re

from noivu.sheets.reading.faults import Fault

_SIGNS = (b"<f", b":f", b't="e"')
"""Without any of these there is neither formula nor error: looking for them first is three times quicker."""
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>([^<]+)<")
_REFERENCE = re.compile(rb"\br=\"([A-Z]+)(\d+)\"")
_IS_ERROR = re.compile(rb"\bt=\"e\"")
_EXAMPLES = 5
_LONGEST_ROW = 32_000_000
NO_VALUE = "formula"


class FormulaWatcher:
    """Fed with the bytes of a sheet, block by block; remembers formulas without a value, and error values.

    `unusable` is row (from 1) → column (from 0) → the error as it stands, or NO_VALUE.
    """

    def __init__(self) -> None:
        self.formulas = 0
        self.examples: list[str] = []
        self.unusable: dict[int, dict[int, str]] = {}
        self._held = bytearray()

    def __call__(self, block: bytes) -> None:
        """Look at all rows that are complete; the last one may straddle two blocks and waits."""
        seen = len(self._held)
        self._held += block
        cut = max(self._held.rfind(b"<row", seen), self._held.rfind(b":row ", seen))
        if cut > 0:
            self._look_through(bytes(self._held[:cut]))
            del self._held[:cut]
        elif len(self._held) > _LONGEST_ROW:
            raise Fault("row-too-long")

    def close(self) -> None:
        """Look at what was still waiting."""
        self._look_through(bytes(self._held))
        self._held.clear()

    def _look_through(self, rows: bytes) -> None:
        if not any(sign in rows for sign in _SIGNS):
            return
        for cell in _CELL.finditer(rows):
            self._look_at(cell.group(1), cell.group(2) or b"")

    def _look_at(self, attributes: bytes, body: bytes) -> None:
        formula = _FORMULA.search(body) is not None
        error = _IS_ERROR.search(attributes) is not None
        place = _REFERENCE.search(attributes)
        if place is None or not (formula or error):
            return
        if formula:
            self.formulas += 1
            if len(self.examples) < _EXAMPLES:
                self.examples.append((place.group(1) + place.group(2)).decode("ascii"))
        value = _VALUE.search(body)
        if error or value is None:
            row = self.unusable.setdefault(int(place.group(2)), {})
            row[_column(place.group(1))] = value.group(1).decode("utf-8", "replace") if value else NO_VALUE


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
