from django.db import migrations

from noivu.core.constraints import no_overlap


class Migration(migrations.Migration):
    dependencies = [("law", "0001_initial")]

    operations = [no_overlap("law_parameteroverride", ["code"])]
