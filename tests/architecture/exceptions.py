"""Named exceptions to the budgets. The list may only shrink: a test refuses an entry that is no longer needed."""

FILES_OVER_400_LINES: set[str] = set()
FUNCTIONS_OVER_60_LINES: set[str] = set()
