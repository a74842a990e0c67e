"""An installation: its database brought up to date, with what the product ships."""

from django.conf import settings
from django.core.management import call_command

from noivu.law.api import load_instruments


def bring_database_up_to_date() -> None:
    """Create or migrate the database, and load what the product ships; safe to repeat."""
    settings.NOIVU_DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    load_instruments()
