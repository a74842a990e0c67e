from django.db import migrations

from noivu.records.searching import search_index


class Migration(migrations.Migration):
    dependencies = [("records", "0001_registers_and_documents")]

    operations = [
        search_index("records_incomingdocument", keeps_versions=True),
        search_index("records_outgoingdocument", keeps_versions=True),
    ]
