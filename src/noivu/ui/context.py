"""What every page knows about its reader: language, theme, navigation, whose office, sample or not."""

from datetime import date
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.wording import active_language
from noivu.ui import preferences
from noivu.ui.guards import actor_of
from noivu.ui.masthead import Bearer, bearer_of
from noivu.ui.navigation import ShownEntry, navigation

STYLESHEETS = tuple(
    f"ui/{name}.css"
    for name in (
        "tokens",
        "ground",
        "masthead",
        "head",
        "controls",
        "figures",
        "sections",
        "tilemap",
        "register",
        "views",
        "report",
        "feedback",
        "widths",
        "print",
    )
)
_LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


class PageContext:
    """`ui` in templates. Everything is worked out when a template first asks for it."""

    stylesheets = STYLESHEETS

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def language(self) -> str:
        return active_language()

    @property
    def other_language(self) -> str:
        return "vi" if self.language == "en" else "en"

    @property
    def other_language_name(self) -> str:
        return _LANGUAGE_NAMES[self.other_language]

    @property
    def theme(self) -> str:
        return preferences.THEME.of(self._request)

    @property
    def other_theme(self) -> str:
        return "light" if self.theme == "dark" else "dark"

    @property
    def density(self) -> str:
        return preferences.DENSITY.of(self._request)

    @property
    def keys(self) -> bool:
        return preferences.KEYS.of(self._request) != "off"

    @property
    def here(self) -> str:
        """Where a switch returns to: the present page, or the site's root after a post."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"

    @property
    def sought(self) -> str:
        return self._request.GET.get("q", "") if self._request.path == "/search/" else ""

    @property
    def person(self) -> Actor | None:
        return actor_of(self._request)

    @cached_property
    def _bearer(self) -> Bearer:
        return bearer_of(self._request)

    @property
    def office(self) -> str:
        return self._bearer.office

    @property
    def person_unit(self) -> str:
        return self._bearer.unit

    @cached_property
    def navigation(self) -> list[ShownEntry]:
        return navigation.shown(self._request, self.person) if self.person else []

    @cached_property
    def person_links(self) -> list[ShownEntry]:
        return navigation.links_for(self._request, self.person) if self.person else []

    @property
    def unread(self) -> int:
        """How much the menu under the reader's name has that was not seen yet."""
        return sum(link.waiting for link in self.person_links)

    @property
    def is_sample(self) -> bool:
        return bool(getattr(settings, "NOIVU_SAMPLE", False))

    @property
    def moved_today(self) -> date | None:
        """The sample's own today, shown wherever data are samples; None: the machine's."""
        return clock.today() if clock.is_moved() else None


def page(request: HttpRequest) -> dict[str, PageContext]:
    """The context processor."""
    return {"ui": PageContext(request)}
