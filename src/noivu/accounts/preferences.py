"""What a signed-in person chose for the screen follows the person to every machine."""

from django.http import HttpRequest

from noivu.accounts.models import User
from noivu.ui.preferences import DENSITY, KEYS, LANGUAGE, THEME, Preference, provide_keeper


def present(request: HttpRequest, user: User) -> None:
    """Let this request read the account's choices where it reads the browser's."""
    chosen = {
        LANGUAGE: user.language,
        THEME: user.theme,
        DENSITY: user.density,
        KEYS: "" if user.single_key_shortcuts else "off",
    }
    for preference, value in chosen.items():
        request.COOKIES[preference.cookie] = value


def keep(request: HttpRequest, preference: Preference, value: str) -> None:
    """Keep a choice with the account. How a screen looks to its reader is no change of the registers: no log entry."""
    user = request.user
    if not isinstance(user, User):
        return
    known = value if value in preference.values else ""
    if preference == LANGUAGE:
        user.language = known or "vi"
    elif preference == THEME:
        user.theme = known
    elif preference == DENSITY:
        user.density = known
    elif preference == KEYS:
        user.single_key_shortcuts = known != "off"
    user.save(update_fields=["language", "theme", "density", "single_key_shortcuts"])


def keep_with_the_account() -> None:
    """Called once, when the product starts."""
    provide_keeper(keep)
