from typing import Any

from django.db import migrations
from django.db.models import F

RECALL, TAKEN_BACK = 1, "15"


def say_followed(apps: Any, schema_editor: Any) -> None:
    """Until now a recall was carried out as it came in: it awaits no answer."""
    files = apps.get_model("records", "MessageFile").objects
    recalls = files.filter(business_type=RECALL, answer="", said__isnull=True)
    answered = {"answer": TAKEN_BACK, "answered_at": F("imported_at"), "answered_by_name": F("imported_by_name")}
    recalled = list(recalls.values_list("document_id", flat=True))
    recalls.update(**answered)
    for document_id in recalled:
        files.filter(document_id=document_id, answer="", said__isnull=True).update(**answered)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_statuses_heard")]

    operations = [migrations.RunPython(say_followed, migrations.RunPython.noop)]
