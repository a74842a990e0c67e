from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "noivu.records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.records import policies  # noqa: F401  verbs and audited acts are declared on import
