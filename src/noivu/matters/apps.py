from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "noivu.matters"
    default_auto_field = "django.db.models.BigAutoField"
