"""The import templates of documents, tasks, recommendations and legal texts."""

from noivu.matters.imports.documents_in import DOCUMENTS_IN
from noivu.matters.imports.documents_out import DOCUMENTS_OUT
from noivu.matters.imports.legal_texts import LEGAL_TEXTS
from noivu.matters.imports.recommendations import RECOMMENDATIONS
from noivu.matters.imports.tasks import TASKS
from noivu.sheets.api import declare

__all__ = ["DOCUMENTS_IN", "DOCUMENTS_OUT", "LEGAL_TEXTS", "RECOMMENDATIONS", "TASKS"]

declare(DOCUMENTS_IN, DOCUMENTS_OUT, TASKS, RECOMMENDATIONS, LEGAL_TEXTS)
