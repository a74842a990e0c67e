"""The registry of panels: what upper rooms add to the page of a lower room's thing, without that room knowing them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from noivu.core import access
from noivu.core.registry import Registry
from noivu.ui.guards import actor_of


@dataclass(frozen=True)
class Panel:
    """A passage on a page (`page` is the page's code, such as `records.incoming`).

    `content(request, thing)` gives the template's context, or None when there is nothing to say about this thing.
    `verb` is asked of the thing.
    """

    code: str
    page: str
    order: int
    template: str
    content: Callable[[HttpRequest, Any], Mapping[str, Any] | None]
    verb: str | None = None


panels: Registry[Panel] = Registry("panels", key=lambda panel: panel.code)


def declare_panel(*declared: Panel) -> None:
    """Add panels to pages; called in `<room>/panels.py`."""
    panels.declare_all(declared)


def panels_of(page: str, request: HttpRequest, thing: Any, registry: Registry[Panel] = panels) -> list[SafeString]:
    """The panels of a page as HTML, in order: those its reader may see and that have something to say."""
    wanted = sorted((panel for panel in registry if panel.page == page), key=lambda panel: panel.order)
    allowed = [p for p in wanted if p.verb is None or access.may(actor_of(request), p.verb, thing)]
    contents = [(panel, panel.content(request, thing)) for panel in allowed]
    return [
        render_to_string(panel.template, {**content, "thing": thing}, request=request)
        for panel, content in contents
        if content is not None
    ]
