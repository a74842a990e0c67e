from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "noivu.records"
    default_auto_field = "django.db.models.BigAutoField"
