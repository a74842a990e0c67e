"""Documents as they stand in registers."""

from typing import Any, ClassVar

from django.db import models

from noivu.core.access import ASSIGNED
from noivu.core.secrecy import SECRECIES, Secrecy
from noivu.core.wording import Text
from noivu.law.api import Recorded
from noivu.records.constants import URGENCIES, Urgency
from noivu.records.document_kinds import kind_label
from noivu.records.models.registers import RegisterBook
from noivu.records.numbers import RegisterNumber, symbol_key
from noivu.records.querysets import IncomingQuerySet, OutgoingQuerySet
from noivu.records.searching import search_text
from noivu.units.api import UnitField
from noivu.units.constants import Fate

_CURRENT = models.Q(superseded_at__isnull=True)
_RESTRICTED = models.Q(secrecy=Secrecy.RESTRICTED.value)
_COUNTED = ("cancelled", "superseded_at")
"""With these the indexes by day count without the table: SQLite asks for the column of the condition too."""


class RegisteredDocument(Recorded):
    """What documents in and out have in common. A correction keeps the id; a mistaken entry is superseded, never
    deleted.

    `kind` is the code of a type, or the type as written where it is none of the table. `cancelled` marks a number that
    was given and then cancelled (số hủy): it keeps its place in the register and counts as no document. `urgency` and
    `secrecy` are codes of `constants.URGENCIES` and `core.secrecy`, empty where the document bears no mark;
    `transferred_on` is the day on which it was handed on (ngày chuyển). What is restricted is seen by those it was
    given to, who keeps the register (a clerk, granted so over its very unit), and the heads and stewards of its units;
    figures count it for everyone.
    `sheet_said`: see `records.heard`. `search_text` and `symbol_key` are derived by `derived_texts` and written by
    whoever writes the row.
    """

    unit = UnitField(fate=Fate.STAYS, related_name="+", db_index=False)
    register = models.ForeignKey(RegisterBook, on_delete=models.PROTECT, related_name="+", db_index=False)
    symbol = models.CharField(max_length=120, blank=True)
    symbol_key = models.CharField(max_length=120, blank=True, editable=False)
    kind = models.CharField(max_length=60, blank=True)
    summary = models.TextField()
    signer = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    urgency = models.CharField(max_length=12, blank=True, default="", db_default="")
    secrecy = models.CharField(max_length=12, blank=True, default="", db_default="")
    transferred_on = models.DateField(null=True, blank=True)
    cancelled = models.BooleanField(default=False)
    cancelled_reason = models.CharField(max_length=500, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    sheet_said = models.JSONField(null=True, editable=False)

    scope_path = "unit"
    scope_restricted = "pk"
    restricted_kept_by = "records.keep"

    class Meta(Recorded.Meta):
        abstract = True
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(cancelled=False) | ~models.Q(cancelled_reason=""),
                name="%(app_label)s_%(class)s_cancelled_with_reason",
            ),
        ]

    @property
    def scope_unit_id(self) -> int:
        return self.unit_id

    @property
    def kind_label(self) -> Text:
        return kind_label(self.kind)

    @property
    def marks(self) -> list[Text]:
        """The marks that it bears: urgency, then secrecy."""
        urgency = [URGENCIES[Urgency(self.urgency)]] if self.urgency else []
        return [*urgency, SECRECIES[Secrecy(self.secrecy)]] if self.secrecy else urgency


