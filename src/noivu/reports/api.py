"""reports (báo cáo): what we tell.

Owns
    * `Regime` (chế độ báo cáo): a kind of periodic report as data: window, due date, paper, outline. `regime(code)`.
    * `Report` (báo cáo): one unit's report on one period. A draft (dự thảo) counts its figures anew whenever it is
      opened, so the text always says what the registers say now.
    * `NarrativeText` (lời báo cáo): what the unit writes itself, slot by slot; earlier wordings are kept.

Words
    A sentence of an outline binds each of its numbers to an indicator: on screen it opens to its records, in JSON its
    code stands beside it. What cannot be counted is a slot; one not yet written is named on screen and in JSON, and is
    a line of dots on paper.

Invariants
    * Nobody overwrites what another wrote meanwhile.
    * Word, PDF/A, XLSX and JSON are made from the same view as the page: they cannot say different figures.
"""

from noivu.reports.models import NarrativeText, Report
from noivu.reports.regimes import Regime, regime, regimes
from noivu.reports.services import draft_report, write_narrative

__all__ = ["NarrativeText", "Regime", "Report", "draft_report", "regime", "regimes", "write_narrative"]
