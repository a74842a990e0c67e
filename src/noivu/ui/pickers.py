"""Which period, which unit: the two pickers at the right of a page's title. Each choice is an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from noivu.core import clock
from noivu.core.periods import CALENDAR, Period, Window
from noivu.core.wording import Text

CALENDAR_WORDS = Text(vi="tháng dương lịch", en="calendar months")
_DROPPED = ("after", "before", "at", "open")
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """One period that may be chosen."""

    label: Text
    href: str
    is_current: bool
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """A rule by which a period becomes days, in words: “15 đến 14”."""

    label: Text
    href: str
    is_current: bool


@dataclass(frozen=True)
class PeriodPicker:
    """The period of a page. `page` is its own address, of which only `period` (and `window`) change."""

    period: Period
    page: str
    today: date
    window: Window = CALENDAR
    windows: Sequence[tuple[Window, Text]] = ((CALENDAR, CALENDAR_WORDS),)
    kinds: Sequence[str] = ("month", "quarter", "half", "nine", "year")

    @property
    def label(self) -> Text:
        return self.period.short_label

    @property
    def year(self) -> int:
        return self.period.year

    @property
    def months(self) -> list[PeriodChoice]:
        if "month" not in self.kinds:
            return []
        months = [Period.of_month(self.year, number) for number in range(1, 13)]
        return [
            self._choice(month, Text(vi=f"T{month.number}", en=f"{date(self.year, month.number, 1):%b}"))
            for month in months
        ]

    @property
    def longer(self) -> list[PeriodChoice]:
        """Quarters, half-years, nine months and the year."""
        words = {
            "quarter": [Text(vi=f"Quý {roman}", en=f"Q{place}") for place, roman in enumerate(_ROMAN, start=1)],
            "half": [
                Text(vi="6 tháng đầu", en="First half"),
                Text(vi="6 tháng cuối", en="Second half"),
            ],
            "nine": [Text(vi="9 tháng", en="Nine months")],
            "year": [Text(vi="Cả năm", en="Year")],
        }
        return [
            self._choice(Period(self.year, kind, number), label)
            for kind in words
            if kind in self.kinds
            for number, label in enumerate(words[kind], start=1)
        ]

    @property
    def previous(self) -> PeriodChoice:
        return self._choice(self.period.previous, self.period.previous.short_label)

    @property
    def next(self) -> PeriodChoice:
        return self._choice(self.period.next, self.period.next.short_label)

    @property
    def previous_year(self) -> PeriodChoice:
        return self._other_year(-1)

    @property
    def next_year(self) -> PeriodChoice:
        return self._other_year(1)

    @property
    def window_choices(self) -> list[WindowChoice]:
        return [
            WindowChoice(label, address_with(self.page, window=window.code), window == self.window)
            for window, label in self.windows
        ]

    def _other_year(self, step: int) -> PeriodChoice:
        year = self.year + step
        return self._choice(Period(year, self.period.kind, self.period.number), Text(vi=str(year), en=str(year)))

    def _choice(self, period: Period, label: Text) -> PeriodChoice:
        is_ahead = period.range(self.window).starts_on > self.today
        return PeriodChoice(label, address_with(self.page, period=period.code), period == self.period, is_ahead)


@dataclass(frozen=True)
class UnitPicker:
    """The unit of a page.

    `tree_href` (of the room that knows units) answers with `ui/tree.html` for the parameters `on`, `now` (the present
    code), `page`, and `unit` (words that are searched; none: the tree around `now`). It builds its links with
    `address_with(page, unit=code)`. Without a script the field takes a code or a name.
    """

    name: Text | str
    code: str
    on: date
    page: str
    tree_href: str

    @property
    def tree_query(self) -> str:
        """Where the tree comes from, for this page and this day."""
        return f"{self.tree_href}?{urlencode({'on': self.on.isoformat(), 'now': self.code, 'page': self.page})}"

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The other parameters of the page, for the form without a script."""
        return [(name, value) for name, value in parse_qsl(urlsplit(self.page).query) if name != "unit"]


def period_picker(
    request: HttpRequest,
    period: Period,
    *,
    window: Window = CALENDAR,
    windows: Sequence[tuple[Window, Text]] = ((CALENDAR, CALENDAR_WORDS),),
    kinds: Sequence[str] = ("month", "quarter", "half", "nine", "year"),
) -> PeriodPicker:
    """The picker for the present page; `windows` are the rules the reader may change to, with their words."""
    return PeriodPicker(period, request.get_full_path(), clock.today(), window, windows, kinds)


def unit_picker(request: HttpRequest, name: Text | str, code: str, on: date, tree_href: str) -> UnitPicker:
    """The picker for the present page."""
    return UnitPicker(name, code, on, request.get_full_path(), tree_href)


def address_with(page: str, **changes: str) -> str:
    """A page of ours with parameters changed, from its first page on. An address elsewhere becomes the site's root."""
    if "\\" in page or not page.startswith("/") or not url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        return "/"
    parts = urlsplit(page)
    kept = {name: value for name, value in parse_qsl(parts.query) if name not in _DROPPED}
    query = urlencode({name: value for name, value in {**kept, **changes}.items() if value})
    return f"{parts.path}?{query}" if query else parts.path
