"""Legal texts submitted and issued in a period, whenever they were registered."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from noivu.core.indicators import Breakdown, Indicator, Reading, Rows
from noivu.core.wording import Text
from noivu.matters.constants import LEGAL_TEXT, LegalStage
from noivu.matters.families import FAMILIES
from noivu.matters.indicators.bases import base, counted_for
from noivu.matters.indicators.families import OF_LEGAL_TEXTS
from noivu.matters.indicators.parts import MONTH, counted
from noivu.matters.models import LegalStep
from noivu.work.api import ObligationSpan

_NOUN = next(family.noun for family in FAMILIES if family.kind == LEGAL_TEXT)


def reached(stage: LegalStage) -> Callable[[Reading], Rows]:
    """Texts that came to a stage in the period, as each stands on the day of reading; each once."""

    def rows(reading: Reading) -> Rows:
        came = Exists(_steps_to(stage, reading))
        parts = ObligationSpan.objects.known_parts(reading.known_at)
        return [counted_for(part.of_kind(LEGAL_TEXT).holding_on(reading.as_of).filter(came), reading) for part in parts]

    return rows


def _steps_to(stage: LegalStage, reading: Reading) -> QuerySet[LegalStep]:
    steps = LegalStep.objects.known_at(reading.known_at).reached(stage, reading.range, reading.as_of)
    return steps.filter(obligation=OuterRef("obligation"))


def _month_of(stage: LegalStage, vi: str, en: str) -> Breakdown:
    """By the day on which it came to the stage, the first one within the period."""
    return Breakdown(
        MONTH.code,
        Text(vi=f"Tháng {vi}", en=f"Month {en}"),
        "",
        kind="month",
        by=lambda reading: Subquery(_steps_to(stage, reading).order_by("on").values("on")[:1]),
    )


def _indicator(code: str, vi: str, en: str, month: Breakdown, method: Text) -> Indicator:
    label = Text(vi=f"Văn bản quy phạm pháp luật {vi}", en=f"Legal texts {en}")
    return Indicator(
        code=code,
        label=label,
        concept=Text(vi=f"{label.vi} trong kỳ.", en=f"{label.en} in the period."),
        method=method,
        measured_in=_NOUN,
        base=f"matters.{code}",
        condition=counted,
        breakdowns=(*OF_LEGAL_TEXTS, month),
        timeliness="done",
    )


BASES = [
    base(
        "matters.legal_texts.submitted",
        "Văn bản quy phạm pháp luật trình trong kỳ",
        "Legal texts submitted in the period",
        reached(LegalStage.SUBMITTED),
        "legal_texts",
    ),
    base(
        "matters.legal_texts.issued",
        "Văn bản quy phạm pháp luật ban hành trong kỳ",
        "Legal texts issued in the period",
        reached(LegalStage.ISSUED),
        "legal_texts",
    ),
]
INDICATORS = [
    _indicator(
        "legal_texts.submitted",
        "đã trình",
        "submitted",
        _month_of(LegalStage.SUBMITTED, "trình", "submitted"),
        Text(
            vi="Đếm văn bản có ngày trình trong kỳ, đến ngày tính, mỗi văn bản một lần; tính cho đơn vị chủ trì.",
            en="Texts with a day of submission in the period, up to the day of reading, each once; for the lead unit.",
        ),
    ),
    _indicator(
        "legal_texts.issued",
        "đã ban hành",
        "issued",
        _month_of(LegalStage.ISSUED, "ban hành", "issued"),
        Text(
            vi="Đếm văn bản có ngày ban hành trong kỳ, đến ngày tính; tính cho đơn vị chủ trì soạn thảo.",
            en="Texts with a day of issue in the period, up to the day of reading; for the unit that led the drafting.",
        ),
    ),
]
