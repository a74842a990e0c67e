import django.db.models.deletion
from django.db import migrations, models


def _reference(to: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to
    )


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0005_acts_of_reorganisation"),
        ("work", "0012_last_recorded_of_a_kind"),
    ]

    operations = [
        migrations.AddField("obligationevent", "act", _reference("units.reorganisationact")),
        migrations.AddField("obligationevent", "former_unit", _reference("units.unit")),
        migrations.AddField("obligationevent", "former_handler", _reference("units.unit")),
        migrations.AlterField(
            model_name="obligationevent",
            name="happening",
            field=models.CharField(
                choices=[
                    ("assigned", "Giao"),
                    ("started", "Bắt đầu thực hiện"),
                    ("due_set", "Đặt hạn"),
                    ("extended", "Gia hạn"),
                    ("suspended", "Tạm dừng"),
                    ("resumed", "Tiếp tục"),
                    ("completed", "Hoàn thành"),
                    ("confirmed", "Xác nhận hoàn thành"),
                    ("returned", "Trả lại làm tiếp"),
                    ("refused", "Từ chối"),
                    ("cancelled", "Hủy"),
                    ("transferred", "Chuyển đơn vị"),
                    ("succeeded", "Đơn vị kế thừa xử lý"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="obligationevent",
            index=models.Index(
                condition=models.Q(("act__isnull", False)), fields=["act", "obligation"], name="work_event_of_act"
            ),
        ),
    ]
