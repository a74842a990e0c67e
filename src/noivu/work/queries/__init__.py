"""What pages read: registers with the state of each row on a day, and what is due."""

from noivu.work.queries.due import DueLine, due_line, most_pressing, pressing
from noivu.work.queries.obligations import (
    OBLIGATION_CUTS,
    ObligationLine,
    obligation_counts,
    obligation_cut,
    obligation_line,
    obligation_register,
    recommendation_register,
)
from noivu.work.queries.standing import Day, Standing

__all__ = [
    "OBLIGATION_CUTS",
    "Day",
    "DueLine",
    "ObligationLine",
    "Standing",
    "due_line",
    "most_pressing",
    "obligation_counts",
    "obligation_cut",
    "obligation_line",
    "obligation_register",
    "pressing",
    "recommendation_register",
]
