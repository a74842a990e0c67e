"""The import templates of the room."""

from noivu.figures.unit_sheets import UNIT_FACTS, UNIT_SHARES
from noivu.sheets.api import declare

declare(UNIT_FACTS, UNIT_SHARES)
