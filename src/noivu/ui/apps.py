from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class UiConfig(AppConfig):
    name = "noivu.ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import each room's `panels.py`: there it declares navigation, searchable things, tiles and panels."""
        for room in apps.get_app_configs():
            if room.name.startswith("noivu.") and find_spec(f"{room.name}.panels"):
                import_module(f"{room.name}.panels")
