"""Instruments: the papers from which everything legal follows."""

from django.db import models

from noivu.law.constants import MARKS, UNVERIFIED


class Instrument(models.Model):
    """A paper that makes something so (văn bản làm căn cứ): a law, resolution, decree, circular, decision, letter.

    Known by its number and symbol (số, ký hiệu) as printed, "30/2020/NĐ-CP". Two issuers may use the same symbol
    (98/2025/QĐ-UBND exists in every province), so the issuer belongs to its identity. A day that no source states
    stays empty: it is never guessed. `mark` says how far its text was checked.
    """

    number_symbol = models.CharField(max_length=120)
    issuer = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=500)
    issued_on = models.DateField(null=True, blank=True)
    in_force_from = models.DateField(null=True, blank=True)
    in_force_to = models.DateField(null=True, blank=True)
    mark = models.CharField(max_length=10, choices=[(c, t.vi) for c, t in MARKS.items()], default=UNVERIFIED)
    note = models.TextField(blank=True)
    shipped = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["number_symbol", "issuer"]
        constraints = [
            models.UniqueConstraint(fields=["number_symbol", "issuer"], name="law_instrument_once"),
            models.CheckConstraint(condition=~models.Q(number_symbol=""), name="law_instrument_has_number_symbol"),
            models.CheckConstraint(
                condition=models.Q(in_force_to__isnull=True)
                | models.Q(in_force_from__isnull=True)
                | models.Q(in_force_to__gt=models.F("in_force_from")),
                name="law_instrument_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=models.Q(mark__in=list(MARKS)), name="law_instrument_mark_known"),
        ]

    def __str__(self) -> str:
        return self.number_symbol
