"""The import templates of documents, tasks and recommendations."""

from noivu.sheets.api import declare
from noivu.work.imports.documents_in import DOCUMENTS_IN
from noivu.work.imports.documents_out import DOCUMENTS_OUT
from noivu.work.imports.recommendations import RECOMMENDATIONS
from noivu.work.imports.tasks import TASKS

declare(DOCUMENTS_IN, DOCUMENTS_OUT, TASKS, RECOMMENDATIONS)
