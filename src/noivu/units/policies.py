"""Who may do what with units, and how the log words it."""

from noivu.audit.api import declare_action, declare_kind
from noivu.core.access import EVERYONE, STEWARD, Verb, declare
from noivu.core.wording import Text

VIEW, EDIT = "units.view", "units.edit"

declare(
    Verb(VIEW, Text(vi="Xem đơn vị", en="See units"), roles=EVERYONE),
    Verb(EDIT, Text(vi="Cập nhật đơn vị", en="Change units"), roles=frozenset({STEWARD})),
)

declare_action("unit.establish", Text(vi="Ghi nhận thành lập đơn vị", en="Establish a unit"))
declare_action("unit.rename", Text(vi="Ghi nhận đổi tên đơn vị", en="Rename a unit"))
declare_action("unit.reclassify", Text(vi="Ghi nhận đổi loại hình đơn vị", en="Reclassify a unit"))
declare_action("unit.recode", Text(vi="Ghi nhận đổi mã đơn vị", en="Change a unit's code"))
declare_action("unit.move", Text(vi="Ghi nhận đổi quan hệ của đơn vị", en="Move a unit in a line"))
declare_action("unit.measure", Text(vi="Ghi nhận diện tích, dân số", en="Record area or population"))
declare_action("unit.end", Text(vi="Ghi nhận đơn vị kết thúc", en="End a unit"))
declare_action("unit.correct", Text(vi="Sửa dữ kiện về đơn vị", en="Correct a fact about a unit"))
declare_action("unit.reorganise", Text(vi="Ghi nhận sắp xếp đơn vị", en="Record a reorganisation"))
declare_action("unit.share", Text(vi="Ghi nhận phần kế thừa", en="Record the share of a succession"))
declare_action("unit.undo", Text(vi="Hủy một lần sắp xếp đơn vị", en="Take back a reorganisation"))
declare_action("unit.load", Text(vi="Nạp danh mục đơn vị", en="Load a list of units"))
declare_kind("units.unit", Text(vi="Đơn vị", en="Unit"))
declare_kind("units.reorganisationact", Text(vi="Lần sắp xếp đơn vị", en="Act of reorganisation"))
declare_kind("units.succession", Text(vi="Việc kế thừa", en="Succession"))
declare_kind("units.reorganisation", Text(vi="Việc sắp xếp đơn vị", en="Reorganisation"))
