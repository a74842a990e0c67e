"""Files that belong to documents of registers."""

from django.db import models

from noivu.core import clock
from noivu.records.models.documents import IncomingDocument, OutgoingDocument


class DocumentFileQuerySet(models.QuerySet["DocumentFile"]):
    """Files by whether they still belong to their document."""

    def attached(self) -> "DocumentFileQuerySet":
        return self.filter(removed_at=None)


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

    def __str__(self) -> str:
        return self.name

    @property
    def document(self) -> IncomingDocument | OutgoingDocument:
        found = self.incoming or self.outgoing
        assert found is not None  # the database holds it so
        return found
