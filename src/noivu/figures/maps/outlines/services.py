"""Verbs on outlines: an operator loads them for a day, and withdraws them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.files import file_store
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.maps.layouts import Layout, layout_for
from noivu.figures.maps.outlines.reading import Wanted, read_outlines
from noivu.figures.maps.outlines.shapes import fitted
from noivu.figures.models import OutlineSet
from noivu.figures.policies import OUTLINE
from noivu.law.api import retract, supersede
from noivu.units.api import tree


@dataclass(frozen=True, slots=True)
class Supplied:
    """A file of outlines as an operator hands it in: since when it holds, who made it, which property has the code."""

    name: str
    data: bytes
    starts_on: date
    source: str
    named_by: str = "code"


def check_outlines(supplied: Supplied) -> dict[str, object]:
    """What would be drawn of a file; a Refusal says everything that is wrong with it. Nothing is stored."""
    wanted = _wanted(supplied)
    archipelagos = {island.unit_code for island in wanted.islands}
    return fitted(read_outlines(supplied.data, wanted), archipelagos).as_json()


def load_outlines(*, actor: Actor, supplied: Supplied) -> OutlineSet:
    """Store the outlines of all provinces from a day on, in the place of those already there for the same day."""
    access.require_for_all(actor, OUTLINE)
    if not supplied.source.strip():
        raise Refusal(
            what=Text(vi="Chưa nêu nguồn của ranh giới.", en="The source of the outlines is missing."),
            do=Text(vi="Nêu cơ quan lập và văn bản.", en="Name who made them, and the document."),
            where="source",
        )
    shapes = check_outlines(supplied)
    stored = file_store().put(BytesIO(supplied.data))
    columns: dict[str, Any] = {
        "source": supplied.source.strip(),
        "file_name": supplied.name[:200],
        "file_sha256": stored.sha256,
        "shapes": shapes,
        "stored_by": actor.id,
        "stored_by_name": actor.name,
    }
    with transaction.atomic():
        return _put(actor, supplied.starts_on, columns)


@transaction.atomic
def withdraw_outlines(*, actor: Actor, starts_on: date, reason: str) -> None:
    """Take outlines back: the map of their days is drawn with those before, or with tiles alone."""
    access.require_for_all(actor, OUTLINE)
    if not reason.strip():
        raise Refusal(
            what=Text(vi="Chưa nêu lý do gỡ ranh giới.", en="The reason for withdrawing is missing."),
            do=Text(vi="Nhập lý do.", en="Give the reason."),
            where="reason",
        )
    known = _current(starts_on)
    if known is None:
        day = format_day(starts_on)
        raise Refusal(
            what=Text(vi=f"Không có ranh giới từ ngày {day}.", en=f"There are no outlines from {day}."),
            do=Text(vi="Xem danh sách: noivu outlines list.", en="See the list: noivu outlines list."),
            code="figures.no_outlines",
        )
    before = _told(known)
    retract(known, clock.now())
    record(actor=actor, action="outlines.withdraw", thing=known, before=before, after=None, reason=reason)


def _put(actor: Actor, starts_on: date, columns: Mapping[str, Any]) -> OutlineSet:
    known = _current(starts_on)
    if known is None:
        made = OutlineSet.objects.create(starts_on=starts_on, **columns)
        record(actor=actor, action="outlines.load", thing=made, after=_told(made))
        return made
    before = _told(known)
    supersede(known, clock.now(), **columns)
    record(actor=actor, action="outlines.replace", thing=known, before=before, after=_told(known))
    return known


def _current(starts_on: date) -> OutlineSet | None:
    found: OutlineSet | None = OutlineSet.objects.current().filter(starts_on=starts_on).first()
    return found


def _wanted(supplied: Supplied) -> Wanted:
    """What a file must hold: the provinces of its day in the register, each of which has a cell on the map too."""
    provinces = {node.code: node.name for node in tree(supplied.starts_on).roots if node.is_administrative}
    layout: Layout = layout_for(provinces)
    if not provinces:
        raise Refusal(
            what=Text(vi="Chưa có danh mục đơn vị của ngày này.", en="There are no units on this day."),
            do=Text(vi="Nạp: noivu units load vietnam.", en="Load them: noivu units load vietnam."),
            code="figures.no_units",
        )
    return Wanted(provinces, layout.islands, supplied.named_by)


def _told(outlines: OutlineSet) -> dict[str, str]:
    return {
        "starts_on": outlines.starts_on.isoformat(),
        "source": outlines.source,
        "file_name": outlines.file_name,
        "file_sha256": outlines.file_sha256,
    }
