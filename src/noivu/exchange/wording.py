"""What is said after a message file was taken in."""

from noivu.core.wording import Text
from noivu.exchange.codes import BUSINESS_TYPES, RECALL, STATUSES
from noivu.exchange.services import Taken
from noivu.records.api import IncomingDocument

_KNOWN = Text(vi="Không đổi: số đến {name} đã có.", en="Unchanged: it stands as number {name}.")
_HEARD = Text(vi="Không đổi: trạng thái này của {name} đã nhận.", en="Unchanged: this was heard of {name} before.")
_ASKED = Text(
    vi="Nơi gửi đề nghị thu hồi văn bản số đến {name}: mở văn bản để trả lời.",
    en="The sender asks to take back number {name}: open the document to answer.",
)


def told(taken: Taken) -> Text:
    """What became of a message file, in one sentence."""
    document = taken.document
    if not isinstance(document, IncomingDocument):
        said = STATUSES[taken.status]
        words = Text(vi=f"{{name}}: {said.vi}.", en=f"{{name}}: {said.en}.") if taken.is_new else _HEARD
        return words.format(name=document.symbol)
    if not taken.is_new:
        return _KNOWN.format(name=document.number)
    if taken.business_type == RECALL:
        return _ASKED.format(name=document.number)
    said = BUSINESS_TYPES[taken.business_type]
    return Text(vi=f"{said.vi}: số đến {{name}}.", en=f"{said.en}: number {{name}}.").format(name=document.number)
