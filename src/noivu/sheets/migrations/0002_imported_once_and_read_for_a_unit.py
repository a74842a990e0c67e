"""A trial is imported once; kept rows say whose they are; heads are read as their unit, or the person, chose.

What was remembered under a freely typed unit, with no right asked for it, is forgotten: it is asked once again.
"""

import django.db.models.deletion
from django.db import migrations, models


def forget_readings(apps, schema_editor):
    apps.get_model("sheets", "RememberedHeads").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("sheets", "0001_batches")]

    operations = [
        migrations.RunPython(forget_readings, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="rememberedheads", name="sheets_rememberedheads_once_per_source"),
        migrations.RemoveField(model_name="rememberedheads", name="unit_code"),
        migrations.AddField(
            model_name="rememberedheads",
            name="kept_for",
            field=models.CharField(default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="rememberedheads",
            constraint=models.UniqueConstraint(
                fields=("template", "signature", "kept_for"), name="sheets_rememberedheads_once_per_source"
            ),
        ),
        migrations.AddField(
            model_name="quarantinedrow", name="scope_unit_id", field=models.BigIntegerField(null=True)
        ),
        migrations.AlterField(
            model_name="batch", name="unit_code", field=models.CharField(blank=True, max_length=200)
        ),
        migrations.AddField(
            model_name="batch",
            name="imported_as",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tried_as",
                to="sheets.batch",
            ),
        ),
        migrations.RemoveConstraint(model_name="batch", name="sheets_batch_state_known"),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["sent", "tried", "applied"])), name="sheets_batch_state_known"
            ),
        ),
    ]
