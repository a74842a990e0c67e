from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "noivu.planning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.planning import policies  # noqa: F401  declares verbs and actions
