"""The small marks of a page as HTML: numbers, days, symbols, shapes, bound figures."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from noivu.core.dates import PartialDate, format_day
from noivu.core.numbers import format_decimal, format_integer, half_up
from noivu.core.wording import Text, active_language
from noivu.ui.page import words_of_instant
from noivu.ui.shapes import STATES, TIMELINESS, Shape

NOTHING = "–"
NO_BREAK = "\u00a0"


class _Counted(int):
    """A number that writes itself in groups of three when it stands in a sentence."""

    def __format__(self, spec: str) -> str:
        return format_integer(int(self)) if not spec else super().__format__(spec)


class _Marked(int):
    """A counted number with its figures marked."""

    tag = "b"

    def __format__(self, spec: str) -> str:
        return f'<{self.tag} class="num">{format_integer(int(self))}</{self.tag}>'


class _MarkedPlainly(_Marked):
    tag = "span"


def counted(noun: Text, count: int, tag: str = "b") -> SafeString:
    """**64** văn bản, **1** document: a count with its noun, the wording chosen by the number."""
    marked = _Marked(count) if tag == "b" else _MarkedPlainly(count)
    return mark_safe(noun.in_language(active_language(), n=marked))  # noqa: S308  wording of the code, a number


def say(vi: str, en: str, values: dict[str, Any]) -> SafeString:
    """The wording of the active language. The wordings come from templates and are trusted; values are escaped."""
    spoken = {name: _spoken(name, value) for name, value in values.items()}
    wording = Text(vi=vi, en=en).in_language(active_language(), **spoken)
    return mark_safe(wording)  # noqa: S308  the constants of a template around escaped values


def _spoken(name: str, value: Any) -> Any:
    if name == "n" and isinstance(value, int):
        return _Counted(value)
    if isinstance(value, datetime):
        return str(words_of_instant(value))
    if isinstance(value, date | PartialDate):
        return format_day(value)
    return conditional_escape(value)


def number(value: Any) -> str:
    """3.629; decimals as they are; a dash for what is not known."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        return str(value)
    if isinstance(value, int):
        return format_integer(value)
    return format_decimal(value if isinstance(value, Decimal) else half_up(value, 1))


def day(value: date | PartialDate | None, form: str = "") -> SafeString:
    """A `<time>` that machines read too; `form="text"` gives the bare words, for attributes and sentences."""
    if value is None:
        return SafeString(NOTHING)
    written = format_day(value)
    if form == "text":
        return SafeString(written)
    machine = str(value) if isinstance(value, PartialDate) else value.isoformat()
    return format_html('<time datetime="{}">{}</time>', machine, written)


def instant(value: datetime | None, form: str = "") -> SafeString:
    """06:40 ngày 01/11/2024."""
    if value is None:
        return SafeString(NOTHING)
    words = str(words_of_instant(value))
    if form == "text":
        return conditional_escape(words)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


def unbroken(value: Any) -> SafeString:
    """A name or symbol that does not break across lines."""
    return format_html('<span class="nb">{}</span>', str(value).replace(" ", NO_BREAK))


def tied(value: Any) -> str:
    """A name whose last word does not stand alone on a line, nor a number apart from the word before: Kỳ họp thứ 7."""
    return re.sub(r" (?=[0-9])", NO_BREAK, NO_BREAK.join(str(value).rsplit(" ", 1)))


def distance(working_days: int, form: str = "") -> Text:
    """quá 3 ngày làm việc, còn 1 ngày làm việc; `form="short"` for table rows."""
    count = abs(working_days)
    if working_days == 0:
        return Text(vi="hạn hôm nay", en="due today")
    unit_vi, unit_en = ("ngày", "day") if form == "short" else ("ngày làm việc", "working day")
    plural = unit_en if count == 1 else f"{unit_en}s"
    if working_days < 0:
        return Text(vi=f"quá {count} {unit_vi}", en=f"{count} {plural} late")
    return Text(vi=f"còn {count} {unit_vi}", en=f"{count} {plural} left")


def shape(symbol: str) -> SafeString:
    return format_html('<svg class="shape" aria-hidden="true"><use href="#{}"/></svg>', symbol)


def state(code: str, label: Any = None) -> SafeString:
    """How far: a round shape in ink, and its word."""
    drawn = STATES[code]
    return format_html('<span class="state">{}{}</span>', shape(drawn.symbol), _label(drawn, label))


def chip(code: str, label: Any = None) -> SafeString:
    """How late: an angular shape in colour, and its word."""
    drawn = TIMELINESS[code]
    return format_html('<span class="chip {}">{}{}</span>', drawn.tone, shape(drawn.symbol), _label(drawn, label))


def figure_link(
    value: Any, href: str = "", *, label: str = "", is_open: bool = False, typed: bool = False
) -> SafeString:
    """A number bound to its records is a link to them; one typed by hand is underlined in waves; another is plain."""
    written = conditional_escape(number(value))
    if not href:
        return format_html('<span class="{}">{}</span>', "num typed" if typed else "num", written)
    attributes = format_html(' aria-label="{}"', label) if label else SafeString("")
    if is_open:
        attributes += SafeString(' aria-current="true"')
    return format_html('<a class="fig" href="{}"{}>{}</a>', href, attributes, written)


def row_link(content: Any, href: str, detail_href: str = "") -> SafeString:
    """The link that opens a row of a register, in place where the row has details."""
    if not detail_href:
        return format_html('<a href="{}" data-open>{}</a>', href, content)
    return format_html(
        '<a href="{}" data-open hx-get="{}" hx-target="closest tr" hx-swap="afterend" aria-expanded="false">{}</a>',
        href,
        detail_href,
        content,
    )


def choice_links(choices: Iterable[Any]) -> SafeString:
    """The items of a list to choose from. There may be hundreds, and a template writes each in ten steps."""
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}{}</a></li>',
        ((c.href, _CHOSEN if c.is_current else "", c.label, _noted(c.note) if c.note else "") for c in choices),
    )


_CHOSEN = SafeString(' aria-current="true"')


def _noted(note: Any) -> SafeString:
    return format_html(' <span class="num">{}</span>', note)


def _label(drawn: Shape, label: Any) -> str:
    return str(drawn.label if label is None or label == "" else label)
