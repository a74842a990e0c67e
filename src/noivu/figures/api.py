"""figures: what a number is.

A figure is a set of records. A room declares in its `indicators.py`, with the types of `core.indicators`, which rows it
counts (*base set*, cơ sở đếm), on what condition (*indicator*, chỉ tiêu), which shares it shows (*rate*, tỷ lệ) and
what must balance (*identity*, đẳng thức). From that one declaration come the figure (`ask`, `everywhere`), the records
behind it (`drill`, `records`) and its parts (`breakdown`).

Invariants: the figure is the number of records that `drill` returns for the same question; `ask` and `everywhere`
agree for every unit; a rate is computed from its parts and never added up; a page asks all its questions in one
statement.
"""

from noivu.figures.asking import ask
from noivu.figures.drilling import Part, Records, breakdown, drill, records
from noivu.figures.everywhere import Sweep, Table, everywhere
from noivu.figures.questions import GUIDANCE, SUPERIOR, Answer, Balance, Question, reading_of, shown_rate
from noivu.figures.registry import DECLARED, Declarations, declare
from noivu.figures.validation import faults

__all__ = [
    "DECLARED",
    "GUIDANCE",
    "SUPERIOR",
    "Answer",
    "Balance",
    "Declarations",
    "Part",
    "Question",
    "Records",
    "Sweep",
    "Table",
    "ask",
    "breakdown",
    "declare",
    "drill",
    "everywhere",
    "faults",
    "reading_of",
    "records",
    "shown_rate",
]
