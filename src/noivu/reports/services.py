"""The verbs of reports: draft one, write in it."""

from datetime import date, datetime

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.law.api import supersede
from noivu.reports.models import NarrativeText, Report
from noivu.reports.policies import DRAFTED, NARRATED, WRITE
from noivu.reports.regimes import regime
from noivu.units.api import Node, Unit, tree

LONGEST = 20_000


@transaction.atomic
def draft_report(*, actor: Actor, regime_code: str, unit: Unit, period: Period) -> Report:
    """The unit's report on a period: the one there is, or a new draft (lập dự thảo).

    Refused: an unknown regime, a period of another kind, a unit outside the actor's grants.
    """
    known = regime(regime_code)
    known.require_period(period)
    known.require_unit(_as_of(unit, period.last_day(known.window)))
    access.require(actor, WRITE, Report(unit=unit))
    report, is_new = Report.objects.get_or_create(
        regime=known.code,
        unit=unit,
        period=period.code,
        defaults={"drafted_at": clock.now(), "drafted_by": actor.name},
    )
    if is_new:
        after = {"regime": known.code, "unit": unit.pk, "period": period.code}
        record(actor=actor, action=DRAFTED, thing=report, after=after)
    return report


def _as_of(unit: Unit, day: date) -> Node:
    node = tree(day).node(unit.pk)
    if node is None:
        raise Refusal(
            what=Text(vi=f"Ngày {format_day(day)} không có đơn vị này.", en=f"The unit does not exist on {day}."),
            do=Text(vi="Chọn đơn vị có trong kỳ báo cáo.", en="Choose a unit that exists in the period."),
            code="unit",
        )
    return node


@transaction.atomic
def write_narrative(
    *, actor: Actor, report: Report, slot: str, text: str, seen_at: datetime | None = None
) -> NarrativeText:
    """Write, or write anew, what the unit says in a slot (viết lời).

    `seen_at` is when the wording that the writer started from was recorded (None: the slot was empty): if someone else
    has written since, nothing is overwritten and the refusal says who wrote and when.
    """
    access.require(actor, WRITE, report)
    _require_slot(report, slot)
    _require_length(text)
    cleaned = "\n".join(nfc(line) for line in text.splitlines()).strip()
    Report.objects.select_for_update().get(pk=report.pk)  # whoever writes in it at the same time waits, then looks
    there = NarrativeText.objects.current().filter(report=report, slot=slot).first()
    _require_unchanged(there, seen_at)
    if there is None:
        there = NarrativeText.objects.create(report=report, slot=slot, text=cleaned, author=actor.name)
        record(actor=actor, action=NARRATED, thing=there, after={"slot": slot, "text": cleaned})
    elif there.text != cleaned:
        before = {"slot": slot, "text": there.text}
        supersede(there, text=cleaned, author=actor.name)
        record(actor=actor, action=NARRATED, thing=there, before=before, after={"slot": slot, "text": cleaned})
    return there


def _require_slot(report: Report, slot: str) -> None:
    if regime(report.regime).outline.slot(slot) is None:
        raise Refusal(
            what=Text(vi=f"Đề cương không có mục “{slot}”.", en=f"The outline has no slot “{slot}”."),
            do=Text(vi="Mở lại trang báo cáo và chọn mục cần viết.", en="Open the report again and choose a passage."),
            code="slot",
        )


def _require_length(text: str) -> None:
    if len(text) > LONGEST:
        raise Refusal(
            what=Text(
                vi=f"Đoạn viết dài {len(text):,} ký tự, quá {LONGEST:,}.".replace(",", "."),
                en=f"The passage has {len(text):,} characters, over {LONGEST:,}.",
            ),
            do=Text(
                vi="Rút gọn, hoặc chuyển phần chi tiết vào phụ lục.", en="Shorten it, or move details to an annex."
            ),
            code="length",
        )


def _require_unchanged(there: NarrativeText | None, seen_at: datetime | None) -> None:
    if there is not None and there.recorded_at != seen_at:
        raise Refusal(
            what=Text(
                vi=f"{there.author} vừa viết mục này trong khi đang soạn.",
                en=f"{there.author} wrote in this passage meanwhile.",
            ),
            why=Text(vi="Chưa ghi, để không mất lời của ai.", en="Nothing was saved, so that no one's words are lost."),
            do=Text(
                vi="So với bản mới bên dưới, gộp lại rồi lưu.", en="Compare with the newer wording below, merge, save."
            ),
            code="changed_meanwhile",
        )
