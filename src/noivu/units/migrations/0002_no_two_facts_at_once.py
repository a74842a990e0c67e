from django.db import migrations

from noivu.core.constraints import no_overlap


class Migration(migrations.Migration):
    dependencies = [("units", "0001_units_and_their_facts")]

    operations = [
        no_overlap("units_unitkind", ["unit_id"]),
        no_overlap("units_unitname", ["unit_id"]),
        no_overlap("units_unitcode", ["unit_id", "scheme"]),
        no_overlap("units_unitline", ["unit_id", "line"]),
        no_overlap("units_unitmeasure", ["unit_id", "measure"]),
    ]
