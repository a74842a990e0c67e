"""`{% load noivu %}`: the tags and filters of the design system (docs/design-system.md shows each)."""

from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.utils.safestring import SafeString

from noivu.core.numbers import format_change, format_percent, format_rate
from noivu.core.wording import Text, active_language
from noivu.ui import charts, marks
from noivu.ui.charts import Trend
from noivu.ui.figures import Balance
from noivu.ui.forms import BooleanField, Form
from noivu.ui.page import AsOf, Crumb
from noivu.ui.pickers import PeriodPicker, UnitPicker
from noivu.ui.toasts import undo_url_of

register = template.Library()

register.filter("number", marks.number)
register.filter("day", marks.day)
register.filter("instant", marks.instant)
register.filter("nb", marks.unbroken)
register.filter("tied", marks.tied)
register.filter("distance", marks.distance)
register.filter("choice_links", marks.choice_links)
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


@register.simple_tag
def counted(noun: Text, count: int) -> SafeString:
    """`{% counted register.noun 64 %}`: 64 văn bản, with the figure marked."""
    return marks.counted(noun, count)


@register.simple_tag
def row_link(shown: Any, content: Any) -> SafeString:
    """The link of a register row: its page, or, with a script and a `detail_href`, its details in place."""
    return marks.row_link(content, shown.href, shown.detail_href)


@register.inclusion_tag("ui/identity.html")
def identity(balance: Balance) -> dict[str, Any]:
    """`{% identity balance %}`: whole, bar to scale, parts, check."""
    return {"balance": balance}


@register.inclusion_tag("ui/parts.html")
def parts(balance: Balance) -> dict[str, Any]:
    return {"balance": balance}


@register.inclusion_tag("ui/check.html")
def check(balance: Balance, form: str = "") -> dict[str, Any]:
    """`{% check balance %}`: Khớp: 287 = 170 + 117 + 0; `"bare"` leaves the word out, for tables."""
    return {"balance": balance, "is_bare": form == "bare"}


@register.simple_tag
def spark(trend: Trend) -> SafeString:
    """`{% spark trend %}`: the small trend beside a figure, with its spoken label."""
    return charts.spark(trend)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """`{% field form.arrived_on %}`: label, hint, input, error."""
    is_box = isinstance(bound.field, BooleanField)
    suggest_url = getattr(bound.field, "suggest_url", "")
    beside = [name for name in getattr(bound.field, "suggest_with", ()) if name in bound.form.fields]
    answers = getattr(bound.field, "answers", None)
    return {
        "field": bound,
        "kind": "box" if is_box else "",
        "suggest_url": suggest_url,
        "suggest_with": [bound.form[name].auto_id for name in beside],
        "answers_url": answers.url if answers else "",
        "answers_to": [bound.form[name].auto_id for name in answers.to if name in bound.form.fields] if answers else [],
    }


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: Form) -> dict[str, Any]:
    """What must be mended, above the form, with links to the fields."""
    return {"form": form, "count": len(form.wrong_fields) + len(form.non_field_errors())}


@register.inclusion_tag("ui/period_picker.html")
def period_picker(picker: PeriodPicker) -> dict[str, Any]:
    return {"picker": picker}


@register.inclusion_tag("ui/unit_picker.html")
def unit_picker(picker: UnitPicker) -> dict[str, Any]:
    return {"picker": picker}


@register.inclusion_tag("ui/loading.html")
def loading(words: Any = None) -> dict[str, Any]:
    """Three quiet lines; `words` may say how many records are being counted."""
    return {"words": words}


@register.inclusion_tag("ui/pager.html")
def pager(pages: Any) -> dict[str, Any]:
    return {"pages": pages}


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
