"""Everything owed, of all kinds together: all that arose in a period, its kinds, its parts, what was done in time."""

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Coalesce, NullIf

from noivu.core.indicators import Breakdown, Identity, Indicator, Reading, Rows, Source
from noivu.core.wording import Text
from noivu.matters.families import FAMILIES
from noivu.matters.indicators.bases import base, counted_for
from noivu.matters.indicators.parts import (
    ASSIGNED,
    ASSIGNER,
    ASSIGNER_UNIT,
    DONE_MONTH,
    FIELD,
    Condition,
    counted,
    in_time_or_late,
    part,
)
from noivu.work.api import Day, ObligationSpan, conditions, obligation_kinds

_NAME, _BASE = "obligations", "work.obligations"
_NOUN = Text(vi="việc", en="item||items")
_SUBJECT = Text(vi="Mọi việc phải làm", en="All that is owed")
_KINDS = tuple(obligation_kinds)


def _first_said(*paths: str) -> Coalesce:
    """What the obligation says, else its legal text or document."""
    said = (NullIf(F(path), Value(""), output_field=CharField()) for path in paths)
    return Coalesce(*said, Value(""), output_field=CharField())


KIND = Breakdown(
    "kind",
    Text(vi="Loại việc", en="Kind"),
    "kind",
    kind="word",
    words=tuple((str(kind.code), kind.plural) for kind in _KINDS),
)
TYPE = Breakdown(
    "type",
    Text(vi="Loại văn bản, hình thức", en="Type"),
    "",
    kind="text",
    by=lambda _: _first_said("obligation__type", "obligation__legal_text__type", "obligation__document__kind"),
)
AUTHORITY = Breakdown(
    "authority",
    Text(vi="Cơ quan ban hành, cơ quan gửi", en="Authority"),
    "",
    kind="text",
    by=lambda _: _first_said(
        "obligation__authority", "obligation__legal_text__authority", "obligation__document__issuer"
    ),
)
_BREAKDOWNS = (ASSIGNED, KIND, TYPE, AUTHORITY, FIELD, ASSIGNER, ASSIGNER_UNIT)
_OF_DONE = (*_BREAKDOWNS, DONE_MONTH)
_PARTS = {
    f"{_NAME}.open_in_time": "in_time",
    f"{_NAME}.open_overdue": "overdue",
    f"{_NAME}.open_no_deadline": "no_deadline",
    f"{_NAME}.suspended": "suspended",
    f"{_NAME}.awaiting_confirmation": "awaiting_confirmation",
    f"{_NAME}.declined": "declined",
}
_OF_KIND = {kind.code: f"{_NAME}.of_{kind.code}" for kind in _KINDS}


def _arising(reading: Reading) -> Rows:
    parts = ObligationSpan.objects.known_parts(reading.known_at)
    named = [part.filter(kind__in=list(_OF_KIND)) for part in parts]  # all kinds, for the index begins with them
    return [counted_for(p.arising_in(reading.range).holding_on(reading.as_of), reading) for p in named]


def _of_kind(code: str) -> Condition:
    return lambda _: Q(kind=str(code)) & conditions.counted()


def _near(reading: Reading) -> Q:
    """Due by the last day that is near for the kind."""
    day, near = Day(reading.as_of), Q(pk__in=[])
    for kind in _KINDS:
        near |= Q(kind=str(kind.code)) & Q(due_on__lte=day.nearly_until(kind.code))
    return near


def _all(code: str, label: Text, method: Text, condition: Condition, *, by_law: bool = False) -> Indicator:
    return Indicator(
        code=f"{_NAME}.{code}",
        label=label,
        concept=label,
        method=method,
        measured_in=_NOUN,
        base=_BASE,
        condition=condition,
        breakdowns=_OF_DONE if code == "completed" else _BREAKDOWNS,
        timeliness={"completed": "done", "nearly_due": "near", "open_later": "time"}.get(code, "none"),
        by_law=by_law,
    )


