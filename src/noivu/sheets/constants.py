"""Sizes of the engine."""

CHUNK_ROWS = 10_000
"""Rows that are checked and handed to a room at once."""
KEPT_OF_A_TRIAL = 5_000
"""How many kept rows a trial remembers; a real import remembers all."""
