"""What can be counted: the declarations that rooms write in their `indicators.py`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from noivu.core.indicators import BaseSet, Identity, Indicator, Rate, Source
from noivu.core.refusals import Refusal
from noivu.core.registry import Registry
from noivu.core.wording import Text


@dataclass
class Declarations:
    """Bases, figures, rates, identities and sources by code. The product has one; tests make their own."""

    bases: Registry[BaseSet] = field(default_factory=lambda: Registry("bases", key=lambda base: base.code))
    indicators: Registry[Indicator] = field(default_factory=lambda: Registry("indicators", key=lambda i: i.code))
    rates: Registry[Rate] = field(default_factory=lambda: Registry("rates", key=lambda rate: rate.code))
    identities: Registry[Identity] = field(default_factory=lambda: Registry("identities", key=lambda i: i.code))
    sources: Registry[Source] = field(default_factory=lambda: Registry("sources", key=lambda source: source.code))

    def declare(
        self,
        *,
        bases: Iterable[BaseSet] = (),
        indicators: Iterable[Indicator] = (),
        rates: Iterable[Rate] = (),
        identities: Iterable[Identity] = (),
        sources: Iterable[Source] = (),
    ) -> None:
        """Add declarations. A code that stands for something else already is refused."""
        self.bases.declare_all(bases)
        self.indicators.declare_all(indicators)
        self.rates.declare_all(rates)
        self.identities.declare_all(identities)
        self.sources.declare_all(sources)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every figure and every rate, in the order of declaration."""
        return (*self.indicators.codes, *self.rates.codes)

    def find(self, code: str) -> Indicator | Rate:
        """The figure or rate of a code; a Refusal when there is none."""
        found = self.indicators.get(code) or self.rates.get(code)
        if found is None:
            raise Refusal(
                what=Text(vi=f"Không có chỉ tiêu “{code}”.", en=f"There is no indicator “{code}”."),
                do=Text(vi="Xem danh sách: noivu figures --list.", en="See the list: noivu figures --list."),
                code="indicator",
            )
        return found

    def counted(self, code: str) -> Indicator:
        """The figure of a code; a rate is refused, for it has no records of its own."""
        found = self.find(code)
        if isinstance(found, Rate):
            raise Refusal(
                what=Text(
                    vi=f"“{code}” là tỷ lệ, không có bản ghi riêng.",
                    en=f"“{code}” is a rate and has no records of its own.",
                ),
                do=Text(
                    vi=f"Mở tử số {found.part} hoặc mẫu số {found.whole}.",
                    en=f"Open its part {found.part} or its whole {found.whole}.",
                ),
                code="rate",
            )
        return found

    def parts_of(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The figures that must be counted to answer for these codes: a rate needs its part and its whole."""
        needed: dict[str, None] = {}
        for code in codes:
            found = self.find(code)
            for counted in (found.part, found.whole) if isinstance(found, Rate) else (code,):
                needed[counted] = None
        return tuple(needed)

    def with_kin(self, code: str) -> tuple[str, ...]:
        """A figure together with every figure that some identity holds it against."""
        kin = {code: None}
        for identity in self.identities:
            if code == identity.whole or code in identity.parts:
                kin.update(dict.fromkeys((identity.whole, *identity.parts)))
        return tuple(kin)


DECLARED = Declarations()


def declare(
    *,
    bases: Iterable[BaseSet] = (),
    indicators: Iterable[Indicator] = (),
    rates: Iterable[Rate] = (),
    identities: Iterable[Identity] = (),
    sources: Iterable[Source] = (),
) -> None:
    """Declare figures of the product: called at the top level of `<room>/indicators.py`."""
    DECLARED.declare(bases=bases, indicators=indicators, rates=rates, identities=identities, sources=sources)


def discover() -> None:
    """Import `indicators` of every room once the models are there, lower rooms first: so their figures are listed."""
    for config in reversed(list(apps.get_app_configs())):
        if module_has_submodule(config.module, "indicators"):
            import_module(f"{config.name}.indicators")
