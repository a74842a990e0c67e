from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "noivu.law"
    default_auto_field = "django.db.models.BigAutoField"
