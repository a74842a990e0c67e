"""How something owed stands on a day, in the words and drawings of a page."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from noivu.core.wording import Text
from noivu.law.api import add_working_days, nearly_due, working_calendar
from noivu.work.constants import (
    STAGES,
    STATE_SHAPES,
    STATUSES,
    TIMELINESS,
    TIMELINESS_SHAPES,
    Stage,
    Status,
    Timeliness,
)
from noivu.work.kinds import kind_of
from noivu.work.timeline import State, timeliness


@dataclass(frozen=True)
class Day:
    """The day as of which a page is read, and until when a due date then counts as near, by kind."""

    on: date
    _until: dict[str, date] = field(default_factory=dict, compare=False, repr=False)

    def nearly_until(self, kind: str) -> date:
        """The last due date that is nearly due on this day, by the parameter of the kind."""
        if kind not in self._until:
            self._until[kind] = add_working_days(self.on, nearly_due(str(kind), self.on))
        return self._until[kind]


@dataclass(frozen=True)
class Standing:
    """State and timeliness on a day: two axes, each with its drawing (`ui.shapes`) and its word."""

    kind: str
    state: State
    timeliness: Timeliness
    on: date

    @classmethod
    def of(cls, kind: str, state: State, day: Day) -> "Standing":
        return cls(kind, state, timeliness(state, day.on, day.nearly_until(kind)), day.on)

    @property
    def due_on(self) -> date | None:
        return self.state.due_on

    @property
    def state_shape(self) -> str:
        is_open = self.state.status is Status.OPEN
        return STATE_SHAPES[self.state.stage if is_open else self.state.status]

    @property
    def state_words(self) -> Text:
        if self.state.status is Status.OPEN:
            return STAGES[Stage(self.state.stage)]
        return kind_of(self.kind).completed if self.state.status is Status.COMPLETED else STATUSES[self.state.status]

    @property
    def timeliness_shape(self) -> str:
        return TIMELINESS_SHAPES[self.timeliness]

    @property
    def timeliness_words(self) -> Text:
        return TIMELINESS[self.timeliness]

    @cached_property
    def working_days_left(self) -> int | None:
        """Working days until the due date, negative once it is past.

        None where the clock does not run, and for a due date that the calendar does not reach.
        """
        due_on, calendar = self.state.due_on, working_calendar()
        if self.state.status is not Status.OPEN or due_on is None or not calendar.reaches(due_on):
            return None
        return calendar.between(self.on, due_on)
