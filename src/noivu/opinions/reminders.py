"""Which of our units are reminded of the opinions that they owe: nearly due, due; overdue, up to the superior.

Silence that is taken as consent owes nothing once its day has passed: nobody is told then.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from noivu.core.wording import Text
from noivu.matters.constants import LEGAL_TEXT
from noivu.notices.api import Chain, Reminder, ReminderSource, Steps, declare_source, worded
from noivu.opinions.models import OpinionRequest
from noivu.work.api import Day

_KIND = Text(vi="Ý kiến về dự thảo", en="Opinion on draft")


def reminders(day: date) -> Iterator[Reminder]:
    """All that should have been told by a day of the opinions that units of ours owe on it. One statement."""
    steps, chain = Steps.on(day), Chain.on(day)
    days = (day - timedelta(days=steps.last), Day(day).nearly_until(LEGAL_TEXT))
    for one in OpinionRequest.objects.owed_by_units(day).filter(due_on__range=days).select_related("obligation"):
        step = steps.reached((day - one.due_on).days)
        if step is None or one.unit_id is None:
            continue
        key = f"opinions:{one.pk}:{one.due_on.isoformat()}:{step.code}"
        said = worded(_KIND, one.obligation.code, one.due_on, day, step)
        for user_id in chain.told(step, "", None, one.unit_id, one.unit_id):
            yield Reminder(user_id, key, step.code, said, reverse("opinions:answer", args=[one.pk]))


declare_source(ReminderSource("opinions", Text(vi="Ý kiến về dự thảo", en="Opinions on drafts"), reminders))
