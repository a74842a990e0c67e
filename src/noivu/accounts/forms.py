"""Forms of the pages about users."""

from collections.abc import Sequence
from typing import Any

from noivu.core.access import ROLES
from noivu.core.wording import Text
from noivu.ui.forms import ChoiceField, DateField, Form, TextField, UnitField

REASON = Text(vi="Lý do hoặc văn bản", en="Reason or document")


class AddUserForm(Form):
    """A new user and the first role."""

    full_name = TextField(Text(vi="Họ và tên", en="Full name"), max_length=200)
    username = TextField(
        Text(vi="Tên đăng nhập", en="User name"),
        max_length=64,
        hint=Text(vi="Chữ thường không dấu, chữ số, dấu chấm, gạch.", en="Small letters, digits, dots, dashes."),
        example=Text(vi="lan.nguyen", en="lan.nguyen"),
    )
    unit = UnitField(Text(vi="Đơn vị", en="Unit"))
    role = ChoiceField(Text(vi="Vai trò", en="Role"), choices=())

    def __init__(self, *args: Any, roles: Sequence[str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("role", _offered(roles))


class GrantForm(Form):
    """A role over a unit, from a day to a day."""

    role = ChoiceField(Text(vi="Vai trò", en="Role"), choices=())
    unit = UnitField(Text(vi="Đơn vị", en="Unit"), as_of="starts_on")
    starts_on = DateField(Text(vi="Từ ngày", en="From"))
    ends_on = DateField(
        Text(vi="Kết thúc ngày", en="Ends on"),
        required=False,
        hint=Text(
            vi="Từ ngày này không còn hiệu lực. Để trống nếu chưa định.",
            en="From this day on it no longer holds. Leave empty if not decided.",
        ),
    )
    reason = TextField(REASON, max_length=500, required=False)

    def __init__(self, *args: Any, roles: Sequence[str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("role", _offered(roles))


class NarrowForm(Form):
    """With what a waiting grant goes on."""

    role = ChoiceField(Text(vi="Vai trò", en="Role"), choices=())
    unit = UnitField(Text(vi="Đơn vị", en="Unit"))
    reason = TextField(REASON, max_length=500)

    def __init__(self, *args: Any, roles: Sequence[str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("role", _offered(roles))


class EndGrantForm(Form):
    """The day on which a grant no longer holds, and why."""

    ends_on = DateField(Text(vi="Kết thúc ngày", en="Ends on"))
    reason = TextField(REASON, max_length=500)


LATER = "later"


class DeactivateForm(Form):
    """Why, and where work is open under the account: who takes it over."""

    heir = ChoiceField(
        Text(vi="Bàn giao việc đang mở cho", en="Open work goes to"),
        choices=(),
        hint=Text(
            vi="Toàn bộ việc đang mở chuyển cho người này trong một bút toán.",
            en="All that is open goes to this person, as one entry of the log.",
        ),
    )
    reason = TextField(REASON, max_length=500)

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], number: int, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if not number:
            del self.fields["heir"]
            return
        undecided = ("", Text(vi=f"Chọn người nhận {number} việc", en=f"Choose for {number} matters"))
        later = (LATER, Text(vi="Bàn giao sau", en="Later"))
        self.offer("heir", [undecided, *((str(key), name) for key, name in colleagues), later])


class SubstituteForm(Form):
    """Who stands in, from which day until the return."""

    substitute = ChoiceField(Text(vi="Người thay", en="Substitute"), choices=())
    starts_on = DateField(Text(vi="Vắng từ ngày", en="Absent from"))
    ends_on = DateField(
        Text(vi="Trở lại ngày", en="Back on"),
        hint=Text(vi="Từ ngày này người thay thôi thay.", en="From this day on the substitute no longer stands in."),
    )
    reason = TextField(Text(vi="Lý do", en="Reason"), max_length=500, required=False)

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("substitute", [(str(key), name) for key, name in colleagues])


class ReasonForm(Form):
    """Why."""

    reason = TextField(REASON, max_length=500)


def _offered(roles: Sequence[str]) -> list[tuple[str, Text]]:
    return [(role, ROLES[role]) for role in roles]
