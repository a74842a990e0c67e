from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "noivu.audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.audit import policies

        policies.declare_all()
