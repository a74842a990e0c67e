"""Every room on disk is a room of the house."""

from pathlib import Path

from django.conf import settings

ROOMS = Path(__file__).resolve().parents[2] / "src" / "noivu"


def test_every_room_with_models_or_templates_is_installed() -> None:
    rooms = {f"noivu.{d.name}" for d in ROOMS.iterdir() if (d / "apps.py").exists()}
    assert rooms - {"noivu.core"} == {a for a in settings.INSTALLED_APPS if a.startswith("noivu.")}
