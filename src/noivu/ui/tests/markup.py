"""Reading pages in tests: the words of a page as a person hears them."""

import re
from html import unescape
from typing import Any


def text_of(response: Any) -> str:
    """The words of an answer (or of a string) without its marks, with single spaces."""
    page = response if isinstance(response, str) else response.content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page))).strip()
