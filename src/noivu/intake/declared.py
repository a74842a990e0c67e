"""The import templates of documents and of every kind of obligation, made known."""

from noivu.intake.api import DOCUMENTS_IN, DOCUMENTS_OUT, ENTERED, LEGAL_TEXTS, RECOMMENDATIONS, TASKS
from noivu.sheets.api import declare

declare(DOCUMENTS_IN, DOCUMENTS_OUT, TASKS, RECOMMENDATIONS, LEGAL_TEXTS, *ENTERED.values())
