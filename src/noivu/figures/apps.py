from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "noivu.figures"
    default_auto_field = "django.db.models.BigAutoField"
