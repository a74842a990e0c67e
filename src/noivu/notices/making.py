"""Making notices: what the sources say, kept once for each person."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from noivu.core import clock
from noivu.core.registry import Registry
from noivu.notices.constants import Channel
from noivu.notices.models import Notice, Preference
from noivu.notices.sources import Reminder, ReminderSource, sources

_AT_ONCE = 500


def make_notices(registry: Registry[ReminderSource] = sources) -> int:
    """Tell everybody what is to be told by today, and has not been; how many notices that made.

    Each handful of notices is one statement: a run that is cut off leaves some of them, and the next one the rest.
    Nothing is told by a clock that was moved: a sample reminds nobody.
    """
    if clock.is_moved():
        return 0
    today = clock.today()
    return sum(_keep(some, today) for source in registry for some in _handfuls(source.reminders(today)))


def _handfuls(reminders: Iterable[Reminder]) -> Iterator[list[Reminder]]:
    coming = iter(reminders)
    while some := list(islice(coming, _AT_ONCE)):
        yield some


def _keep(some: Sequence[Reminder], today: date) -> int:
    people = {one.user_id for one in some}
    told = set(Notice.objects.filter(user__in=people, key__in={one.key for one in some}).values_list("user_id", "key"))
    chosen = dict(Preference.objects.filter(user__in=people).values_list("user_id", "channel"))
    now = clock.now()
    new = [
        Notice(
            user_id=one.user_id,
            key=one.key,
            step=one.step,
            told_on=today,
            made_at=now,
            said_vi=one.said.vi,
            said_en=one.said.en,
            url=one.url,
            channel=chosen.get(one.user_id, Channel.BOTH.value),
        )
        for one in {(one.user_id, one.key): one for one in some}.values()
        if (one.user_id, one.key) not in told and chosen.get(one.user_id) != Channel.NONE
    ]
    Notice.objects.bulk_create(new, ignore_conflicts=True)  # another worker may have been quicker
    return len(new)
