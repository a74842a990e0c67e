"""The instruments that a plan cites: those of the register, and those that it brings along."""

from collections.abc import Mapping

from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.law.api import Instrument, InstrumentFacts, instrument, register_instrument
from noivu.planning.plan import Plan


def papers_of(plan: Plan) -> dict[str, Instrument]:
    """By number; one that the plan brings along, and the register does not know yet, is not stored.

    Of a plan that is not finished, the instrument that it still lacks stands under "".
    """
    brought = {paper.number: paper for paper in plan.instruments}
    found = {} if plan.instrument else {"": Instrument(number_symbol="", title=plan.title)}
    numbers = [plan.instrument, *(event.instrument for event in plan.events)]
    for number in dict.fromkeys(number for number in numbers if number):
        try:
            found[number] = instrument(number)
        except Refusal:
            if number not in brought:
                raise
            new = brought[number]
            found[number] = Instrument(
                number_symbol=new.number, title=new.title, issuer=new.issuer, issued_on=new.issued_on
            )
    return found


def register_papers(plan: Plan, papers: Mapping[str, Instrument], actor: Actor) -> dict[str, Instrument]:
    """Register those that the plan brings along, and return all."""
    registered = dict(papers)
    for new in plan.instruments:
        if new.number in papers and papers[new.number].pk is None:
            facts = InstrumentFacts(
                number_symbol=new.number, title=new.title, issuer=new.issuer, issued_on=new.issued_on
            )
            registered[new.number] = register_instrument(actor=actor, facts=facts)
    return registered
