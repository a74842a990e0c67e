"""desk (văn thư): where documents are taken in, sorted and answered, on screen.

Documents stand in `records`, what is owed for them in `work`, the acts on it in `office`. It owns the pages of the
register of incoming documents with the reply that is owed for each, its forms, its triage, its slips and its exports;
and of what becomes of documents on paper: the register of copies, the postal one, and that of the use of kept copies.

Invariant: the rows of a part of the register are those that its figure counts; both come from one declaration.
"""

from noivu.desk.queries.arrivals import CUTS

__all__ = ["CUTS"]
