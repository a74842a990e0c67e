from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "noivu.reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.reports import policies  # noqa: F401  declares verbs and actions
