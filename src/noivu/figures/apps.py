from django.apps import AppConfig
from django.core.checks import register


class FiguresConfig(AppConfig):
    name = "noivu.figures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.figures import policies  # noqa: F401  declares its verbs
        from noivu.figures.registry import discover
        from noivu.figures.validation import check_declarations

        discover()
        register(check_declarations)
