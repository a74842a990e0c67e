import django.db.models.deletion
from django.db import migrations, models

import noivu.core.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("units", "0005_acts_of_reorganisation"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300)),
                ("folded", models.CharField(max_length=300)),
                ("takes_effect_on", models.DateField()),
                ("instrument", models.CharField(blank=True, max_length=120)),
                ("events", models.PositiveIntegerField(default=0)),
                ("text", models.TextField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("begun_at", models.DateTimeField(default=noivu.core.clock.now)),
                ("begun_by_name", models.CharField(max_length=200)),
                ("changed_at", models.DateTimeField(default=noivu.core.clock.now)),
                ("changed_by_name", models.CharField(max_length=200)),
                ("outcome", models.JSONField(null=True)),
                ("set_aside_at", models.DateTimeField(null=True)),
                (
                    "act",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.reorganisationact",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["changed_at", "id"], name="planning_draft_changed")],
            },
        ),
    ]
