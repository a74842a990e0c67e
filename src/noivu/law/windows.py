"""Windows: in which days the data of a period are counted (thời gian chốt số liệu)."""

from datetime import date

from noivu.core import clock
from noivu.core.periods import CALENDAR, Period, Window
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.parameter_files import parameter_files
from noivu.law.parameters import definition_of, parameter, value_of

_PREFIX = "window."


def window(code: str, on: date | None = None) -> Window:
    """The window of a code: `calendar`, `decree09` (15th to 14th), `rewards` (1 December to 30 November)."""
    if code == CALENDAR.code:
        return CALENDAR
    if parameter_files().get(_PREFIX + code) is None:
        known = ", ".join(window_codes())
        raise Refusal(
            what=Text(vi=f"Không có cách chốt số liệu “{code}”.", en=f"There is no window “{code}”."),
            do=Text(vi=f"Chọn một trong: {known}.", en=f"Choose one of: {known}."),
            code="window",
        )
    rule = parameter(_PREFIX + code, on or clock.today()).value
    return Window(code, rule["months_back"], rule["opens_on_day"])


def window_of(code: str, period: Period) -> Window:
    """The window of a code as it stood on the period's first day: one period is counted in one way for ever."""
    return window(code, period.range().starts_on)


def windows_of(period: Period) -> list[Window]:
    """All windows in which a period can be counted: those in force on its first day."""
    first = period.range().starts_on
    codes = [code for code in window_codes() if code != CALENDAR.code]
    return [CALENDAR, *(window(code, first) for code in codes if value_of(definition_of(_PREFIX + code), first))]


def window_label(code: str) -> Text:
    """The window in words, for pickers and as-of lines."""
    if code == CALENDAR.code:
        return Text(vi="theo tháng dương lịch", en="calendar months")
    return parameter(_PREFIX + code, clock.today()).label


def window_codes() -> list[str]:
    """All windows that can be asked for."""
    declared = [code.removeprefix(_PREFIX) for code in parameter_files().definitions if code.startswith(_PREFIX)]
    return [CALENDAR.code, *declared]
