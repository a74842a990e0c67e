"""notices (thông báo): who is told what, when and how, exactly once.

A notice (`Notice`) says to one person that something is nearly due, due or overdue: what it is known by, its day, where
it is found, never what it says. Rooms above declare sources (`ReminderSource`, in their `reminders.py`): asked for a
day, a source gives all that should have been told by then, with a key of its own for each (the thing, its due date, the
step). How far up a thing has come by a day and who answers for a unit is one rule for all (`Steps`, `Chain`). Told is
what has a row: a person is told each key once, however often the question is asked.

Each person chooses a channel (in the product, e-mail, both, none), the hour from which mail is sent, and one mail a day
or one for each (`Preference`). Mail (`Delivery`) is made with its notices in one transaction, claimed by a worker for
some minutes, and sent after that is committed; a server that does not answer is asked again after growing pauses.

`noivu worker` runs the periodic jobs of all rooms (`core.periodic`); one worker leads, by a lease in the database.

What holds:
* Nothing is lost: whatever is cut off is done by the next round.
* Nothing is doubled, but for one window: a worker killed after the mail server took a mail and before that was written.
  Such a mail is sent again, under the same Message-ID, says that it may have come before, and `noivu doctor` counts it.
* Nothing leaves the machine unless a mail server is configured; nothing is told or sent by a clock that was moved.
"""

from noivu.notices.escalation import Chain, Step, Steps, worded
from noivu.notices.mailing import may_send
from noivu.notices.making import make_notices
from noivu.notices.queries import MailStanding, WorkerStanding, is_stale, mail_standing, worker_standing
from noivu.notices.sources import Reminder, ReminderSource, declare_source, sources

__all__ = [
    "Chain",
    "MailStanding",
    "Reminder",
    "ReminderSource",
    "Step",
    "Steps",
    "WorkerStanding",
    "declare_source",
    "is_stale",
    "mail_standing",
    "make_notices",
    "may_send",
    "sources",
    "worded",
    "worker_standing",
]
