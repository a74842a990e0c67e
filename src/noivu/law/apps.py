from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class LawConfig(AppConfig):
    name = "noivu.law"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("noivu.law.policies")
        import_module("noivu.law.calculators.working_days")
        import_module("noivu.law.calculators.units")
        autodiscover_modules("calculators")
        post_migrate.connect(_load_instruments, sender=self)


def _load_instruments(**_: Any) -> None:
    """Instruments are there wherever the tables are: facts cite them from the first row on."""
    from noivu.law.instruments import load_instruments

    load_instruments()
