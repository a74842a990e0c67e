from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SheetsConfig(AppConfig):
    name = "noivu.sheets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.sheets import policies  # noqa: F401  declares verbs and actions

        autodiscover_modules("imports")
