import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _reference(to: str, **options: object) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0005_acts_of_reorganisation"),
        ("accounts", "0003_fill_names_to_search"),
    ]

    operations = [
        migrations.AddField("grant", "act", _reference("units.reorganisationact", blank=True, null=True)),
        migrations.AddField("grant", "ended_by", _reference("units.reorganisationact", blank=True, null=True)),
        migrations.AddField("grant", "end_before", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "grant",
            "came_from",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="went_on_as",
                to="accounts.grant",
            ),
        ),
        migrations.CreateModel(
            name="HomeMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", _reference("units.reorganisationact")),
                ("former_unit", _reference("units.unit", db_index=False)),
                ("unit", _reference("units.unit", db_index=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="home_moves",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="homemove",
            constraint=models.UniqueConstraint(fields=("act", "user"), name="accounts_home_moves_once_in_an_act"),
        ),
    ]
