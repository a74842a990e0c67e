import django.db.models.deletion
from django.db import migrations, models

import noivu.core.clock

_FACTS = ("unitcode", "unitkind", "unitline", "unitmeasure", "unitname")


def _act(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="units.reorganisationact",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("law", "__first__"),
        ("units", "0004_what_ended_units_left"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReorganisationAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("takes_effect_on", models.DateField()),
                ("title", models.CharField(max_length=300)),
                ("plan", models.TextField(blank=True)),
                ("carried_out_at", models.DateTimeField(default=noivu.core.clock.now)),
                ("carried_out_by_id", models.CharField(max_length=64)),
                ("carried_out_by_name", models.CharField(max_length=200)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by_name", models.CharField(blank=True, max_length=200)),
                ("undone_reason", models.CharField(blank=True, max_length=500)),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.instrument"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="units.reorganisationact",
                    ),
                ),
            ],
            options={"ordering": ["-carried_out_at", "-id"]},
        ),
        *(migrations.AddField(model_name=fact, name="act", field=_act("+")) for fact in _FACTS),
        migrations.AddField(model_name="reorganisation", name="act", field=_act("events")),
    ]
