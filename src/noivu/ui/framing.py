"""What two kinds of pages change of the content policy: those that show files, and the files shown in them."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.decorators import csp_replace, csp_update
from django.http import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
_FRAMES = {"frame-src": ["'self'"]}
_FRAMED = {"default-src": ["'none'"], "frame-ancestors": ["'self'"], "sandbox": True}


def shows_files(view: View) -> View:
    """A page that shows files of ours in frames."""
    return cast(View, csp_update(_FRAMES)(cast(Any, view)))


def shown_in_a_page(view: View) -> View:
    """A file that is shown in a page of ours: in a sandbox, nothing in it acts or calls out."""
    return cast(View, csp_replace(_FRAMED)(cast(Any, view)))
