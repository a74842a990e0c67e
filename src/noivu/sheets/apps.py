from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "noivu.sheets"
    default_auto_field = "django.db.models.BigAutoField"
