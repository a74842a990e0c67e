"""The figures of the kinds above the ledger: all of a period, its parts, what was done in time, the backlog."""

from collections.abc import Iterator

from noivu.core.indicators import BaseSet, Breakdown, Identity, Indicator, Source
from noivu.core.wording import Text, both
from noivu.matters.constants import LEGAL_TEXT
from noivu.matters.families import FAMILIES, Family
from noivu.matters.indicators.bases import arising, base
from noivu.matters.indicators.bases import backlog as backlog_rows
from noivu.matters.indicators.parts import (
    ASSIGNED,
    ASSIGNER,
    ASSIGNER_UNIT,
    DONE_MONTH,
    FIELD,
    RESULT,
    Condition,
    backlog,
    counted,
    part,
)
from noivu.work.api import ObligationSpan, conditions, kind_of

AUTHORITY = Breakdown(
    "authority", Text(vi="Cơ quan ban hành", en="Authority"), "obligation__legal_text__authority", kind="text"
)
TYPE = Breakdown("type", Text(vi="Loại văn bản", en="Type"), "obligation__legal_text__type", kind="text")
SUBJECT = Breakdown("subject", Text(vi="Chủ đề", en="Subject"), "obligation__legal_text__subject", kind="text")
_PARTED = ("type", "authority")
OF_LEGAL_TEXTS = (ASSIGNED, AUTHORITY, TYPE, SUBJECT)
_PARTS = {
    "open_in_time": "in_time",
    "open_overdue": "overdue",
    "open_no_deadline": "no_deadline",
    "suspended": "suspended",
    "awaiting_confirmation": "awaiting_confirmation",
}
_DONE: dict[str, tuple[Text, Condition]] = {
    "completed": (Text(vi="", en=""), lambda _: conditions.completed()),
    "completed_on_time": (Text(vi=" đúng hạn", en=" on time"), lambda _: conditions.completed_on_time()),
    "completed_late": (Text(vi=" quá hạn", en=" late"), lambda _: conditions.completed_late()),
    "completed_no_deadline": (
        Text(vi=", không có hạn", en=", without deadline"),
        lambda _: conditions.completed_without_deadline(),
    ),
}


def _parts(family: Family) -> dict[str, str]:
    return _PARTS | ({"declined": "declined"} if kind_of(family.kind).may_be_declined else {})


def _breakdowns(family: Family) -> tuple[Breakdown, ...]:
    if family.kind == LEGAL_TEXT:
        return OF_LEGAL_TEXTS
    own = (Breakdown(o.name, o.label, f"obligation__{o.name}", kind="text") for o in family.own if o.name in _PARTED)
    return (ASSIGNED, ASSIGNER, ASSIGNER_UNIT, FIELD, *own)


def _of_done(family: Family) -> tuple[Breakdown, ...]:
    ways, results = (*_breakdowns(family), DONE_MONTH), kind_of(family.kind).results
    if not results:
        return ways
    return (*ways, Breakdown("result", RESULT.label, RESULT.path, kind="word", words=results))


def _source(family: Family) -> Source:
    label = Text(vi=f"Sổ {family.subject.vi.lower()}", en=f"Register of {family.subject.en.lower()}")
    return Source(family.name, label, ObligationSpan, only=(("kind", family.kind),))


def _bases(family: Family) -> Iterator[BaseSet]:
    named, vi, en = f"matters.{family.name}", family.subject.vi, family.subject.en
    yield base(named, f"{vi} {family.arose.vi}", f"{en} {family.arose.en}", arising(family.kind), family.name)
    words = (f"{vi}: chuyển kỳ và còn lại", f"{en} carried in, and open at the end")
    yield base(f"{named}.backlog", *words, backlog_rows(family.kind), family.name)


def _whole(family: Family) -> Indicator:
    label = Text(vi=f"{family.subject.vi} {family.arose.vi}", en=f"{family.subject.en} {family.arose.en}")
    return Indicator(
        code=f"{family.name}.{family.whole}",
        label=label,
        concept=label,
        method=Text(
            vi=f"Đếm theo ngày “{family.arises.vi.lower()}”; không đếm mục đã hủy.",
            en=f"Counted by the day “{family.arises.en.lower()}”; cancelled ones are left out.",
        ),
        measured_in=family.noun,
        base=f"matters.{family.name}",
        condition=counted,
        breakdowns=_breakdowns(family),
    )


def _done(family: Family, name: str) -> Indicator:
    when, condition = _DONE[name]
    label = Text(
        vi=f"{family.subject.vi} {family.done.vi}{when.vi}", en=f"{family.subject.en} {family.done.en}{when.en}"
    )
    return Indicator(
        code=f"{family.name}.{name}",
        label=label,
        concept=label,
        method=Text(
            vi=f"Trong số {family.arose.vi}; ngày xong không muộn hơn ngày tính.",
            en=f"Of those {family.arose.en}; done no later than the day of reading.",
        ),
        measured_in=family.noun,
        base=f"matters.{family.name}",
        condition=condition,
        breakdowns=_of_done(family),
        timeliness="done",
    )


def _indicators(family: Family) -> Iterator[Indicator]:
    yield _whole(family)
    yield from (_done(family, name) for name in _DONE)
    for name, which in _parts(family).items():
        code, of = f"{family.name}.{name}", f"matters.{family.name}"
        yield part(code, which, family.subject, family.noun, of, _breakdowns(family))
    yield from backlog(family.name, family.subject, family.noun, _breakdowns(family), room="matters")


def _identities(family: Family) -> Iterator[Identity]:
    is_plain = not kind_of(family.kind).may_be_declined
    back = both("") if is_plain else Text(vi=" + trả lại, từ chối", en=" + passed back")
    yield Identity(
        f"{family.name}.state",
        Text(
            vi=f"{family.subject.vi} = đã xong + còn hạn + quá hạn + không có hạn + tạm dừng + chờ xác nhận{back.vi}",
            en=f"{family.subject.en} = done + in time + overdue + without deadline + suspended + waiting{back.en}",
        ),
        whole=f"{family.name}.{family.whole}",
        parts=tuple(f"{family.name}.{name}" for name in ("completed", *_parts(family))),
    )
    yield Identity(
        f"{family.name}.completion",
        Text(
            vi=f"{family.subject.vi} đã xong = đúng hạn + quá hạn + không có hạn",
            en=f"{family.subject.en} done = on time + late + without deadline",
        ),
        whole=f"{family.name}.completed",
        parts=tuple(f"{family.name}.{name}" for name in list(_DONE)[1:]),
    )


SOURCES = [_source(family) for family in FAMILIES]
BASES = [one for family in FAMILIES for one in _bases(family)]
INDICATORS = [one for family in FAMILIES for one in _indicators(family)]
IDENTITIES = [one for family in FAMILIES for one in _identities(family)]
