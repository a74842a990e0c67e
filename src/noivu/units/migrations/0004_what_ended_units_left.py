from django.db import migrations

from noivu.units.derivation import facts_changed


def derive_anew(apps, schema_editor):
    """The closure also holds whose totals take in what ended units left; where no units are, there is nothing yet."""
    if apps.get_model("units", "UnitKind").objects.exists():
        facts_changed()


class Migration(migrations.Migration):
    dependencies = [("units", "0003_reach_answers_from_the_index")]

    operations = [migrations.RunPython(derive_anew, migrations.RunPython.noop)]
