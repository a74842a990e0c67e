from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0008_what_sheets_said")]

    operations = [
        migrations.AddField(
            model_name="obligationevent",
            name="officer",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
    ]
