"""Mail: gathering notices into mails, and sending these until the mail server takes them.

Nothing leaves the machine unless the operator configured a mail server (`NOIVU_EMAIL`).
"""

import smtplib
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from noivu.accounts.api import User
from noivu.core import clock
from noivu.notices.constants import State
from noivu.notices.models import Delivery, Notice, Preference
from noivu.notices.wording import mail_text

NEWS_FOR = timedelta(days=7)
"""How long a notice that could not be mailed is still worth a mail: after a longer stop people are not flooded."""
CLAIMED_FOR = timedelta(minutes=5)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480, 960, 1440))
"""How long to wait after each attempt that failed; the last one for ever after."""
REFUSED_FOR_GOOD = 500
"""From here on an answer of a mail server says that trying again is of no use."""
CLOSING = 421
"""The server's answer when it closes the line: the others are not tried on it."""
_KEPT_OF_ERROR = 500


def may_send() -> bool:
    """Whether mail is sent at all: a server is configured, and today is really today."""
    return bool(settings.NOIVU_SENDS_EMAIL) and not clock.is_moved()


def prepare_mail() -> int:
    """Gather what is to be mailed, for everybody whose hour has come; how many mails that made."""
    if not may_send():
        return 0
    now = clock.now()
    to_mail = Notice.objects.unmailed(now - NEWS_FOR)
    people = User.objects.active().exclude(email="").filter(pk__in=to_mail.values("user"))
    wishes = {wish.user_id: wish for wish in Preference.objects.filter(user__in=people.values("pk"))}
    written_to = _written_to_today(now)
    hour = timezone.localtime(now).hour
    made = 0
    for user_id in people.order_by("pk").values_list("pk", flat=True):
        wish = wishes.get(user_id) or Preference(user_id=user_id)
        if hour < wish.hour or (wish.digest and user_id in written_to):
            continue
        own = to_mail.filter(user_id=user_id)
        parts = [own] if wish.digest else [own.filter(pk=pk) for pk in own.order_by("pk").values_list("pk", flat=True)]
        made += sum(_prepare(user_id, part, now) for part in parts)
    return made


def _written_to_today(now: datetime) -> set[int]:
    begun = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return set(Delivery.objects.filter(made_at__gte=begun).values_list("user_id", flat=True))


@transaction.atomic
def _prepare(user_id: int, notices: QuerySet[Notice], now: datetime) -> int:
    """One mail over notices that stand in none: whoever comes second finds none, and makes no mail."""
    message_id = f"<{uuid.uuid4().hex}@{_domain()}>"
    mail = Delivery.objects.create(user_id=user_id, message_id=message_id, made_at=now, next_at=now)
    if notices.update(mail=mail) == 0:
        transaction.set_rollback(True)
        return 0
    return 1


def _domain() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].rstrip(">") or "localhost"


def send_mail() -> int:
    """Send what is due, one mail after the other over one connection; how many the server took.

    A server that does not answer ends the round, and puts all that is due off: not each mail waits for it in turn.
    """
    if not may_send() or not _due(clock.now()).exists():
        return 0
    server = get_connection(timeout=settings.EMAIL_TIMEOUT)
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as problem:
        _put_all_off(problem)
        return 0
    sent, worker = 0, uuid.uuid4().hex
    try:
        while (mail := claim(worker)) is not None:
            if not _send(mail, server):
                break
            sent += mail.state == State.SENT
    finally:
        _close(server)
    return sent


def _due(now: datetime) -> QuerySet[Delivery]:
    """What waits and whose pause is over, and what a worker left in the middle of sending."""
    waiting = Q(state=State.WAITING.value, next_at__lte=now)
    left = Q(state=State.SENDING.value, claimed_until__lte=now)
    return Delivery.objects.filter(waiting | left)


def claim(worker: str) -> Delivery | None:
    """Take the next mail for this worker alone; None: nothing is due. Committed before anything is sent."""
    now = clock.now()
    for pk in _due(now).order_by("next_at", "pk").values_list("pk", flat=True)[:20]:
        taken = _due(now).filter(pk=pk)
        left = Case(When(state=State.SENDING.value, then=Value(True)), default=F("maybe_sent"))
        if taken.update(
            state=State.SENDING.value,
            claimed_by=worker,
            claimed_until=now + CLAIMED_FOR,
            attempts=F("attempts") + 1,
            maybe_sent=left,
        ):
            return Delivery.objects.select_related("user").get(pk=pk)
    return None


def _send(mail: Delivery, server: Any) -> bool:
    """Send one mail that this worker has claimed; False where the server is not to be asked further now."""
    try:
        _message(mail, server).send()
    except smtplib.SMTPResponseException as problem:
        _failed(mail, problem, for_good=problem.smtp_code >= REFUSED_FOR_GOOD)
        return problem.smtp_code != CLOSING
    except smtplib.SMTPRecipientsRefused as problem:
        codes = [code for code, _ in problem.recipients.values()]
        _failed(mail, problem, for_good=min(codes, default=0) >= REFUSED_FOR_GOOD)
        return True
    except (OSError, smtplib.SMTPException) as problem:
        mail.maybe_sent = True  # the server may have taken it before the line broke
        _failed(mail, problem, for_good=False)
        return False
    mail.state = State.SENT.value
    _of_worker(mail).update(state=State.SENT.value, sent_at=clock.now(), claimed_until=None, last_error="")
    return True


def _message(mail: Delivery, server: Any) -> EmailMessage:
    notices = list(mail.notices.order_by("pk"))
    text = mail_text(mail.user, [(notice.said, notice.url) for notice in notices], again=mail.maybe_sent)
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(text.subject, text.body, to=[mail.user.email], headers=headers, connection=server)


def _of_worker(mail: Delivery) -> QuerySet[Delivery]:
    """The row, as long as it is still this worker's."""
    return Delivery.objects.filter(pk=mail.pk, claimed_by=mail.claimed_by, state=State.SENDING.value)


def _failed(mail: Delivery, problem: Exception, *, for_good: bool) -> None:
    state = State.FAILED if for_good else State.WAITING
    mail.state = state.value
    _of_worker(mail).update(
        state=state.value,
        claimed_until=None,
        maybe_sent=mail.maybe_sent,
        next_at=clock.now() + pause_after(mail.attempts),
        last_error=_told(problem),
    )


def _put_all_off(problem: Exception) -> None:
    now = clock.now()
    for attempts in _due(now).values_list("attempts", flat=True).distinct().order_by():
        _due(now).filter(attempts=attempts).update(
            state=State.WAITING.value,
            maybe_sent=Case(When(state=State.SENDING.value, then=Value(True)), default=F("maybe_sent")),
            claimed_until=None,
            attempts=F("attempts") + 1,
            next_at=now + pause_after(attempts + 1),
            last_error=_told(problem),
        )


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts."""
    return PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]


def _told(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:_KEPT_OF_ERROR]


def _close(server: Any) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        return  # what was sent is sent; a line that breaks while saying goodbye tells nothing more
