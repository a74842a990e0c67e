from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "noivu.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.portal import policies as policies
