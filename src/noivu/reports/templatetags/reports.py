"""Tags of the report desk: figures that open their evidence beside the text."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from noivu.figures.api import Balance as FigureBalance
from noivu.reports.queries import ReportView, figure_label
from noivu.reports.writing import Segment
from noivu.ui.figures import Balance, Part

register = template.Library()


@register.simple_tag
def bound(view: ReportView, segment: Segment) -> SafeString:
    """A figure in the text: a link to its records, whose evidence opens beside the paper."""
    return bound_code(view, segment.figure, segment.text)


@register.simple_tag
def bound_code(view: ReportView, code: str, written: str) -> SafeString:
    """A figure by its code, written as the report writes it."""
    whole = view.evidence_url(code)
    panel = whole.replace(reverse("figures:figure", args=[code]), reverse("figures:evidence", args=[code]))
    return format_html(
        '<a class="fig" href="{}" hx-get="{}" hx-target="#evidence" data-evidence title="{}">{}</a>',
        whole,
        panel,
        figure_label(code),
        written,
    )


@register.inclusion_tag("ui/check.html")
def report_check(balance: FigureBalance) -> dict[str, Any]:
    """The check line of an identity: 287 = 170 + 117 + 0."""
    parts = tuple(Part(figure_label(code), value) for code, value in balance.parts)
    return {"balance": Balance(balance.whole[1], balance.label, parts), "is_bare": False}
