"""The import templates of documents and of every kind of obligation."""

from noivu.matters.imports.documents_in import DOCUMENTS_IN
from noivu.matters.imports.documents_out import DOCUMENTS_OUT
from noivu.matters.imports.entered import ENTERED
from noivu.matters.imports.legal_texts import LEGAL_TEXTS
from noivu.matters.imports.recommendations import RECOMMENDATIONS
from noivu.matters.imports.tasks import TASKS
from noivu.sheets.api import declare

__all__ = ["DOCUMENTS_IN", "DOCUMENTS_OUT", "ENTERED", "LEGAL_TEXTS", "RECOMMENDATIONS", "TASKS"]

declare(DOCUMENTS_IN, DOCUMENTS_OUT, TASKS, RECOMMENDATIONS, LEGAL_TEXTS, *ENTERED.values())
