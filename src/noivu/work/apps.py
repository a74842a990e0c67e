from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "noivu.work"
    default_auto_field = "django.db.models.BigAutoField"
