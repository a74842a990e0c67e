"""The clock of the product: the machine's, or the demo's own today."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today in the country's time zone; in a demo, the demo's today (always shown on screen)."""
    fixed: str | None = getattr(settings, "NOIVU_TODAY", None)
    return date.fromisoformat(fixed) if fixed else timezone.localdate()


def is_moved() -> bool:
    """True when today is the demo's and not the machine's."""
    return bool(getattr(settings, "NOIVU_TODAY", None))


def now() -> datetime:
    """This instant, for what is recorded: always the machine's clock, never the demo's."""
    return timezone.now()
