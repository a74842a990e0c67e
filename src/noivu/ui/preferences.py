"""What a reader chose for the screen, in cookies that the server reads: nothing flashes and no row is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Preference:
    """A cookie with a short list of values; "" is the state without a choice."""

    cookie: str
    values: tuple[str, ...]

    def of(self, request: HttpRequest) -> str:
        chosen = request.COOKIES.get(self.cookie, "")
        return chosen if chosen in self.values else ""

    def keep(self, response: HttpResponseBase, value: str) -> None:
        """Remember the choice for a year; anything not on the list forgets it."""
        if value not in self.values:
            response.delete_cookie(self.cookie, samesite="Lax")
            return
        # Readable by the script, which switches the theme without a page load.
        response.set_cookie(
            self.cookie, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=False
        )


THEME = Preference("noivu_theme", ("light", "dark"))
DENSITY = Preference("noivu_density", ("compact",))
KEYS = Preference("noivu_keys", ("off",))
LANGUAGE = Preference(settings.LANGUAGE_COOKIE_NAME, ("vi", "en"))

Keep = Callable[[HttpRequest, Preference, str], None]
_keepers: list[Keep] = []


def provide_keeper(keep: Keep) -> None:
    """Have choices of a signed-in reader also kept with the account (the last provider wins)."""
    _keepers[:] = [keep]


def choose(request: HttpRequest, response: HttpResponseBase, preference: Preference, value: str) -> None:
    """Keep a choice in the cookie, and with the account where an upper room does that."""
    preference.keep(response, value)
    for keep in _keepers:
        keep(request, preference, value)
