"""How many records of each fate the sample registers hold, month by month.

These are instructions for making records, not results: every figure shown is counted from the records afterwards.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """Records to be made for one month of the ministry's registers.

    `to_answer` documents need a reply; of them `answered_late` are answered after their day and `still_open` are not
    answered by the month's last day (and not yet due, so long as `open_overdue` is nought).
    """

    month: int
    incoming: int
    to_answer: int
    still_open: int
    answered_late: int
    outgoing: int
    tasks: int
    tasks_open: int
    tasks_overdue: int
    tasks_late: int
    open_overdue: int = 0

    def divided(self, by: int) -> "MonthPlan":
        """The plan of a smaller office: the same fates, one record of so many."""
        parts = {name: getattr(self, name) // by for name in self.__slots__ if name != "month"}
        return MonthPlan(month=self.month, **parts)


YEAR = 2024
MONTHS = (
    MonthPlan(1, 3109, 241, 96, 9, 1921, 118, 14, 2, 5, open_overdue=3),
    MonthPlan(2, 2240, 178, 71, 6, 1388, 92, 12, 2, 3, open_overdue=2),
    MonthPlan(3, 3314, 262, 108, 11, 2047, 131, 15, 2, 6, open_overdue=2),
    MonthPlan(4, 3278, 255, 101, 8, 2012, 127, 12, 1, 5, open_overdue=1),
    MonthPlan(5, 3387, 268, 112, 10, 2110, 135, 13, 2, 4, open_overdue=3),
    MonthPlan(6, 3181, 249, 99, 7, 1985, 122, 12, 1, 5, open_overdue=1),
    MonthPlan(7, 3460, 271, 110, 12, 2158, 139, 14, 2, 6, open_overdue=2),
    MonthPlan(8, 3508, 276, 114, 9, 2204, 141, 13, 2, 5, open_overdue=1),
    MonthPlan(9, 3412, 264, 105, 8, 2131, 132, 12, 1, 4, open_overdue=1),
    MonthPlan(10, 3629, 287, 117, 9, 2245, 149, 12, 2, 4),
)
RECOMMENDATIONS = 129
"""Voters' recommendations sent before and after the seventh session, all of them answered."""
