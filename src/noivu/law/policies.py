"""Who may read and change what the law says here, and how each act is worded in the log."""

from noivu.audit.api import declare_action, declare_fields, declare_kind
from noivu.core import access
from noivu.core.access import EVERYONE, HEAD, OFFICER, OPERATOR, STEWARD, Verb
from noivu.core.wording import Text

VIEW = "law.view"
EDIT_CALENDAR = "law.edit_calendar"
EDIT_PARAMETERS = "law.edit_parameters"
REGISTER_INSTRUMENT = "law.register_instrument"

access.declare(
    Verb(VIEW, Text(vi="Xem lịch, thời hạn, tham số", en="See calendar, deadlines, parameters"), EVERYONE),
    Verb(
        EDIT_CALENDAR,
        Text(vi="Sửa lịch làm việc", en="Change the working calendar"),
        frozenset({STEWARD, OPERATOR}),
    ),
    Verb(
        EDIT_PARAMETERS,
        Text(vi="Sửa tham số pháp luật", en="Change legal parameters"),
        frozenset({STEWARD, OPERATOR}),
    ),
    Verb(
        REGISTER_INSTRUMENT,
        Text(vi="Đăng ký văn bản làm căn cứ", en="Register an instrument"),
        frozenset({OFFICER, HEAD, STEWARD, OPERATOR}),
    ),
)

DAY_CHANGED = "law.day_changed"
DAY_TAKEN_BACK = "law.day_taken_back"
YEAR_CONFIRMED = "law.year_confirmed"
YEAR_TAKEN_BACK = "law.year_taken_back"
VALUE_SET = "law.value_set"
VALUE_TAKEN_BACK = "law.value_taken_back"
INSTRUMENT_REGISTERED = "law.instrument_registered"

declare_action(DAY_CHANGED, Text(vi="Sửa một ngày của lịch làm việc", en="Change a day of the working calendar"))
declare_action(
    DAY_TAKEN_BACK, Text(vi="Bỏ ngày đã sửa của lịch làm việc", en="Take back a changed day of the calendar")
)
declare_action(YEAR_CONFIRMED, Text(vi="Xác nhận lịch nghỉ của năm", en="Confirm the days off of a year"))
declare_action(YEAR_TAKEN_BACK, Text(vi="Bỏ xác nhận lịch nghỉ của năm", en="Take back the confirmation of a year"))
declare_action(VALUE_SET, Text(vi="Nhập giá trị riêng của tham số", en="Set an own value of a parameter"))
declare_action(VALUE_TAKEN_BACK, Text(vi="Bỏ giá trị riêng của tham số", en="Take back an own value of a parameter"))
declare_action(INSTRUMENT_REGISTERED, Text(vi="Đăng ký văn bản làm căn cứ", en="Register an instrument"))

declare_fields(
    "law.calendaroverride",
    {
        "day": Text(vi="ngày", en="day"),
        "works": Text(vi="làm việc", en="worked"),
        "name_vi": Text(vi="tên (tiếng Việt)", en="name (Vietnamese)"),
        "name_en": Text(vi="tên (tiếng Anh)", en="name (English)"),
        "swapped_with": Text(vi="hoán đổi với", en="swapped with"),
        "instrument": Text(vi="văn bản", en="instrument"),
    },
)
declare_fields(
    "law.parameteroverride",
    {
        "code": Text(vi="tham số", en="parameter"),
        "value": Text(vi="giá trị", en="value"),
        "starts_on": Text(vi="từ ngày", en="from"),
        "ends_on": Text(vi="đến trước ngày", en="until before"),
        "instrument": Text(vi="văn bản", en="instrument"),
        "article": Text(vi="điều, khoản", en="article"),
    },
)
declare_kind("law.calendaroverride", Text(vi="Ngày của lịch làm việc", en="Day of the calendar"))
declare_kind("law.confirmedyear", Text(vi="Năm của lịch làm việc", en="Year of the calendar"))
declare_kind("law.parameteroverride", Text(vi="Giá trị tham số", en="Value of a parameter"))
declare_kind("law.instrument", Text(vi="Văn bản làm căn cứ", en="Instrument"))
