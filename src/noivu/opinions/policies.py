"""Who may ask and answer, and how the audit log words it."""

from noivu.audit.api import declare_action, declare_fields, words_from
from noivu.core import access
from noivu.core.access import OfUnit
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.opinions.constants import ANSWERS, UPTAKES
from noivu.opinions.models import OpinionRequest


def may_answer(actor: Actor, request: OpinionRequest) -> bool:
    """Whoever works on the text records an answer that came; a unit of ours that was asked gives its own."""
    own = request.unit_id is not None and access.may(actor, "work.do", OfUnit(request.unit_id))
    return own or access.may(actor, "work.do", request.obligation)


declare_action("opinion.ask", Text(vi="Lấy ý kiến", en="Opinion asked"))
declare_action("opinion.answer", Text(vi="Ghi ý kiến trả lời", en="Opinion given"))
declare_action("opinion.take_up", Text(vi="Tiếp thu, giải trình ý kiến", en="Opinion taken up"))
declare_action(
    "opinion.take_back",
    Text(vi="Thu hồi nội dung ghi nhầm về lấy ý kiến", en="Mistaken entry on an opinion taken back"),
)
declare_action("opinion.recount", Text(vi="Tính lại hạn cho ý kiến", en="Due date of an opinion recounted"))
declare_fields(
    "work.obligation",
    {
        "agency": Text(vi="Cơ quan được hỏi", en="Agency asked"),
        "round": Text(vi="Lần lấy ý kiến", en="Round"),
        "sent_on": Text(vi="Ngày gửi", en="Sent on"),
        "opinion_due_on": Text(vi="Hạn cho ý kiến", en="Opinion due"),
        "letter_symbol": Text(vi="Văn bản lấy ý kiến", en="Letter"),
        "answer": Text(vi="Ý kiến", en="Opinion"),
        "opinion_on": Text(vi="Ngày cho ý kiến", en="Opinion given on"),
        "words": Text(vi="Nội dung ý kiến", en="Words"),
        "opinion_symbol": Text(vi="Văn bản trả lời", en="Answering letter"),
        "uptake": Text(vi="Tiếp thu, giải trình", en="Taken up"),
        "uptake_words": Text(vi="Nội dung tiếp thu, giải trình", en="How it was taken up"),
    },
    {"answer": words_from(ANSWERS), "uptake": words_from(UPTAKES)},
)
