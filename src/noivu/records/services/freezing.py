"""A document that was recalled is frozen where it was issued."""

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.records.models import Dispatch, DispatchState, IncomingDocument, OutgoingDocument

_RECALLED = (DispatchState.RECALL_ASKED.value, DispatchState.RECALLED.value)


def require_not_frozen(document: IncomingDocument | OutgoingDocument) -> None:
    """Refuse to change a document that is being recalled, or was."""
    if isinstance(document, IncomingDocument):
        return
    if Dispatch.objects.filter(document=document, state__in=_RECALLED).exists():
        raise Refusal(
            what=Text(vi=f"Văn bản {document} đã thu hồi: không sửa được nữa.", en=f"{document} was recalled: frozen."),
            do=Text(
                vi="Ban hành văn bản mới thay thế hoặc văn bản đính chính.",
                en="Issue a new document in its place, or a letter of correction.",
            ),
            code="frozen",
        )
