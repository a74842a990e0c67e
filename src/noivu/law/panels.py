"""Where the pages of the room are found: under the reader's name, beside the daily work."""

from noivu.law.policies import VIEW
from noivu.law.views.acting import CALENDAR, DEADLINE, INSTRUMENTS, PARAMETERS
from noivu.ui.navigation import PersonLink, declare_person_link

declare_person_link(
    PersonLink("law.calendar", CALENDAR, "law:calendar", VIEW),
    PersonLink("law.deadline", DEADLINE, "law:deadline", VIEW),
    PersonLink("law.parameters", PARAMETERS, "law:parameters", VIEW),
    PersonLink("law.instruments", INSTRUMENTS, "law:instruments", VIEW),
)
