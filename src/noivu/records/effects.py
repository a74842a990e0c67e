"""What a reorganisation means for registers: they are history and stay; counted, so that none is lost from sight."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count

from noivu.core.wording import Text
from noivu.records.models import (
    DocumentCopy,
    IncomingDocument,
    KeptCopyUse,
    OutgoingDocument,
    Posting,
    RegisterBook,
)
from noivu.units.api import Effect, ReorganisationAct, declare_effects


def count_documents(on: date) -> dict[int, int]:
    """Documents in and out of the registers of each unit, up to a day. One statement."""
    coming = IncomingDocument.objects.current().filter(cancelled=False, arrived_on__lte=on).order_by()
    going = OutgoingDocument.objects.current().filter(cancelled=False, issued_on__lte=on).order_by()
    both = (
        coming.values_list("unit_id")
        .annotate(Count("pk"))
        .union(going.values_list("unit_id").annotate(Count("pk")), all=True)
    )
    numbers: Counter[int] = Counter()
    for unit_id, number in both:
        numbers[unit_id] += number
    return dict(numbers)


def held_documents(units: frozenset[int], act: ReorganisationAct) -> int:
    """Documents that were registered at these units."""
    registered = (model.objects.filter(unit__in=units) for model in (IncomingDocument, OutgoingDocument))
    return sum(documents.count() for documents in registered)


def count_registers(on: date) -> dict[int, int]:
    """Registers opened by a day, by year, direction and series."""
    opened = RegisterBook.objects.filter(year__lte=on.year).order_by()
    return dict(opened.values_list("unit_id").annotate(Count("pk")))


def held_registers(units: frozenset[int], act: ReorganisationAct) -> int:
    return RegisterBook.objects.filter(unit__in=units).count()


_PAPERS: tuple[tuple[type[Any], str], ...] = (
    (DocumentCopy, "copied_on"),
    (Posting, "posted_on"),
    (KeptCopyUse, "used_on"),
)


def count_papers(on: date) -> dict[int, int]:
    """Copies, postings and uses of kept copies of each unit, up to a day."""
    counts: Counter[int] = Counter()
    for model, day in _PAPERS:
        rows = model.objects.current().filter(**{f"{day}__lte": on}).order_by()
        counts.update(dict(rows.values_list("unit_id").annotate(Count("pk"))))
    return dict(counts)


def held_papers(units: frozenset[int], act: ReorganisationAct) -> int:
    return sum(model.objects.filter(unit__in=units).count() for model, _ in _PAPERS)


declare_effects(
    Effect(
        code="papers",
        label=Text(vi="Bản sao, gửi bưu điện, sử dụng bản lưu", en="Copies, postings, uses of kept copies"),
        relations=frozenset(f"records.{model.__name__}.unit" for model, _ in _PAPERS),
        count=count_papers,
        held=held_papers,
    ),
    Effect(
        code="documents",
        label=Text(vi="Văn bản trong sổ", en="Documents of registers"),
        relations=frozenset({"records.IncomingDocument.unit", "records.OutgoingDocument.unit"}),
        count=count_documents,
        held=held_documents,
    ),
    Effect(
        code="registers",
        label=Text(vi="Sổ đăng ký văn bản", en="Registers"),
        relations=frozenset({"records.RegisterBook.unit"}),
        count=count_registers,
        held=held_registers,
    ),
)
