"""Words of the room."""

from enum import StrEnum

from noivu.core.wording import Text


class Channel(StrEnum):
    """How a person is told (kênh nhận thông báo)."""

    BOTH = "both"
    PRODUCT = "product"
    EMAIL = "email"
    NONE = "none"


CHANNELS = {
    Channel.BOTH: Text(vi="Trong noivu và thư điện tử", en="In noivu and by e-mail"),
    Channel.PRODUCT: Text(vi="Chỉ trong noivu", en="In noivu only"),
    Channel.EMAIL: Text(vi="Chỉ thư điện tử", en="By e-mail only"),
    Channel.NONE: Text(vi="Không nhắc", en="No reminders"),
}
SHOWN = (Channel.BOTH.value, Channel.PRODUCT.value)
MAILED = (Channel.BOTH.value, Channel.EMAIL.value)


class State(StrEnum):
    """How a mail stands: waiting → sending → sent; or failed, when the mail server will not have it."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


STATES = {
    State.WAITING: Text(vi="chờ gửi", en="waiting"),
    State.SENDING: Text(vi="đang gửi", en="sending"),
    State.SENT: Text(vi="đã gửi", en="sent"),
    State.FAILED: Text(vi="bị từ chối", en="refused"),
}
FIRST_HOUR = 7
"""When a person who chose no hour is written to: before the working day begins."""
