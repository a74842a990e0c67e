"""What the law says: instruments, dated parameters, the working calendar, deadlines, and the two time axes.

Owns
    * `Instrument` (văn bản làm căn cứ): the paper that makes something so. `instrument("30/2020/NĐ-CP")` finds it or
      refuses; nothing is invented, and a day that no source states is empty.
    * Parameters (tham số pháp luật): every number of law, in `<room>/parameters/*.yaml`, dated, with instrument,
      article and mark (read, memory, unverified). `parameter(code, on)` gives the value in force on a day or refuses;
      a value of this installation (`override_parameter`) wins and says `own`.
    * The working calendar of state offices (lịch làm việc): public holidays, swapped days (ngày hoán đổi), own
      changes. Years whose days off are not decided answer, and say why they are not exact (`doubt`).
    * Deadlines (thời hạn): `deadline(start, working_days=10)`, `days=60` or `rule="recommendation_national_assembly"`
      explains every day; `{% include "law/why_date.html" with why=why %}` shows `why_date(deadline)` to a reader.
      The day of the event does not count unless `count_start`. `due_on(start, rule)` is the same day without the
      steps, for mass data. A deadline rule is a parameter whose file has a `rule`: it may also count hours of work,
      months, or name a day of the month; be meant for the same day, for a morning, as the shortest time, or take
      silence as consent (`conditions`). `trace_of(deadline)` keeps what was counted, `read_trace` shows it again.
    * What follows when a day or a rule counts otherwise: `counting_changed` tells the rooms above inside the same
      transaction, they answer with `Followed`; the page of the change foresees it before saving. A change that moves
      thousands is asked for and carried out beside the page, which says how far it is. `one_law()` holds one
      state of calendar and parameters for mass data; `law_at(revision)` the one that a request found.
    * Windows (cách chốt số liệu): `window("decree09")` for `core.periods`.
    * `Recorded`, `DatedFact`: the abstract models of everything with a past. A correction keeps the id:
      `supersede(row, now, **changes)`; `.current()`, `.known_at(instant)`, `.in_force(on)` read both axes.
    * The frame of calculators: a pure function of facts and of the parameters of a day, answering with its steps.
      `StandardsOn(day).against(kind, circumstances, population, area)` is that of `unit-standard`, for mass data.

Invariants
    * No value without a source: a value of law names instrument and article, a setting says why.
    * Two values of one parameter never hold on the same day; two current facts of one kind neither (the database
      refuses, `core.constraints.no_overlap`).
    * `working_days_between(a, b)` counts days after `a` up to and including `b`, and is negative when `b` is earlier.
"""

from noivu.law.calculators import (
    Calculator,
    Explained,
    ExplainedStep,
    Fact,
    ParametersOn,
    calculate,
    declare_calculator,
)
from noivu.law.calculators.units.standard import AgainstStandard, Circumstances, StandardsOn
from noivu.law.calendar import CalendarDay, WorkingCalendar
from noivu.law.constants import KEEP, MARKS, MEMORY, NEXT_WORKING_DAY, READ, UNVERIFIED
from noivu.law.deadlines import (
    Deadline,
    Step,
    add_working_days,
    deadline,
    due_on,
    looks_at_calendar,
    nearly_due,
    rule_codes,
    rules_counting_from,
    rules_for,
    working_day,
    working_days_between,
)
from noivu.law.following import CountingChange, Followed
from noivu.law.installation import law_at, law_revision_column, one_law, working_calendar
from noivu.law.instruments import instrument, load_instruments
from noivu.law.models import (
    DatedFact,
    DatedFactQuerySet,
    Instrument,
    Recorded,
    RecordedQuerySet,
    retract,
    supersede,
)
from noivu.law.parameters import Parameter, parameter
from noivu.law.ruling import RuleFields, tell_counted
from noivu.law.services import (
    InstrumentFacts,
    change_day,
    confirm_year,
    override_parameter,
    register_instrument,
    swap_days,
    take_back_day,
    take_back_value,
    take_back_year,
)
from noivu.law.signals import counting_changed
from noivu.law.traces import read_trace, trace_of
from noivu.law.why_dates import WhyDate, why_date
from noivu.law.windows import window, window_codes, window_label, window_of, windows_of

__all__ = [
    "KEEP",
    "MARKS",
    "MEMORY",
    "NEXT_WORKING_DAY",
    "READ",
    "UNVERIFIED",
    "AgainstStandard",
    "Calculator",
    "CalendarDay",
    "Circumstances",
    "CountingChange",
    "DatedFact",
    "DatedFactQuerySet",
    "Deadline",
    "Explained",
    "ExplainedStep",
    "Fact",
    "Followed",
    "Instrument",
    "InstrumentFacts",
    "Parameter",
    "ParametersOn",
    "Recorded",
    "RecordedQuerySet",
    "RuleFields",
    "StandardsOn",
    "Step",
    "WhyDate",
    "WorkingCalendar",
    "add_working_days",
    "calculate",
    "change_day",
    "confirm_year",
    "counting_changed",
    "deadline",
    "declare_calculator",
    "due_on",
    "instrument",
    "law_at",
    "law_revision_column",
    "load_instruments",
    "looks_at_calendar",
    "nearly_due",
    "one_law",
    "override_parameter",
    "parameter",
    "read_trace",
    "register_instrument",
    "retract",
    "rule_codes",
    "rules_counting_from",
    "rules_for",
    "supersede",
    "swap_days",
    "take_back_day",
    "take_back_value",
    "take_back_year",
    "tell_counted",
    "trace_of",
    "why_date",
    "window",
    "window_codes",
    "window_label",
    "window_of",
    "windows_of",
    "working_calendar",
    "working_day",
    "working_days_between",
]
