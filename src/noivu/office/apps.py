from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "noivu.office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.office import services  # noqa: F401  declares the action of the log
