from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "noivu.work"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.work import effects, policies  # noqa: F401  connected and declared on import
        from noivu.work.services import leaving  # noqa: F401  declared on import
