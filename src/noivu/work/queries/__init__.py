"""What pages read: registers with the state of each row on a day, what is due, one document with its events."""

from noivu.work.queries.detail import DocumentDetail, EventLine, ObligationDetail, document_detail, obligation_detail
from noivu.work.queries.due import DueLine, due_line, due_list, most_pressing, my_work, pressing, waiting_count
from noivu.work.queries.incoming import (
    INCOMING_CUTS,
    IncomingLine,
    incoming_counts,
    incoming_cut,
    incoming_line,
    incoming_register,
)
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
    "INCOMING_CUTS",
    "OBLIGATION_CUTS",
    "Day",
    "DocumentDetail",
    "DueLine",
    "EventLine",
    "IncomingLine",
    "ObligationDetail",
    "ObligationLine",
    "Standing",
    "document_detail",
    "due_line",
    "due_list",
    "incoming_counts",
    "incoming_cut",
    "incoming_line",
    "incoming_register",
    "most_pressing",
    "my_work",
    "obligation_counts",
    "obligation_cut",
    "obligation_detail",
    "obligation_line",
    "obligation_register",
    "pressing",
    "recommendation_register",
    "waiting_count",
]
