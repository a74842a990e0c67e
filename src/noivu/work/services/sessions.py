"""Sessions (kỳ họp) to which voters' recommendations belong: opened once, corrected by name."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.records.api import require_text
from noivu.work.models import Session
from noivu.work.services.ledger import plain


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session, and the days between which its recommendations are reported."""

    code: str
    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    reported_from: date | None = None
    reported_to: date | None = None


@transaction.atomic
def open_session(*, actor: Actor, entry: SessionEntry) -> Session:
    """Record a session under a code of its own."""
    fields = _checked(actor, entry)
    session, is_new = Session.objects.get_or_create(code=fields.pop("code"), defaults=fields)
    if not is_new:
        raise Refusal(
            what=Text(vi=f"Mã {session.code} là của {session.name}.", en=f"{session.code} is {session.name}."),
            do=Text(vi="Nhập mã khác, hoặc sửa kỳ họp đó.", en="Enter another code, or correct that session."),
            where="code",
            code="taken",
        )
    record(actor=actor, action="session.open", thing=session, after=_told(session))
    return session


@transaction.atomic
def correct_session(*, actor: Actor, session: Session, entry: SessionEntry) -> Session:
    """Set the name and the dates of a session; its code stays."""
    fields = _checked(actor, entry)
    fresh = Session.objects.select_for_update().get(pk=session.pk)
    before = _told(fresh)
    for name in fields.keys() - {"code"}:
        setattr(fresh, name, fields[name])
    if _told(fresh) != before:
        fresh.save()
        record(actor=actor, action="session.correct", thing=fresh, before=before, after=_told(fresh))
    return fresh


def _checked(actor: Actor, entry: SessionEntry) -> dict[str, Any]:
    access.require(actor, "work.assign")
    require_text({"code": entry.code, "name": entry.name}, {"code": Text(vi="mã kỳ họp", en="code")})
    if entry.reported_from and entry.reported_to and entry.reported_to <= entry.reported_from:
        raise Refusal(
            what=Text(
                vi="Ngày thôi báo cáo phải sau ngày bắt đầu báo cáo.",
                en="Reporting must end after it begins.",
            ),
            where="reported_to",
            code="order",
        )
    return {**asdict(entry), "code": nfc(entry.code), "name": nfc(entry.name) or nfc(entry.code)}


def _told(session: Session) -> dict[str, Any]:
    names = ("code", "name", "starts_on", "ends_on", "reported_from", "reported_to")
    return {name: plain(getattr(session, name)) for name in names}
