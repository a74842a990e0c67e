"""figures: what a number is.

A figure is a set of records. A room declares in its `indicators.py`, with the types of `core.indicators`, which rows it
counts (*base set*, cơ sở đếm), on what condition (*indicator*, chỉ tiêu), which shares it shows (*rate*, tỷ lệ) and
what must balance (*identity*, đẳng thức). From that one declaration come the figure (`ask`, `everywhere`), the records
behind it (`drill`, `records`) and its parts (`breakdown`).

Invariants: the figure is the number of records that `drill` returns for the same question; `ask` and `everywhere`
agree for every unit; a rate is computed from its parts and never added up; a page asks all its questions in one
statement. A figure that somebody states (`state_figure`: typed by a unit without register, or published elsewhere)
stands beside the counted one (`stated_beside`) and never mixes with it.

A figure is read in the unit tree of the last day in the period; without an as-of day, as of that day or today,
whichever is earlier. A unit that ended within the period counts for the one it went into. A question may name
another day's `structure`: then the units of the period are carried into it (see `across`), and the answer says what is
estimated and what could not be apportioned. `bridge` explains the difference between two periods by its records.
"""

from noivu.figures.across import Contribution, TableAcross, contributions, everywhere_across
from noivu.figures.asking import ask
from noivu.figures.bridging import Bridge, Cause, bridge, bridge_records
from noivu.figures.constants import GUIDANCE, LINES, STATEMENTS, SUPERIOR, Statement
from noivu.figures.drilling import Part, Records, breakdown, drill, records
from noivu.figures.everywhere import Table, everywhere
from noivu.figures.ground import Exactness, exactness
from noivu.figures.models import StatedFigure
from noivu.figures.policies import STATE, VIEW
from noivu.figures.questions import Answer, Balance, NotApportioned, Question, Sweep, reading_of, shown_rate
from noivu.figures.registry import DECLARED, Declarations, declare
from noivu.figures.services import Place, state_figure, withdraw_figure
from noivu.figures.sources import Freshness, freshness
from noivu.figures.standpoint import Standpoint, standpoint
from noivu.figures.stated import Stated, stated_beside
from noivu.figures.validation import faults

__all__ = [
    "DECLARED",
    "GUIDANCE",
    "LINES",
    "STATE",
    "STATEMENTS",
    "SUPERIOR",
    "VIEW",
    "Answer",
    "Balance",
    "Bridge",
    "Cause",
    "Contribution",
    "Declarations",
    "Exactness",
    "Freshness",
    "NotApportioned",
    "Part",
    "Place",
    "Question",
    "Records",
    "Standpoint",
    "Stated",
    "StatedFigure",
    "Statement",
    "Sweep",
    "Table",
    "TableAcross",
    "ask",
    "breakdown",
    "bridge",
    "bridge_records",
    "contributions",
    "declare",
    "drill",
    "everywhere",
    "everywhere_across",
    "exactness",
    "faults",
    "freshness",
    "reading_of",
    "records",
    "shown_rate",
    "standpoint",
    "state_figure",
    "stated_beside",
    "withdraw_figure",
]
