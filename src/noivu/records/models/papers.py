"""What becomes of documents on paper: copies made of them, envelopes that go by post, uses of kept copies."""

from django.db import models

from noivu.core.secrecy import Secrecy
from noivu.core.wording import Text
from noivu.law.api import Recorded
from noivu.records.constants import COPY_KINDS, CopyKind
from noivu.records.models.documents import IncomingDocument, OutgoingDocument
from noivu.records.models.registers import RegisterBook
from noivu.units.api import UnitField
from noivu.units.constants import Fate

_CURRENT = models.Q(superseded_at__isnull=True)


class _Paper(Recorded):
    """A line of a register beside those of documents, of the unit that keeps the document: restricted as it is."""

    unit = UnitField(fate=Fate.STAYS, related_name="+", db_index=False)
    note = models.CharField(max_length=1000, blank=True)

    scope_path = "unit"
    scope_restricted = "pk"
    restricted_to = ("unit",)
    restricted_kept_by = "records.keep"

    class Meta(Recorded.Meta):
        abstract = True

    @property
    def scope_unit_id(self) -> int:
        return self.unit_id

    def given_to(self, way: str) -> tuple[int, ...]:
        return ()


class DocumentCopy(_Paper):
    """A copy that has the force of the original (bản sao): sao y, trích sao of a document, sao lục of a sao y.

    Copies of all kinds of a unit bear one series of numbers, from 01 on 1 January to 31 December (Nghị định 30/2020,
    Phụ lục I, phần II). `incoming` or `outgoing` is the document; `copied_from` the sao y of which a sao lục was made
    here: what arrived may be a sao y of others, what was issued here is none. `extract` says which part a trích sao
    gives. A cancelled number keeps its place, with the reason. `secrecy` is that of the document.
    """

    register = models.ForeignKey(RegisterBook, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=3, choices=[(kind.value, words.vi) for kind, words in COPY_KINDS.items()])
    symbol = models.CharField(max_length=120)
    incoming = models.ForeignKey(
        IncomingDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="copies_made"
    )
    outgoing = models.ForeignKey(
        OutgoingDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="copies_made"
    )
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="recopies")
    copied_on = models.DateField()
    extract = models.CharField(max_length=500, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    recipients = models.TextField(blank=True)
    copies = models.PositiveIntegerField(null=True, blank=True)
    secrecy = models.CharField(max_length=12, blank=True)
    cancelled_reason = models.CharField(max_length=500, blank=True)

    class Meta(_Paper.Meta):
        constraints = [
            *_Paper.Meta.constraints,
            models.UniqueConstraint(fields=["register", "number"], condition=_CURRENT, name="records_copy_number_once"),
            models.CheckConstraint(
                condition=models.Q(incoming__isnull=False, outgoing__isnull=True)
                | models.Q(incoming__isnull=True, outgoing__isnull=False),
                name="records_copy_of_one_document",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=CopyKind.RECOPY.value)
                & (models.Q(incoming__isnull=False) | models.Q(copied_from__isnull=False))
                | ~models.Q(kind=CopyKind.RECOPY.value) & models.Q(copied_from__isnull=True),
                name="records_recopy_of_a_certified_copy",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "copied_on", "id"], condition=_CURRENT, name="records_copies_of_unit"),
            models.Index(
                fields=["id"], condition=models.Q(secrecy=Secrecy.RESTRICTED.value), name="records_copies_restricted"
            ),
        ]

    def __str__(self) -> str:
        return self.symbol

    @property
    def document(self) -> IncomingDocument | OutgoingDocument:
        found = self.incoming or self.outgoing
        assert found is not None, "a copy is of one document"
        return found

    @property
    def kind_label(self) -> Text:
        return COPY_KINDS[CopyKind(self.kind)]

    @property
    def cancelled(self) -> bool:
        return bool(self.cancelled_reason)


class Posting(_Paper):
    """Envelopes that went by post with a document (gửi văn bản đi bưu điện); `enclosed` names what else was in them."""

    document = models.ForeignKey(OutgoingDocument, on_delete=models.PROTECT, related_name="postings")
    enclosed = models.CharField(max_length=500, blank=True)
    posted_on = models.DateField()
    recipient = models.CharField(max_length=500)
    envelopes = models.PositiveIntegerField(default=1)

    secrecy_path = "document__secrecy"

    class Meta(_Paper.Meta):
        constraints = [
            *_Paper.Meta.constraints,
            models.CheckConstraint(condition=models.Q(envelopes__gte=1), name="records_posting_of_an_envelope"),
        ]
        indexes = [
            models.Index(fields=["unit", "posted_on", "id"], condition=_CURRENT, name="records_postings_of_unit")
        ]

    def __str__(self) -> str:
        return f"{self.document} → {self.recipient}"

    @property
    def secrecy(self) -> str:
        return self.document.secrecy


class KeptCopyUse(_Paper):
    """That somebody used the kept copy of a document (sử dụng bản lưu), from `used_on` until it is returned."""

    document = models.ForeignKey(OutgoingDocument, on_delete=models.PROTECT, related_name="uses")
    used_on = models.DateField()
    user_name = models.CharField(max_length=200)
    file_symbol = models.CharField(max_length=120, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    allowed_by = models.CharField(max_length=200)

    secrecy_path = "document__secrecy"

    class Meta(_Paper.Meta):
        constraints = [
            *_Paper.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(returned_on__isnull=True) | models.Q(returned_on__gte=models.F("used_on")),
                name="records_kept_copy_returned_after_use",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=_CURRENT & models.Q(returned_on__isnull=True),
                name="records_kept_copy_with_one_user",
            ),
        ]
        indexes = [models.Index(fields=["unit", "used_on", "id"], condition=_CURRENT, name="records_uses_of_unit")]

    def __str__(self) -> str:
        return f"{self.document}: {self.user_name}"

    @property
    def secrecy(self) -> str:
        return self.document.secrecy
