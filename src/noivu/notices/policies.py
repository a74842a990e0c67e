"""How the log words what is done in this room."""

from noivu.audit.api import declare_action, declare_fields, declare_kind, words_from
from noivu.core.wording import Text
from noivu.notices.constants import CHANNELS

declare_action("notices.prefer", Text(vi="Đổi cách nhận nhắc việc", en="Way of being reminded changed"))
declare_kind("notices.preference", Text(vi="Cách nhận nhắc việc", en="Way of being reminded"))
declare_fields(
    "notices.preference",
    {
        "channel": Text(vi="Kênh", en="Channel"),
        "hour": Text(vi="Giờ", en="Hour"),
        "digest": Text(vi="Gộp một thư mỗi ngày", en="One mail a day"),
    },
    {"channel": words_from(CHANNELS)},
)
