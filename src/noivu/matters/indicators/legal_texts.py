"""Legal texts submitted and issued in a period, whenever they were registered."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef

from noivu.core.indicators import Indicator, Reading, Rows
from noivu.core.wording import Text
from noivu.matters.constants import LEGAL_TEXT, LegalStage
from noivu.matters.families import FAMILIES
from noivu.matters.indicators.bases import base, counted_for
from noivu.matters.indicators.families import OF_LEGAL_TEXTS
from noivu.matters.indicators.parts import counted
from noivu.matters.models import LegalStep
from noivu.work.api import ObligationSpan

_NOUN = next(family.noun for family in FAMILIES if family.kind == LEGAL_TEXT)


def reached(stage: LegalStage) -> Callable[[Reading], Rows]:
    """Texts that came to a stage in the period, as each stands on the day of reading; each once."""

    def rows(reading: Reading) -> Rows:
        steps = LegalStep.objects.known_at(reading.known_at).reached(stage, reading.range, reading.as_of)
        came = Exists(steps.filter(obligation=OuterRef("obligation")))
        parts = ObligationSpan.objects.known_parts(reading.known_at)
        return [counted_for(part.of_kind(LEGAL_TEXT).holding_on(reading.as_of).filter(came), reading) for part in parts]

    return rows


def _indicator(code: str, vi: str, en: str, method: Text) -> Indicator:
    label = Text(vi=f"Văn bản quy phạm pháp luật {vi}", en=f"Legal texts {en}")
    return Indicator(
        code=code,
        label=label,
        concept=Text(vi=f"{label.vi} trong kỳ.", en=f"{label.en} in the period."),
        method=method,
        measured_in=_NOUN,
        base=f"matters.{code}",
        condition=counted,
        breakdowns=OF_LEGAL_TEXTS,
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
        Text(
            vi="Đếm văn bản có ngày trình trong kỳ, đến ngày tính, mỗi văn bản một lần; tính cho đơn vị chủ trì.",
            en="Texts with a day of submission in the period, up to the day of reading, each once; for the lead unit.",
        ),
    ),
    _indicator(
        "legal_texts.issued",
        "đã ban hành",
        "issued",
        Text(
            vi="Đếm văn bản có ngày ban hành trong kỳ, đến ngày tính; tính cho đơn vị chủ trì soạn thảo.",
            en="Texts with a day of issue in the period, up to the day of reading; for the unit that led the drafting.",
        ),
    ),
]
