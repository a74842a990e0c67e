from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "noivu.ui"
    default_auto_field = "django.db.models.BigAutoField"
