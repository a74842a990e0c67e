"""What a serving process reads before its first request, so that no reader waits for it: addresses with their views,
templates, the shipped law."""

import gc
from pathlib import Path

from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver

from noivu.core import clock
from noivu.law.api import WorkingCalendar, rule_codes

_OURS = Path(__file__).resolve().parent.parent


def warm_up() -> None:
    """Read it all. Nothing here asks the database: the server starts, and says what is wrong, while that is away."""
    get_resolver().url_patterns  # noqa: B018  importing every view
    _read_templates()
    rule_codes()
    WorkingCalendar().works(clock.today())
    gc.collect()
    gc.freeze()  # what stays for good need not be looked through again and again


def _read_templates() -> None:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    for directory in get_app_template_dirs("templates"):
        if _OURS in Path(directory).parents:
            for file in sorted(Path(directory).rglob("*.html")):
                engine.get_template(str(file.relative_to(directory)))
