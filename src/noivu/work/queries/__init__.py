"""What pages read: registers with the state of each row on a day, and what is due."""

from noivu.work.queries.due import DueLine, due_line, most_pressing, pressing
from noivu.work.queries.obligations import ObligationLine, obligation_line
from noivu.work.queries.sessions import sessions_for
from noivu.work.queries.standing import Day, Standing

__all__ = [
    "Day",
    "DueLine",
    "ObligationLine",
    "Standing",
    "due_line",
    "most_pressing",
    "obligation_line",
    "pressing",
    "sessions_for",
]
