from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "noivu.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.notices import policies  # noqa: F401  declares the action of the log

        autodiscover_modules("jobs", "reminders")
