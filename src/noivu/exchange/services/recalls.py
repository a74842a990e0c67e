"""What a person decides of what came by a message: that it is refused, whether a recall is followed."""

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal, require_reason
from noivu.core.wording import Text
from noivu.exchange.codes import RECALL, REFUSED, STATUSES, TAKE_BACK_REFUSED, TAKEN_BACK
from noivu.exchange.progress import progress_of
from noivu.exchange.queries import came_by
from noivu.records.api import IncomingDocument, MessageFile, destroy_copy


@transaction.atomic
def refuse_message(*, actor: Actor, document: IncomingDocument, reason: str) -> None:
    """Refuse what came (not whole, not authentic, not for here): its number is cancelled, its files are taken away."""
    access.require(actor, "records.edit", document)
    require_reason(reason)
    came = came_by(document)
    held = came and MessageFile.objects.select_for_update().get(pk=came.pk)
    if held is None or held.answer or document.cancelled or progress_of(document) is not None:
        raise Refusal(
            what=Text(
                vi="Chỉ từ chối được văn bản đến bằng tệp thông điệp, còn trong sổ và chưa giao xử lý.",
                en="Only what came by a message file, stands in the register and was given to nobody can be refused.",
            ),
            do=Text(vi="Trả lời nơi gửi bằng văn bản.", en="Answer the sender by a letter."),
            code="message_refuse",
        )
    _answered(actor, held, REFUSED, reason)
    destroy_copy(actor=actor, document=document, reason=f"Từ chối tiếp nhận: {reason}")


@transaction.atomic
def answer_request(*, actor: Actor, message: MessageFile, agrees: bool, reason: str = "") -> None:
    """Answer a recall that came by a message: the copy is destroyed and what stood in the register is kept, or it is
    refused with the reason. The sender learns it by the status message.
    """
    held = MessageFile.objects.select_for_update().select_related("document").get(pk=message.pk)
    access.require(actor, "records.edit", held.document)
    if held.business_type != RECALL or held.answer:
        said = STATUSES[held.answer] if held.answer else Text(vi="không phải thu hồi", en="no recall")
        raise Refusal(
            what=Text(vi=f"Thông điệp này: {said.vi}.", en=f"This message: {said.en}."),
            do=Text(vi="Mở lại trang để xem.", en="Open the page again."),
            code="state",
        )
    if not agrees:
        require_reason(reason)
    _answered(actor, held, TAKEN_BACK if agrees else TAKE_BACK_REFUSED, "" if agrees else reason)
    if agrees:
        _destroy(actor, held)


def _destroy(actor: Actor, recall: MessageFile) -> None:
    """Destroy what came under the id that is recalled: the document, and its updates beside it."""
    asked = (recall.said or {}).get("business_reason") or "nơi gửi không ghi lý do"
    came = MessageFile.objects.filter(
        unit_id=recall.unit_id, organ_id=recall.organ_id, reference=recall.reference, answer=""
    )
    letters = came.exclude(business_type=RECALL).select_related("document").select_for_update(of=("self",))
    for letter in letters.order_by("pk"):
        if not letter.document.cancelled:
            access.require(actor, "records.edit", letter.document)
            reason = f"Thu hồi theo đề nghị của nơi gửi: {asked}"
            destroy_copy(actor=actor, document=letter.document, reason=reason)
        letter.answer, letter.answered_at, letter.answered_by_name = TAKEN_BACK, clock.now(), actor.name
        letter.save(update_fields=["answer", "answered_at", "answered_by_name"])


def _answered(actor: Actor, message: MessageFile, answer: str, reason: str) -> None:
    message.answer, message.answer_reason = answer, reason.strip()[:500]
    message.answered_at, message.answered_by_name = clock.now(), actor.name
    message.save(update_fields=["answer", "answer_reason", "answered_at", "answered_by_name"])
    record(actor=actor, action="document.answer", thing=message.document, after={"status": answer}, reason=reason)