_DONE = Text(vi="Mọi việc đã xong", en="All that is done")
_NEAR = Text(
    vi="Số ngày làm việc của “sắp đến hạn” lấy theo tham số của từng loại việc vào ngày tính.",
    en="How many working days are near is the parameter of each kind on the day of reading.",
)
SOURCES = [
    Source(
        _NAME,
        Text(vi="Sổ của mọi loại việc", en="Registers of all kinds"),
        ObligationSpan,
        made_of=("documents-in", "tasks", "recommendations", *(family.name for family in FAMILIES)),
    )
]
BASES = [base(_BASE, "Mọi việc phát sinh trong kỳ", "All that arose in the period", _arising, _NAME)]
INDICATORS = [
    _all(
        "arising",
        Text(vi="Mọi việc phải làm", en="All that is owed"),
        Text(
            vi="Đếm theo ngày phát sinh trong kỳ, mọi loại việc, kể cả phần việc nội bộ, phối hợp; không đếm việc "
            "đã hủy. Kiến nghị cử tri ở đây cũng tính theo ngày nhận.",
            en="Counted by the day they arose, of all kinds, internal steps included, without cancelled ones. Voters' "
            "recommendations too count here by the day of receipt.",
        ),
        counted,
    ),
    *(
        _all(
            f"of_{kind.code}",
            Text(vi=f"Mọi việc: {kind.plural.vi.lower()}", en=f"Of all: {kind.plural.en.lower()}"),
            Text(vi="Phần của loại này trong mọi việc phải làm.", en="The share of this kind in all that is owed."),
            _of_kind(kind.code),
        )
        for kind in _KINDS
    ),
    _all(
        "completed",
        _DONE,
        Text(
            vi="Trong số phát sinh trong kỳ; ngày xong không muộn hơn ngày tính.",
            en="Of those that arose in the period; done no later than the day of reading.",
        ),
        lambda _: conditions.completed(),
    ),
    *in_time_or_late(f"{_NAME}.completed", _DONE, _NOUN, _BASE, _OF_DONE),
    *(part(code, name, _SUBJECT, _NOUN, _BASE, _BREAKDOWNS) for code, name in _PARTS.items()),
    _all(
        "nearly_due",
        Text(vi="Mọi việc phải làm sắp đến hạn", en="All that is nearly due"),
        _NEAR,
        lambda reading: conditions.in_time(reading.as_of) & _near(reading),
        by_law=True,
    ),
    _all(
        "open_later",
        Text(vi="Mọi việc phải làm còn hạn, chưa gần đến hạn", en="All that is in time and not nearly due"),
        _NEAR,
        lambda reading: conditions.in_time(reading.as_of) & ~_near(reading),
        by_law=True,
    ),
]
IDENTITIES = [
    Identity(
        f"{_NAME}.kinds",
        Text(vi="Mọi việc = tổng các loại việc", en="All that is owed = the sum of its kinds"),
        whole=f"{_NAME}.arising",
        parts=tuple(_OF_KIND.values()),
    ),
    Identity(
        f"{_NAME}.state",
        Text(
            vi="Mọi việc = đã xong + còn hạn + quá hạn + không có hạn + tạm dừng + chờ xác nhận + trả lại, từ chối",
            en="All that is owed = done + in time + overdue + without deadline + suspended + waiting + passed back",
        ),
        whole=f"{_NAME}.arising",
        parts=(f"{_NAME}.completed", *_PARTS),
    ),
    Identity(
        f"{_NAME}.completion",
        Text(vi="Đã xong = đúng hạn + quá hạn + không có hạn", en="Done = on time + late + without deadline"),
        whole=f"{_NAME}.completed",
        parts=tuple(f"{_NAME}.completed_{way}" for way in ("on_time", "late", "no_deadline")),
    ),
    Identity(
        f"{_NAME}.in_time",
        Text(vi="Còn hạn = sắp đến hạn + chưa gần đến hạn", en="In time = nearly due + later"),
        whole=f"{_NAME}.open_in_time",
        parts=(f"{_NAME}.nearly_due", f"{_NAME}.open_later"),
    ),
]
