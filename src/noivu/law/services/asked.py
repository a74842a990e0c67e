"""Changes that so much follows that nobody should wait for the page: asked for, carried out beside it, shown.

The process that was asked begins at once, in a thread; what a killed one left is carried out by the worker, or by
whoever asks again. Of two that try, one finds the row held and leaves it.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.busy import is_busy
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.following import following, key_of
from noivu.law.installation import forget_installation
from noivu.law.models.asked import Asked, AskedChange
from noivu.law.services.calendar import change_day, swap_days, take_back_day
from noivu.law.services.parameters import override_parameter, take_back_value
from noivu.ui import progress

AT_ONCE = 5_000
"""Up to so many due dates the page itself waits."""
_ACTS: Mapping[str, Any] = {
    "change_day": change_day,
    "swap_days": swap_days,
    "take_back_day": take_back_day,
    "override_parameter": override_parameter,
    "take_back_value": take_back_value,
}
_DAYS = frozenset({"day", "day_off", "day_worked", "starts_on", "ends_on"})
_QUIET = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Change:
    """A verb of the room, and what was typed for it."""

    act: str
    fields: Mapping[str, Any]

    def carry_out(self, actor: Actor) -> None:
        _ACTS[self.act](actor=actor, **self.fields)


def ask(actor: Actor, change: Change, foreseen: str, key: str) -> AskedChange:
    """Let a change be carried out beside the page; the same form sent twice asks once."""
    wanted = {
        "act": change.act,
        "fields": {name: _plain(value) for name, value in change.fields.items()},
        "foreseen": foreseen,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "actor_unit_code": actor.unit_code,
    }
    asked, is_new = AskedChange.objects.get_or_create(key=key, defaults=wanted)
    if is_new:
        transaction.on_commit(lambda: begin(asked))
    return asked


def begin(asked: AskedChange) -> None:
    """Carry it out in a thread of this process."""
    threading.Thread(target=_alone, args=(asked.pk,), name=f"law-change-{asked.pk}", daemon=True).start()


def _alone(asked_id: int) -> None:
    try:
        carry_out(asked_id)
    finally:
        connection.close()


def carry_out(asked_id: int) -> bool:
    """Carry out what waits, whole or not at all; whether it was done. Nothing while another does it."""
    try:
        with progress.kept_as(_place(asked_id)), transaction.atomic():
            waiting = AskedChange.objects.filter(pk=asked_id, state=Asked.WAITING)
            if connection.vendor == "postgresql":
                waiting = waiting.select_for_update(skip_locked=True)
            asked = waiting.first()
            if asked is None:
                return False
            _do(asked)
    except Refusal as refusal:
        _end(asked_id, Asked.FAILED, refusal.text())
        return False
    except Exception as problem:
        if is_busy(problem):
            return False  # it waits still
        _end(asked_id, Asked.FAILED, _BROKEN)
        raise
    return True


def carry_out_waiting() -> int:
    """What no process is at: the worker's round."""
    waiting = AskedChange.objects.filter(state=Asked.WAITING).order_by("pk")
    return sum(carry_out(asked.pk) for asked in waiting if is_quiet(asked))


def is_quiet(asked: AskedChange) -> bool:
    """Nothing was heard of it for a while: the process that was at it is gone."""
    told = progress.standing_as(_place(asked.pk))
    return clock.now() - (told.at if told else asked.asked_at) > _QUIET


def standing_of(asked: AskedChange) -> progress.Standing | None:
    """How far it is; None while nothing was told."""
    return progress.standing_as(_place(asked.pk))


def _do(asked: AskedChange) -> None:
    forget_installation()
    change = Change(asked.act, {name: _typed(name, value) for name, value in asked.fields.items()})
    followed = following(lambda: change.carry_out(asked.actor))
    if key_of(followed) != asked.foreseen:
        raise Refusal(what=_OTHERWISE, do=_ASK_AGAIN, code="foreseen")
    _end(asked.pk, Asked.DONE, followed[0].words, followed[0].address)


def _end(asked_id: int, state: Asked, said: Text, leads_to: str = "") -> None:
    ended = {"state": state, "ended_at": clock.now(), "said_vi": said.vi, "said_en": said.en, "leads_to": leads_to}
    AskedChange.objects.filter(pk=asked_id, state=Asked.WAITING).update(**ended)


def _place(asked_id: int) -> str:
    return f"law-change:{asked_id}"


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return [value.vi, value.en]
    return value.isoformat() if isinstance(value, date) else value


def _typed(name: str, value: Any) -> Any:
    if name == "name":
        return Text(*value)
    return date.fromisoformat(value) if name in _DAYS and value else value


_OTHERWISE = Text(
    vi="Số hạn phải dời nay khác với số đã báo trước khi lưu.",
    en="By now, other due dates would move than was said before saving.",
)
_ASK_AGAIN = Text(vi="Nhập lại thay đổi để xem số mới.", en="Enter the change again to see how many.")
_BROKEN = Text(
    vi="Có lỗi ngoài dự kiến; máy chủ đã ghi lại. Nhập lại thay đổi, hoặc báo người vận hành.",
    en="Something unexpected went wrong, and the server noted it. Enter the change again, or tell the operator.",
)
