"""The rows of the log: what happened (immutable), what it was about (erasable), its place in the tree, its seals."""

from typing import Any

from django.db import models

from noivu.audit.canonical import instant


class Entry(models.Model):
    """One act on the registers (bút toán nhật ký): who, for which unit, did what, to which thing, and when.

    Written in the transaction of the act, and never changed or deleted: the database refuses it. It holds no
    personal data: the actor stands here by a pseudonym that only this installation can compute, and everything else
    is a `commitment`, SHA-256(salt ‖ canonical JSON), to the payload, which can be erased while the log still
    verifies. A bulk act is one entry with the number of its rows and the Merkle root over them.
    """

    recorded_at = models.DateTimeField()
    actor_ref = models.CharField(max_length=32)
    unit_code = models.CharField(max_length=32, blank=True)
    action = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=64, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    rows_count = models.PositiveIntegerField(null=True)
    rows_root = models.BinaryField(max_length=32, null=True)
    commitment = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="audit_entry_object"),
            models.Index(fields=["action", "-recorded_at"], name="audit_entry_action"),
            models.Index(fields=["actor_ref", "-recorded_at"], name="audit_entry_actor"),
            models.Index(fields=["unit_code", "-recorded_at"], name="audit_entry_unit"),
            models.Index(fields=["-recorded_at", "-id"], name="audit_entry_recorded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rows_count=None, rows_root=None)
                | models.Q(rows_count__isnull=False, rows_root__isnull=False),
                name="audit_entry_rows_and_root_together",
            )
        ]


class Payload(models.Model):
    """The content of an entry (nội dung bút toán): the actor's name, the reason, the values before and after.

    `content` is canonical JSON, kept as text so that its bytes stay those that were hashed. Never changed; deleted
    only by `erase_payload`: the database lets it go only when an entry of the log says that it is erased.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="payload")
    salt = models.BinaryField(max_length=32)
    content = models.TextField()


class RowChunk(models.Model):
    """Up to 1,000 rows of a bulk act: canonical JSON `[kind, id, after]`, one a line, compressed.

    Part of the payload, and erased with it. `first` is the place of its first row in the act.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="chunks")
    first = models.PositiveIntegerField()
    rows = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "first"], name="audit_rowchunk_once"),
        ]


class RowPlace(models.Model):
    """Where a thing stands in a bulk act, so that its history finds the act."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="places", db_index=False)
    position = models.PositiveIntegerField()
    object_kind = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_id", "entry"], name="audit_rowplace_object")]


class Unnumbered(models.Model):
    """An entry that waits for its number. The database puts it here, and lets it go only when a leaf exists."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="waiting")


class Leaf(models.Model):
    """The place of an entry in the Merkle tree (số thứ tự trong nhật ký), counted from 0 without a gap.

    `subtree_hash` is that of the largest complete subtree ending here: see `merkle`.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="leaf")
    leaf_hash = models.BinaryField(max_length=32)
    subtree_hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=0), name="audit_leaf_number_from_zero"),
        ]


class Checkpoint(models.Model):
    """A signed statement of the log's size and root (điểm niêm phong): whoever keeps one can prove a later change.

    Signed with Ed25519; the public key stands beside it, so that a checkpoint outlives a change of keys.
    """

    tree_size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    public_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    @property
    def statement(self) -> dict[str, Any]:
        """What is signed: the canonical JSON of this object."""
        return {
            "key": self.key_id,
            "root": bytes(self.root).hex(),
            "signed_at": instant(self.signed_at),
            "size": self.tree_size,
            "type": "noivu-audit-checkpoint-1",
        }


class ReadLine(models.Model):
    """Someone opened records that hold personal data (lượt xem dữ liệu cá nhân): which, and for what purpose."""

    recorded_at = models.DateTimeField()
    actor_ref = models.CharField(max_length=32)
    unit_code = models.CharField(max_length=32, blank=True)
    object_kind = models.CharField(max_length=64)
    object_ids = models.JSONField()
    purpose = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "-recorded_at"], name="audit_readline_kind"),
            models.Index(fields=["actor_ref", "-recorded_at"], name="audit_readline_actor"),
        ]