class IncomingDocument(RegisteredDocument):
    """A document that arrived, as it stands in the register of the unit that received it (văn bản đến).

    It counts for `unit`, whose register holds it; `assigned_unit` and `assigned_to` say who handles it. Its number is
    `arrival_number`, with `arrival_suffix` for one inserted between two others (12a). Whether it needs a reply, and how
    that stands, is an obligation in the room `work`.
    """

    arrival_number = models.PositiveIntegerField()
    arrival_suffix = models.CharField(max_length=3, blank=True)
    arrived_on = models.DateField()
    issuer = models.CharField(max_length=300)
    issued_on = models.DateField(null=True, blank=True)
    assigned_unit = UnitField(fate=Fate.STAYS, null=True, blank=True, related_name="+", db_index=False)
    assigned_to = models.CharField(max_length=200, blank=True)
    assigned_officer = models.CharField(max_length=64, blank=True)

    scope_ways: ClassVar[dict[str, str]] = {ASSIGNED: "assigned_unit"}
    scope_officer = "assigned_officer"
    restricted_to = ("unit", "assigned_unit")
    objects = IncomingQuerySet.as_manager()  # type: ignore[misc]  # the base is abstract: its manager is no class variable

    class Meta(RegisteredDocument.Meta):
        constraints = [
            *RegisteredDocument.Meta.constraints,
            models.UniqueConstraint(
                fields=["register", "arrival_number", "arrival_suffix"],
                condition=_CURRENT,
                name="records_arrival_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["arrived_on", "id", "unit", *_COUNTED], condition=_CURRENT, name="records_in_by_day"),
            models.Index(fields=["unit", "arrived_on", "id", *_COUNTED], condition=_CURRENT, name="records_in_of_unit"),
            models.Index(
                fields=["assigned_unit", "arrived_on", "id"],
                condition=_CURRENT & models.Q(assigned_unit__isnull=False),
                name="records_in_assigned",
            ),
            models.Index(
                fields=["assigned_officer"], condition=~models.Q(assigned_officer=""), name="records_in_of_officer"
            ),
            models.Index(fields=["symbol_key"], condition=_CURRENT, name="records_in_symbol"),
            models.Index(fields=["id"], condition=_RESTRICTED, name="records_in_restricted"),
            models.Index(fields=["superseded_at"], condition=~_CURRENT, name="records_in_past"),
            models.Index(fields=["unit", "recorded_at"], name="records_in_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.symbol or self.issuer}"

    @property
    def number(self) -> RegisterNumber:
        return RegisterNumber(self.arrival_number, self.arrival_suffix)

    def given_to(self, way: str) -> tuple[int, ...]:
        """The units to which the document was given, by one of `scope_ways`."""
        return (self.assigned_unit_id,) if way == ASSIGNED and self.assigned_unit_id else ()


class OutgoingDocument(RegisteredDocument):
    """A document that a unit issued, as it stands in its register (văn bản đi).

    Known by symbol and day of issue. `number` is read from the symbol, empty where the symbol has another form;
    `numbered_here` says that it was entered here, not brought in by a sheet: such a symbol stands once in a year.
    `in_reply_to` names the incoming document it answers, and whoever that was given to may see its answer; `answers`
    keeps the reference as a sheet typed it, also where no such document is registered. `kept_by` is the unit or person
    that keeps the original (đơn vị, người nhận bản lưu).
    """

    number = models.PositiveIntegerField(null=True, blank=True)
    suffix = models.CharField(max_length=3, blank=True)
    numbered_here = models.BooleanField(default=False, db_default=False, editable=False)
    issued_on = models.DateField()
    recipients = models.TextField(blank=True)
    in_reply_to = models.ForeignKey(
        IncomingDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    answers = models.CharField(max_length=200, blank=True)
    copies = models.PositiveIntegerField(null=True, blank=True)
    kept_by = models.CharField(max_length=200, blank=True, default="", db_default="")

    scope_ways: ClassVar[dict[str, str]] = {ASSIGNED: "in_reply_to__assigned_unit"}
    scope_officer = "in_reply_to__assigned_officer"
    restricted_to = ("unit", "in_reply_to__assigned_unit")
    objects = OutgoingQuerySet.as_manager()  # type: ignore[misc]  # the base is abstract: its manager is no class variable

    class Meta(RegisteredDocument.Meta):
        constraints = [
            *RegisteredDocument.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "symbol_key", "issued_on"], condition=_CURRENT, name="records_outgoing_symbol_once"
            ),
            models.UniqueConstraint(
                fields=["register", "symbol_key"],
                condition=_CURRENT & models.Q(numbered_here=True),
                name="records_outgoing_symbol_once_a_year",
            ),
        ]
        indexes = [
            models.Index(fields=["issued_on", "id", "unit", *_COUNTED], condition=_CURRENT, name="records_out_by_day"),
            models.Index(fields=["unit", "issued_on", "id", *_COUNTED], condition=_CURRENT, name="records_out_of_unit"),
            models.Index(fields=["register", "number"], condition=_CURRENT, name="records_out_number"),
            models.Index(fields=["id"], condition=_RESTRICTED, name="records_out_restricted"),
            models.Index(fields=["superseded_at"], condition=~_CURRENT, name="records_out_past"),
            models.Index(fields=["unit", "recorded_at"], name="records_out_recorded"),
        ]

    def __str__(self) -> str:
        return self.symbol

    def given_to(self, way: str) -> tuple[int, ...]:
        """The units to which the document that it answers was given."""
        return self.in_reply_to.given_to(way) if self.in_reply_to else ()

    @property
    def assigned_officer(self) -> str:
        return self.in_reply_to.assigned_officer if self.in_reply_to else ""


def derived_texts(fields: dict[str, Any]) -> dict[str, str]:
    """`search_text` and `symbol_key` of a document with these fields, in or out."""
    symbol = fields.get("symbol", "")
    kind = fields.get("kind", "")
    key = symbol_key(symbol) if symbol else ""
    words = [symbol, key, kind_label(kind).vi if kind else ""]
    names = ("issuer", "summary", "signer", "recipients", "assigned_to", "answers", "note")
    words += [fields.get(name) or "" for name in names]
    if fields.get("arrival_number"):
        words.append(f"{fields['arrival_number']}{fields.get('arrival_suffix', '')}")
    return {"search_text": search_text(words), "symbol_key": key}
