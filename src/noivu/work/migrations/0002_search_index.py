from django.db import migrations

from noivu.records.searching import search_index


class Migration(migrations.Migration):
    dependencies = [("work", "0001_obligations_events_and_spans")]

    operations = [search_index("work_obligation", keeps_versions=False)]
