from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "noivu.papers"
    default_auto_field = "django.db.models.BigAutoField"
