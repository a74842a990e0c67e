from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UnitsConfig(AppConfig):
    name = "noivu.units"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.units import policies  # noqa: F401  declares verbs and actions

        autodiscover_modules("effects")
