"""What is remembered of imports: the batch, the rows kept aside, and how a source's heads were understood."""

from django.db import models

from noivu.core.secrecy import Secrecy
from noivu.core.wording import Text

LONGEST_UNIT = 200


class Batch(models.Model):
    """One file imported once (lô nhập), or tried: which template, which bytes, by whom, and what became of its rows.

    Life: sent (chờ đối chiếu; its heads are still to be matched, nothing is read), tried (chạy thử; nothing was
    changed; `imported_as` names the batch that then imported the very file) or applied (đã nhập; the rows stand, in the
    same transaction as this row and the entry of the log). A file that was refused leaves no batch. `read` is the sum
    of the three other counts. The unit and the actor are plain references, as they were; `unit_code` is the unit as it
    was typed. `codes_of` is the date as of which the importer had the codes of units read (empty: as of the dates of
    the rows), `codes_seem_of` the one as of which they seem to be meant.
    """

    SENT, TRIED, APPLIED = "sent", "tried", "applied"
    STATES = {
        SENT: Text(vi="chờ đối chiếu tiêu đề", en="heads to be matched"),
        TRIED: Text(vi="chạy thử", en="tried"),
        APPLIED: Text(vi="đã nhập", en="imported"),
    }

    template = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    scope_unit_id = models.BigIntegerField(null=True)
    unit_code = models.CharField(max_length=LONGEST_UNIT, blank=True)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=255)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    heads = models.JSONField()
    understood = models.JSONField()
    notes = models.JSONField(default=list)
    codes_of = models.DateField(null=True)
    codes_seem_of = models.DateField(null=True)
    read = models.PositiveIntegerField(default=0)
    applied = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    imported_as = models.OneToOneField("self", models.PROTECT, null=True, related_name="tried_as")

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
            models.CheckConstraint(
                condition=models.Q(state__in=["sent", "tried", "applied"]), name="sheets_batch_state_known"
            ),
        ]

    scope_path = "scope_unit_id"


class QuarantinedRow(models.Model):
    """A row of a batch that could not be applied (dòng bị giữ lại), as it stood in the file, with the reason.

    `number` is the row as a spreadsheet shows it; `cells` are all its cells, as text, under the heads of the batch;
    `column` and `value` name the first cell at fault, the reasons name all of them. `scope_unit_id` is the unit whose
    row it is, where that could be read: a row that is not of one's own units is shown to the importer alone.
    `secrecy` is the mark that the row says of its thing: what is restricted is shown to the importer, to the clerks
    of the very unit, and to its heads and stewards.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="quarantine")
    number = models.PositiveIntegerField()
    scope_unit_id = models.BigIntegerField(null=True)
    cells = models.JSONField()
    column = models.CharField(max_length=64, blank=True)
    value = models.TextField(blank=True)
    reason_vi = models.TextField()
    reason_en = models.TextField()
    secrecy = models.CharField(max_length=12, blank=True, default="", db_default="")

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="sheets_quarantinedrow_once"),
        ]
        indexes = [
            models.Index(
                fields=["batch"], condition=models.Q(secrecy=Secrecy.RESTRICTED.value), name="sheets_kept_restricted"
            )
        ]

    scope_path = "scope_unit_id"
    scope_restricted = "pk"
    restricted_to = ("scope_unit_id",)
    restricted_kept_by = "sheets.keep"

    @property
    def reason(self) -> Text:
        return Text(vi=self.reason_vi, en=self.reason_en)


class RememberedHeads(models.Model):
    """How the heads of a source were understood (cách đọc tiêu đề): asked once, then known by the heads themselves.

    `signature` is the hash of the folded heads; `keys` gives the column key for each head ("" where it is left out);
    `kept_for` is the unit whose files are read so, or the person, where a file is for no one unit.
    """

    template = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)
    kept_for = models.CharField(max_length=80)
    keys = models.JSONField()
    decided_at = models.DateTimeField()
    actor_id = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template", "signature", "kept_for"], name="sheets_rememberedheads_once_per_source"
            ),
        ]
