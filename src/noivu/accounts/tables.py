"""The list of users."""

from django.urls import reverse

from noivu.core.wording import Text
from noivu.ui.tables import Column, Cut, Register

USERS = Register(
    code="users",
    columns=(
        Column("name", Text(vi="Họ và tên", en="Name"), css="about", sort="name"),
        Column("unit", Text(vi="Đơn vị", en="Unit")),
        Column("roles", Text(vi="Vai trò hôm nay", en="Roles today")),
        Column("last_login", Text(vi="Đăng nhập lần cuối", en="Last sign-in")),
    ),
    row_template="accounts/user_row.html",
    row_key=lambda line: str(line.id),
    row_href=lambda line: reverse("accounts:person", args=[line.id]),
    row_css=lambda line: "" if line.is_active else "is-closed",
    row_name=lambda line: line.full_name,
    noun=Text(vi="{n} người dùng", en="{n} user||{n} users"),
    cuts=(
        Cut("active", Text(vi="Đang dùng", en="Active")),
        Cut("inactive", Text(vi="Đã ngừng", en="Deactivated")),
    ),
    default_cut="active",
    search_hint=Text(vi="Tìm theo tên, không cần gõ dấu", en="Search by name, accents not needed"),
    sorts=("name",),
    default_sort="name",
)

WAITING = Register(
    code="waiting-grants",
    columns=(
        Column("name", Text(vi="Họ và tên", en="Name"), css="about", sort="name"),
        Column("role", Text(vi="Vai trò", en="Role")),
        Column("before", Text(vi="Trước sắp xếp", en="Before")),
        Column("after", Text(vi="Sau sắp xếp", en="After")),
    ),
    row_template="accounts/waiting_row.html",
    row_key=lambda line: str(line.id),
    row_href=lambda line: reverse("accounts:waiting-grant", args=[line.id]),
    row_name=lambda line: line.full_name,
    noun=Text(vi="{n} vai trò", en="{n} grant||{n} grants"),
    search_hint=Text(vi="Tìm theo tên, không cần gõ dấu", en="Search by name, accents not needed"),
    sorts=("name",),
    default_sort="name",
)
