"""A batch says as of which day its codes of units were read, and as of which they seem to be meant."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sheets", "0002_imported_once_and_read_for_a_unit")]

    operations = [
        migrations.AddField(model_name="batch", name="codes_of", field=models.DateField(null=True)),
        migrations.AddField(model_name="batch", name="codes_seem_of", field=models.DateField(null=True)),
    ]
