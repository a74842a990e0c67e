"""The import templates of the room."""

from noivu.reports.published.sheet import PUBLISHED
from noivu.sheets.api import declare

declare(PUBLISHED)
