from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "noivu.exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.exchange import policies  # noqa: F401  the audited acts are declared on import
