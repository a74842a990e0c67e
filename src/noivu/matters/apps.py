from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "noivu.matters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.matters import kinds, policies  # noqa: F401  declared on import
