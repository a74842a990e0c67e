"""What is wrong with a set of declarations, said so that its author can mend it."""

from collections.abc import Iterator

from django.core.checks import CheckMessage, Error

from noivu.core.indicators import Indicator, Rate
from noivu.core.wording import Text
from noivu.figures.registry import DECLARED, Declarations

COMPLETENESS = ("final", "preliminary")


def faults(declared: Declarations) -> list[str]:
    """Every fault of the declarations as a sentence; none when all is well."""
    return [*_codes(declared), *_links(declared), *_identities(declared), *_wording(declared)]


def check_declarations(**_: object) -> list[CheckMessage]:
    """Django's system check: the product does not start with figures that cannot be counted."""
    return [Error(fault, id="figures.E001") for fault in faults(DECLARED)]


def _codes(declared: Declarations) -> Iterator[str]:
    for code in set(declared.indicators.codes) & set(declared.rates.codes):
        yield f"{code}: declared both as an indicator and as a rate; give one of them another code"
    for code in declared.codes:
        if "." not in code:
            yield f"{code}: a code is written subject.figure, e.g. documents.received"


def _links(declared: Declarations) -> Iterator[str]:
    for indicator in declared.indicators:
        if indicator.base not in declared.bases:
            yield f"{indicator.code}: its base “{indicator.base}” is not declared"
        if indicator.completeness not in COMPLETENESS:
            yield f"{indicator.code}: completeness is one of {', '.join(COMPLETENESS)}"
    for rate in declared.rates:
        for code in (rate.part, rate.whole):
            if code not in declared.indicators:
                yield f"{rate.code}: its part or whole “{code}” is not a declared indicator"
    for base in declared.bases:
        if len(declared.sources) and base.source not in declared.sources:
            yield f"{base.code}: its source “{base.source}” is not declared"


def _identities(declared: Declarations) -> Iterator[str]:
    for identity in declared.identities:
        members = (identity.whole, *identity.parts)
        for code in members:
            if code not in declared.indicators:
                yield f"{identity.code}: “{code}” is not a declared indicator"
        if not identity.parts:
            yield f"{identity.code}: an identity needs parts"
        if len(set(members)) != len(members):
            yield f"{identity.code}: a figure stands in it twice"


def _wording(declared: Declarations) -> Iterator[str]:
    for indicator in declared.indicators:
        yield from _undocumented(indicator, ("label", "concept", "method", "measured_in"))
        for breakdown in indicator.breakdowns:
            if not _is_bilingual(breakdown.label):
                yield f"{indicator.code}: breakdown {breakdown.code} lacks its label in one language"
    for rate in declared.rates:
        yield from _undocumented(rate, ("label", "concept", "method"))
    for named in (*declared.bases, *declared.identities, *declared.sources):
        if not _is_bilingual(named.label):
            yield f"{named.code}: lacks its label in one language"


def _undocumented(figure: Indicator | Rate, fields: tuple[str, ...]) -> Iterator[str]:
    for name in fields:
        if not _is_bilingual(getattr(figure, name)):
            yield f"{figure.code}: write its {name} in Vietnamese and in English"


def _is_bilingual(text: Text) -> bool:
    return bool(text.vi.strip()) and bool(text.en.strip())
