"""`{% load noivu %}`: the tags and filters of the design system (docs/design-system.md shows each)."""

from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.utils.safestring import SafeString

from noivu.core.numbers import format_change, format_percent, format_rate
from noivu.core.wording import active_language
from noivu.ui import marks
from noivu.ui.page import AsOf, Crumb
from noivu.ui.toasts import undo_url_of

register = template.Library()

register.filter("number", marks.number)
register.filter("day", marks.day)
register.filter("instant", marks.instant)
register.filter("nb", marks.unbroken)
register.filter("percent", format_percent)
register.filter("change", format_change)
register.simple_tag(active_language, name="language")
register.simple_tag(marks.shape, name="shape")
register.simple_tag(marks.state, name="state")
register.simple_tag(marks.chip, name="chip")


@register.simple_tag
def say(vi: str, en: str, **values: Any) -> SafeString:
    """`{% say "{n} văn bản" "{n} document||{n} documents" n=count %}`: both languages at their place."""
    return marks.say(vi, en, values)


@register.simple_tag
def rate(part: int, whole: int) -> str:
    """`{% rate 137 149 %}`: 91,9%, computed from the parts."""
    return format_rate(part, whole)


@register.simple_tag
def fig(value: Any, href: str = "", label: str = "", current: bool = False, typed: bool = False) -> SafeString:
    """`{% fig 3629 url %}`: a figure that opens to its records."""
    return marks.figure_link(value, href, label=label, is_open=current, typed=typed)


@register.filter
def undo_url(message: Message) -> str:
    return undo_url_of(message)


@register.inclusion_tag("ui/crumbs.html")
def crumbs(trail: list[Crumb]) -> dict[str, Any]:
    return {"trail": trail}


@register.inclusion_tag("ui/asof.html", takes_context=True)
def asof(context: template.Context, as_of: AsOf | None = None) -> dict[str, Any]:
    """The line under the title; with sample registers it is there even when a page has nothing else to say."""
    return {"as_of": as_of if isinstance(as_of, AsOf) else None, "ui": context.get("ui")}
