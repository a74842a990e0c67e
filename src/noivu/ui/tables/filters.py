"""Conditions of a register: each reads itself from the address, says itself in words, and draws its own picker."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.http import HttpRequest

from noivu.core.dates import format_day, parse_date
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text

ALL = Text(vi="Tất cả", en="All")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be chosen."""

    value: str
    label: Text | str
    note: Text | str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both in; either may be open."""

    first: date | None = None
    last: date | None = None

    @property
    def words(self) -> Text:
        return _span_words(_written(self.first), _written(self.last))

    @property
    def short_words(self) -> Text:
        """Without years, for the picker."""
        return _span_words(_written(self.first)[:5], _written(self.last)[:5])


def _written(day: date | None) -> str:
    return format_day(day) if day else ""


def _span_words(first: str, last: str) -> Text:
    if first and last:
        return Text(vi=f"từ {first} đến {last}", en=f"from {first} to {last}")
    if first:
        return Text(vi=f"từ {first}", en=f"from {first}")
    return Text(vi=f"đến {last}", en=f"to {last}")


@dataclass(frozen=True)
class Filter(ABC):
    """What all conditions share. `is_more` puts it under “Thêm điều kiện”."""

    code: str
    label: Text
    is_more: bool = False
    template: ClassVar[str] = ""
    is_typed: ClassVar[bool] = True

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters of the address that are this condition's."""
        return (self.code,)

    @abstractmethod
    def read(self, query: Mapping[str, str]) -> Any:
        """The value in the address, or None; a Refusal when what was typed cannot be one."""

    @abstractmethod
    def words(self, value: Any, choices: Sequence[Choice]) -> Text | str:
        """The value as the token says it."""

    def short_words(self, value: Any, choices: Sequence[Choice]) -> Text | str:
        return self.words(value, choices)

    def offered(self, request: HttpRequest) -> Sequence[Choice]:
        return ()


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One of a list; `choices` is asked once per page. A value that is not on the list is named as it was typed.

    `is_fetched`: the whole list costs a reading of the register. Then `choices` are those that the page knows anyway,
    until the address says that the picker is opened (`State.opened`).
    """

    choices: Callable[[HttpRequest], Sequence[Choice]] = lambda request: ()
    is_fetched: bool = False
    template: ClassVar[str] = "ui/filters/choice.html"
    is_typed: ClassVar[bool] = False

    def read(self, query: Mapping[str, str]) -> str | None:
        return query.get(self.code) or None

    def offered(self, request: HttpRequest) -> Sequence[Choice]:
        return self.choices(request)

    def words(self, value: Any, choices: Sequence[Choice]) -> Text | str:
        return next((choice.label for choice in choices if choice.value == value), str(value))


@dataclass(frozen=True)
class DateFilter(Filter):
    """Days from … to …, both in."""

    template: ClassVar[str] = "ui/filters/date.html"

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{self.code}_from", f"{self.code}_to")

    def read(self, query: Mapping[str, str]) -> Span | None:
        first, last = (_day(query.get(name, "")) for name in self.names)
        if first and last and last < first:
            raise Refusal(
                what=Text(
                    vi=f"{self.label.vi}: ngày đầu {format_day(first)} sau ngày cuối {format_day(last)}.",
                    en=f"{self.label.en}: the first day {format_day(first)} is after the last {format_day(last)}.",
                ),
                do=Text(vi="Đổi chỗ hai ngày.", en="Exchange the two days."),
                where=self.names[0],
                code="range",
            )
        return Span(first, last) if first or last else None

    def words(self, value: Any, choices: Sequence[Choice]) -> Text:
        words: Text = value.words
        return words

    def short_words(self, value: Any, choices: Sequence[Choice]) -> Text:
        words: Text = value.short_words
        return words


@dataclass(frozen=True)
class TextFilter(Filter):
    """Words that must occur; the room decides in which column, and folds them when accents do not count."""

    template: ClassVar[str] = "ui/filters/text.html"

    def read(self, query: Mapping[str, str]) -> str | None:
        return nfc(query.get(self.code, "")) or None

    def words(self, value: Any, choices: Sequence[Choice]) -> str:
        return f"“{value}”"


def _day(typed: str) -> date | None:
    return parse_date(typed) if typed.strip() else None
