"""Periods of work and the windows in which their data are counted."""

import re
from dataclasses import dataclass
from datetime import date

from noivu.core.dates import DateRange
from noivu.core.refusals import Refusal
from noivu.core.wording import Text


@dataclass(frozen=True, slots=True)
class Window:
    """How a period becomes days: it opens on `opens_on_day` of the month `months_back` before its first month, and
    closes the day before `opens_on_day` of the month `months_back` before the next period's first month.

    Calendar: (0, 1). The 15th to the 14th of Decree 09/2019: (1, 15). 1 December to 30 November: (1, 1).
    """

    code: str
    months_back: int
    opens_on_day: int

    def __post_init__(self) -> None:
        if not 1 <= self.opens_on_day <= 28:
            raise ValueError("a window opens on a day that every month has")


CALENDAR = Window("calendar", 0, 1)

_PERIOD = re.compile(
    r"^(?P<year>\d{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<nine>9M)))?$"
)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "nine": 9, "year": 12}
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, quarter, half-year, first nine months or year: `2024-10`, `2024-Q4`, `2024-H1`, `2024-9M`, `2024`."""

    year: int
    kind: str
    number: int = 1

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period of a code; a Refusal names the forms that are understood."""
        match = _PERIOD.match(text.strip().upper())
        if match is None or not 1800 <= int(match["year"]) <= 2200:
            raise Refusal(
                what=Text(vi=f"“{text[:20]}” không phải kỳ báo cáo.", en=f"“{text[:20]}” is not a period."),
                do=Text(
                    vi="Nhập 2024-10 (tháng), 2024-Q4 (quý), 2024-H1 (6 tháng), 2024-9M (9 tháng), 2024 (năm).",
                    en="Enter 2024-10 (month), 2024-Q4 (quarter), 2024-H1 (half), 2024-9M (nine months), 2024 (year).",
                ),
                code="period",
            )
        year = int(match["year"])
        for kind in ("month", "quarter", "half"):
            if match[kind]:
                return cls(year, kind, int(match[kind]))
        return cls(year, "nine" if match["nine"] else "year")

    @classmethod
    def of_month(cls, year: int, month: int) -> "Period":
        return cls(year, "month", month)

    @property
    def code(self) -> str:
        suffix = {
            "month": f"-{self.number:02}",
            "quarter": f"-Q{self.number}",
            "half": f"-H{self.number}",
            "nine": "-9M",
            "year": "",
        }[self.kind]
        return f"{self.year}{suffix}"

    def __str__(self) -> str:
        return self.code

    @property
    def first_month(self) -> int:
        return (self.number - 1) * _MONTHS[self.kind] + 1

    @property
    def months(self) -> int:
        return _MONTHS[self.kind]

    def range(self, window: Window = CALENDAR) -> DateRange:
        """The days whose data count for this period."""
        return DateRange(
            _window_opening(self.year, self.first_month, window),
            _window_opening(self.year, self.first_month + self.months, window),
        )

    def last_day(self, window: Window = CALENDAR) -> date:
        """The last day in the period: its figures are read in the unit tree of this day."""
        return self.range(window).last_day

    def shifted(self, steps: int) -> "Period":
        """The period of the same kind so many steps later (earlier when negative)."""
        per_year = 1 if self.kind in {"nine", "year"} else 12 // self.months
        place = self.year * per_year + (self.number - 1) + steps
        return Period(place // per_year, self.kind, place % per_year + 1)

    @property
    def previous(self) -> "Period":
        return self.shifted(-1)

    @property
    def next(self) -> "Period":
        return self.shifted(1)

    @property
    def label(self) -> Text:
        """Tháng 10 năm 2024 / October 2024, and its relatives."""
        year = self.year
        if self.kind == "month":
            return Text(vi=f"tháng {self.number} năm {year}", en=f"{date(year, self.number, 1):%B} {year}")
        if self.kind == "quarter":
            return Text(vi=f"quý {_ROMAN[self.number - 1]} năm {year}", en=f"quarter {self.number} of {year}")
        if self.kind == "half":
            vi = "6 tháng đầu" if self.number == 1 else "6 tháng cuối"
            return Text(vi=f"{vi} năm {year}", en=f"{'first' if self.number == 1 else 'second'} half of {year}")
        if self.kind == "nine":
            return Text(vi=f"9 tháng đầu năm {year}", en=f"first nine months of {year}")
        return Text(vi=f"năm {year}", en=f"year {year}")

    @property
    def short_label(self) -> Text:
        """Tháng 10/2024: for pickers and table heads."""
        if self.kind == "month":
            return Text(vi=f"Tháng {self.number}/{self.year}", en=f"{date(self.year, self.number, 1):%b} {self.year}")
        if self.kind == "quarter":
            return Text(vi=f"Quý {_ROMAN[self.number - 1]}/{self.year}", en=f"Q{self.number} {self.year}")
        return Text(vi=self.label.vi[0].upper() + self.label.vi[1:], en=self.label.en[0].upper() + self.label.en[1:])


def _window_opening(year: int, month: int, window: Window) -> date:
    place = year * 12 + (month - 1) - window.months_back
    return date(place // 12, place % 12 + 1, window.opens_on_day)
