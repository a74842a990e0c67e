"""Sessions (kỳ họp) to which voters' recommendations belong: of one unit or of all, opened once, then corrected."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.records.api import require_text
from noivu.work.models import Obligation, Session
from noivu.work.queries.sessions import units_above
from noivu.work.services.ledger import plain


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session, and the days between which its recommendations are reported. `unit_id` None: it is one for all."""

    code: str
    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    reported_from: date | None = None
    reported_to: date | None = None
    unit_id: int | None = None


@transaction.atomic
def open_session(*, actor: Actor, entry: SessionEntry) -> Session:
    """Record a session under a code of its own, of a unit or (by who may do so for every unit) of all."""
    fields = _checked(entry)
    _require_may_set(actor, Session(unit_id=entry.unit_id))
    same = Session.objects.filter(code=fields["code"])
    above = units_above(entry.unit_id, clock.today()) if entry.unit_id is not None else ()
    session, is_new = same.usable_by(above).first(), False
    if session is None:
        key = {name: fields.pop(name) for name in ("unit_id", "code")}
        session, is_new = Session.objects.get_or_create(**key, defaults=fields)
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
    """Set the name and the dates of a session; its code and whose it is stay."""
    fields = _checked(entry)
    fresh = Session.objects.select_for_update().get(pk=session.pk)
    _require_may_set(actor, fresh)
    before = _told(fresh)
    for name in fields.keys() - {"code", "unit_id"}:
        setattr(fresh, name, fields[name])
    if _told(fresh) != before:
        fresh.save()
        record(actor=actor, action="session.correct", thing=fresh, before=before, after=_told(fresh))
    return fresh


def may_set(actor: Actor, session: Session) -> bool:
    """Whether the actor may set the name and the dates of a session: they decide what its units' figures count."""
    if session.unit_id is None:
        return access.may_for_all(actor, "work.assign")
    return access.may(actor, "work.assign", session)


def require_usable_session(obligation: Obligation) -> None:
    """Refuse a session of another unit: a recommendation belongs to one of its unit, of a unit above it, or of all."""
    above = units_above(obligation.unit_id, obligation.arises_on)
    if obligation.session_id is None or Session.objects.usable_by(above).filter(pk=obligation.session_id).exists():
        return
    raise Refusal(
        what=Text(vi="Kỳ họp này không phải của đơn vị trả lời.", en="This session is not of the answering unit."),
        do=Text(vi="Chọn kỳ họp khác.", en="Choose another session."),
        where="session",
        code="session",
    )


def _require_may_set(actor: Actor, session: Session) -> None:
    if session.unit_id is None:
        access.require_for_all(actor, "work.assign")
    else:
        access.require(actor, "work.assign", session)


def _checked(entry: SessionEntry) -> dict[str, Any]:
    require_text({"code": entry.code, "name": entry.name}, {"code": Text(vi="mã kỳ họp", en="code")})
    if entry.reported_from and entry.reported_to and entry.reported_to <= entry.reported_from:
        raise Refusal(
            what=Text(vi="Ngày thôi báo cáo phải sau ngày bắt đầu báo cáo.", en="Reporting must end after it begins."),
            where="reported_to",
            code="order",
        )
    return {**asdict(entry), "code": nfc(entry.code), "name": nfc(entry.name) or nfc(entry.code)}


def _told(session: Session) -> dict[str, Any]:
    names = ("unit_id", "code", "name", "starts_on", "ends_on", "reported_from", "reported_to")
    return {name: plain(getattr(session, name)) for name in names}
