"""Registering an instrument that is not shipped."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law import policies
from noivu.law.constants import UNVERIFIED
from noivu.law.models import Instrument


@dataclass(frozen=True, slots=True)
class InstrumentFacts:
    """What is known of an instrument; a day that is not known stays None."""

    number_symbol: str
    title: str
    issuer: str = ""
    issued_on: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    mark: str = UNVERIFIED
    note: str = ""


def register_instrument(*, actor: Actor, facts: InstrumentFacts) -> Instrument:
    """Put an instrument into the register. Refused when number or title is missing, or the pair with issuer exists."""
    access.require(actor, policies.REGISTER_INSTRUMENT)
    if not facts.number_symbol.strip() or not facts.title.strip():
        raise Refusal(
            what=Text(vi="Thiếu số, ký hiệu hoặc tên văn bản.", en="Number and symbol, or title, is missing."),
            code="instrument.incomplete",
        )
    if facts.in_force_from and facts.in_force_to and facts.in_force_to <= facts.in_force_from:
        raise Refusal(
            what=Text(
                vi=f"Ngày hết hiệu lực {format_day(facts.in_force_to)} không sau ngày có hiệu lực.",
                en=f"It ceases on {format_day(facts.in_force_to)}, not after it came into force.",
            ),
            do=Text(vi="Nhập lại, hoặc để trống nếu chưa biết.", en="Enter it again, or leave it empty."),
            where="in_force_to",
            code="instrument.days_reversed",
        )
    with transaction.atomic():
        if Instrument.objects.filter(number_symbol=facts.number_symbol, issuer=facts.issuer).exists():
            raise Refusal(
                what=Text(
                    vi=f"Văn bản “{facts.number_symbol}” của cơ quan này đã có.",
                    en=f"“{facts.number_symbol}” of this issuer is registered already.",
                ),
                code="instrument.twice",
            )
        row = Instrument.objects.create(**asdict(facts))
        record(actor=actor, action=policies.INSTRUMENT_REGISTERED, thing=row, after=asdict(facts))
    return row
