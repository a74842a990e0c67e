"""The figures of obligations, declared by kind: legal texts, replies to documents, tasks, recommendations."""

from noivu.core.indicators import Source
from noivu.core.wording import Text
from noivu.figures.api import declare
from noivu.matters.indicators import everything, families, legal_texts, recommendations, replies, tasks
from noivu.matters.indicators.bases import BASES
from noivu.matters.indicators.parts import by_month
from noivu.work.api import ObligationSpan
from noivu.work.constants import Kind

declare(
    sources=[
        Source(
            "tasks", Text(vi="Sổ nhiệm vụ", en="Register of tasks"), ObligationSpan, only=(("kind", Kind.TASK.value),)
        ),
        Source(
            "recommendations",
            Text(vi="Sổ kiến nghị", en="Register of recommendations"),
            ObligationSpan,
            only=(("kind", Kind.RECOMMENDATION.value),),
        ),
        *families.SOURCES,
        *everything.SOURCES,
    ],
    bases=[*BASES, *families.BASES, *legal_texts.BASES, *everything.BASES],
    indicators=by_month(
        [
            *replies.INDICATORS,
            *tasks.INDICATORS,
            *recommendations.INDICATORS,
            *families.INDICATORS,
            *legal_texts.INDICATORS,
            *everything.INDICATORS,
        ]
    ),
    rates=[*tasks.RATES, *recommendations.RATES],
    identities=[
        *replies.IDENTITIES,
        *tasks.IDENTITIES,
        *recommendations.IDENTITIES,
        *families.IDENTITIES,
        *everything.IDENTITIES,
    ],
)
