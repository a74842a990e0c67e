"""What is remembered of imports: the batch, the rows kept aside, and how a source's heads were understood."""

from django.db import models

from noivu.core.wording import Text


class Batch(models.Model):
    """One file imported once (lô nhập), or tried: which template, which bytes, by whom, and what became of its rows.

    Life: tried (chạy thử; nothing was changed) or applied (đã nhập; the rows stand, in the same transaction as this
    row and the entry of the log). A file that was refused leaves no batch. `read` is the sum of the three other counts.
    The unit and the actor are plain references, as they were.
    """

    TRIED, APPLIED = "tried", "applied"
    STATES = {TRIED: Text(vi="chạy thử", en="tried"), APPLIED: Text(vi="đã nhập", en="imported")}

    template = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    scope_unit_id = models.BigIntegerField(null=True)
    unit_code = models.CharField(max_length=64, blank=True)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=255)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    heads = models.JSONField()
    understood = models.JSONField()
    notes = models.JSONField(default=list)
    read = models.PositiveIntegerField(default=0)
    applied = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["scope_unit_id", "-id"], name="sheets_batch_unit"),
            models.Index(fields=["actor_id", "-id"], name="sheets_batch_actor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(read=models.F("applied") + models.F("unchanged") + models.F("quarantined")),
                name="sheets_batch_counts_balance",
                violation_error_message="Số dòng đọc được phải bằng tổng các kết quả. / The counts must balance.",
            ),
            models.CheckConstraint(condition=models.Q(state__in=["tried", "applied"]), name="sheets_batch_state_known"),
        ]

    scope_path = "scope_unit_id"


class QuarantinedRow(models.Model):
    """A row of a batch that could not be applied (dòng bị giữ lại), as it stood in the file, with the reason.

    `number` is the row as a spreadsheet shows it; `cells` are all its cells, as text, under the heads of the batch;
    `column` and `value` name the first cell at fault, the reasons name all of them.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="quarantine")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    column = models.CharField(max_length=64, blank=True)
    value = models.TextField(blank=True)
    reason_vi = models.TextField()
    reason_en = models.TextField()

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="sheets_quarantinedrow_once"),
        ]

    @property
    def reason(self) -> Text:
        return Text(vi=self.reason_vi, en=self.reason_en)


class RememberedHeads(models.Model):
    """How the heads of a source were understood (cách đọc tiêu đề): asked once, then known by the heads themselves.

    `signature` is the hash of the folded heads; `keys` gives the column key for each head ("" where it is left out).
    """

    template = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)
    unit_code = models.CharField(max_length=64, blank=True)
    keys = models.JSONField()
    decided_at = models.DateTimeField()
    actor_id = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template", "signature", "unit_code"], name="sheets_rememberedheads_once_per_source"
            ),
        ]
