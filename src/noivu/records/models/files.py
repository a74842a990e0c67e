"""Files that belong to documents of registers."""

from django.db import models

from noivu.core import clock
from noivu.core.wording import Text
from noivu.papers.api import READABLE, preview_by_name
from noivu.records.models.documents import IncomingDocument, OutgoingDocument
from noivu.records.models.texts import TEXT_STATES, WAITING_TEXT, FileText


class DocumentFileQuerySet(models.QuerySet["DocumentFile"]):
    """Files by whether they still belong to their document."""

    def attached(self) -> "DocumentFileQuerySet":
        return self.filter(removed_at=None)

    def with_text_state(self) -> "DocumentFileQuerySet":
        """With `text_state`: how the reading of its words went."""
        read = FileText.objects.filter(sha256=models.OuterRef("sha256")).values("state")
        return self.annotate(text_state=models.Subquery(read[:1]))

    def unread(self) -> "DocumentFileQuerySet":
        """Attached ones that hold words which nobody has read yet."""
        kinds = models.Q()
        for kind in READABLE:
            kinds |= models.Q(name__iendswith=f".{kind}")
        read = FileText.objects.filter(sha256=models.OuterRef("sha256"))
        return self.attached().filter(kinds, ~models.Exists(read))


class DocumentFile(models.Model):
    """A file of a document, in or out (tệp kèm văn bản): the bytes are kept by their SHA-256, `name` is as it was sent.

    `media` is the type by its bytes, held against its name, as the check at attaching found it; empty for files that
    came before there was a check. Taken away, it stays in the table with `removed_at`; the bytes stay too, other
    documents may hold the same.
    """

    incoming = models.ForeignKey(
        IncomingDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    outgoing = models.ForeignKey(
        OutgoingDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media = models.CharField(max_length=8, blank=True, default="", db_default="")
    attached_at = models.DateTimeField(default=clock.now)
    attached_by = models.CharField(max_length=64)
    attached_by_name = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True)

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(incoming__isnull=True, outgoing__isnull=False)
                | models.Q(incoming__isnull=False, outgoing__isnull=True),
                name="records_file_of_one_document",
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="records_file_by_bytes")]

    def __str__(self) -> str:
        return self.name

    @property
    def document(self) -> IncomingDocument | OutgoingDocument:
        found = self.incoming or self.outgoing
        assert found is not None  # the database holds it so
        return found

    @property
    def preview(self) -> str:
        """How a page shows it: "pdf", "image", or "" where it is only taken."""
        return preview_by_name(self.name)

    @property
    def kind(self) -> str:
        """Its type as an ending: as checked, else as its name says."""
        return self.media or self.name.rsplit(".", 1)[-1].lower()

    @property
    def text_words(self) -> Text | None:
        """Whether it is found by its words; None where it is of no type that holds any."""
        if self.kind not in READABLE:
            return None
        return TEXT_STATES.get(getattr(self, "text_state", None) or "", WAITING_TEXT)
