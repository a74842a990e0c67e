from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "noivu.intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.intake import declared  # noqa: F401  the templates are declared on import
