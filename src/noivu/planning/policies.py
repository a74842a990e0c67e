"""Who may see, draft and carry out plans, and how the log words it."""

from noivu.audit.api import declare_action, declare_fields, declare_kind
from noivu.core.access import EVERYONE, HEAD, OFFICER, STEWARD, Verb, declare
from noivu.core.wording import Text
from noivu.units.api import unit_of_log

VIEW, DRAFT, CARRY_OUT = "planning.view", "planning.draft", "planning.carry_out"
BEGUN, CHANGED, SET_ASIDE, TAKEN_UP = "plan.begin", "plan.change", "plan.set_aside", "plan.take_up"
CARRIED_OUT, TAKEN_BACK = "plan.carry_out", "plan.take_back"

declare(
    Verb(VIEW, Text(vi="Xem phương án sắp xếp", en="See plans of reorganisation"), roles=EVERYONE),
    Verb(
        DRAFT,
        Text(vi="Lập phương án sắp xếp", en="Draft plans of reorganisation"),
        roles=frozenset({OFFICER, HEAD, STEWARD}),
    ),
    Verb(
        CARRY_OUT,
        Text(vi="Thực hiện phương án sắp xếp", en="Carry out plans of reorganisation"),
        roles=frozenset({STEWARD}),
    ),
)
declare_action(BEGUN, Text(vi="Lập phương án sắp xếp", en="Begin a plan of reorganisation"))
declare_action(CHANGED, Text(vi="Sửa phương án sắp xếp", en="Change a plan of reorganisation"))
declare_action(SET_ASIDE, Text(vi="Bỏ phương án sắp xếp", en="Set a plan of reorganisation aside"))
declare_action(TAKEN_UP, Text(vi="Lấy lại phương án sắp xếp", en="Take a plan of reorganisation up again"))
declare_action(CARRIED_OUT, Text(vi="Thực hiện phương án sắp xếp", en="Carry out a plan of reorganisation"))
declare_action(TAKEN_BACK, Text(vi="Hủy việc thực hiện phương án", en="Take the carrying out of a plan back"))
declare_kind("planning.plandraft", Text(vi="Phương án sắp xếp", en="Plan of reorganisation"))
declare_fields(
    "planning.plandraft",
    {
        "title": Text(vi="Tên phương án", en="Title"),
        "unit": Text(vi="Đơn vị lập", en="Drawn up by"),
        "takes_effect_on": Text(vi="Ngày có hiệu lực", en="Takes effect on"),
        "instrument": Text(vi="Văn bản", en="Instrument"),
        "events": Text(vi="Sự kiện", en="Events"),
        "act": Text(vi="Lần sắp xếp số", en="Act number"),
        "text": Text(vi="Dấu băm nội dung (SHA-256)", en="Digest of the text (SHA-256)"),
    },
    {"unit": unit_of_log},
)
