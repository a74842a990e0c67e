"""The register of instruments: loaded from the rooms' files, looked up by number, never invented."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.constants import MARKS, UNVERIFIED
from noivu.law.models import Instrument
from noivu.law.reference import BrokenReferenceError, day_of, read_yaml

_KEYS = {"number", "issuer", "title", "issued_on", "in_force_from", "in_force_to", "mark", "note"}


def load_instruments() -> int:
    """Bring the shipped instruments into the register; again and again it changes nothing more.

    What people registered themselves is left alone. Returns how many rows were written.
    """
    written = 0
    with transaction.atomic():
        known = {(row.number_symbol, row.issuer): row for row in Instrument.objects.all()}
        for wanted in shipped_instruments():
            row = known.get((wanted["number_symbol"], wanted["issuer"]))
            if row is None:
                Instrument.objects.create(**wanted, shipped=True)
                written += 1
            elif row.shipped and any(getattr(row, name) != value for name, value in wanted.items()):
                Instrument.objects.filter(pk=row.pk).update(**wanted)
                written += 1
    return written


def instrument(number: str, issuer: str | None = None) -> Instrument:
    """The instrument of a number and symbol. Refused when none is registered, or two issuers used the number."""
    wanted = number.strip()
    rows = Instrument.objects.filter(number_symbol=wanted)
    if issuer is not None:
        rows = rows.filter(issuer=issuer)
    found = list(rows[:2])
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal(
            what=Text(vi=f"Văn bản “{wanted}” chưa có trong danh mục.", en=f"Instrument “{wanted}” is not registered."),
            do=Text(
                vi="Đăng ký văn bản (số, ký hiệu, cơ quan ban hành) trước.",
                en="Register it first (number and symbol, issuer).",
            ),
            code="instrument.unknown",
        )
    raise Refusal(
        what=Text(vi=f"Nhiều cơ quan có văn bản số “{wanted}”.", en=f"Several issuers have an instrument “{wanted}”."),
        do=Text(vi="Nêu rõ cơ quan ban hành.", en="Name the issuer."),
        code="instrument.ambiguous",
    )


def shipped_instruments() -> Iterator[dict[str, Any]]:
    """The instruments of every room's `shipped/instruments.yaml`, checked."""
    seen: set[tuple[str, str]] = set()
    for config in apps.get_app_configs():
        file = Path(config.path) / "shipped" / "instruments.yaml"
        if not config.name.startswith("noivu.") or not file.exists():
            continue
        for entry in read_yaml(file) or []:
            row = _row(file, entry)
            key = (row["number_symbol"], row["issuer"])
            if key in seen:
                raise BrokenReferenceError(file, row["number_symbol"], "this instrument stands twice")
            seen.add(key)
            yield row


def _row(file: Path, entry: Any) -> dict[str, Any]:
    where = str(entry.get("number"))
    if strange := set(entry) - _KEYS:
        raise BrokenReferenceError(file, where, f"has unknown keys {', '.join(sorted(strange))}")
    if not entry.get("number") or not entry.get("title"):
        raise BrokenReferenceError(file, where, "needs number and title")
    mark = entry.get("mark", UNVERIFIED)
    if mark not in MARKS:
        raise BrokenReferenceError(file, where, f"mark is one of {', '.join(MARKS)}")
    return {
        "number_symbol": str(entry["number"]),
        "issuer": entry.get("issuer", ""),
        "title": entry["title"],
        "issued_on": day_of(file, where, entry.get("issued_on")),
        "in_force_from": day_of(file, where, entry.get("in_force_from")),
        "in_force_to": day_of(file, where, entry.get("in_force_to")),
        "mark": mark,
        "note": entry.get("note", ""),
    }
