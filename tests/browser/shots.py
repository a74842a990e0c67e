"""Pictures of every page at 375 and 1440 px, light and dark, into tests/browser/shots/ (not committed): `make shots`.

No test of the suite: somebody looks at them, beside docs/checklists/pages.md.
"""

from pathlib import Path

import pytest

from tests.browser.conftest import Window
from tests.browser.serving import Installation
from tests.browser.site import PLACES, Place
from tests.browser.watching import confirmed

SHOTS = Path(__file__).parent / "shots"
WIDTHS = (1440, 375)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_its_pictures_are_taken(place: Place, window: Window, served: Installation) -> None:
    SHOTS.mkdir(exist_ok=True)
    page = window(place.who)
    confirmed(page, place.path.format(**served.places))
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=SHOTS / f"{place.name}-{width}-{theme}.png", full_page=True)
