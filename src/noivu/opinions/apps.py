from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "noivu.opinions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.opinions import following, policies  # noqa: F401  connected and declared on import
