"""The role of the clerk (văn thư), who keeps registers with what in them is restricted."""

from django.db import migrations, models
from django.db.models import Q

ROLES = {
    "viewer": "Người xem",
    "officer": "Chuyên viên",
    "clerk": "Văn thư",
    "head": "Lãnh đạo đơn vị",
    "steward": "Quản trị dữ liệu",
    "auditor": "Kiểm toán viên",
    "operator": "Quản trị hệ thống",
}


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_substitutes_during_absence")]

    operations = [
        migrations.RemoveConstraint(model_name="grant", name="accounts_grant_role_is_known"),
        migrations.AlterField(
            model_name="grant", name="role", field=models.CharField(choices=list(ROLES.items()), max_length=16)
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=Q(role__in=list(ROLES)),
                name="accounts_grant_role_is_known",
                violation_error_message="Vai trò không có trong danh mục · The role is not on the list",
            ),
        ),
    ]
